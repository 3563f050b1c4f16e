"""The shelf of alerts and outside witnesses: one file each, named by its id.

To add one, write the file, a row here, and a table of what it fires on in the tests.
"""

from collections.abc import Mapping
from types import MappingProxyType

from simulator.alerts.action_without_ticket import ActionWithoutTicket
from simulator.alerts.denied_burst import DeniedBurst
from simulator.alerts.leaver_activity_alert import LeaverActivityAlert
from simulator.alerts.off_shift_action import OffShiftAction
from simulator.alerts.owner_report import OwnerReport
from simulator.alerts.periodic_log_review import PeriodicLogReview
from simulator.alerts.press_report import PressReport
from simulator.alerts.protected_change_alert import ProtectedChangeAlert
from simulator.alerts.synthetic_monitor import SyntheticMonitor
from simulator.alerts.user_report import UserReport
from simulator.alerts.volume_anomaly import VolumeAnomaly
from simulator.shelf import BaseAlert

__all__ = [
    "CATALOGUE",
    "ActionWithoutTicket",
    "DeniedBurst",
    "LeaverActivityAlert",
    "OffShiftAction",
    "OwnerReport",
    "PeriodicLogReview",
    "PressReport",
    "ProtectedChangeAlert",
    "SyntheticMonitor",
    "UserReport",
    "VolumeAnomaly",
]

CATALOGUE: Mapping[str, type[BaseAlert]] = MappingProxyType(
    {
        "action-without-ticket": ActionWithoutTicket,
        "denied-burst": DeniedBurst,
        "leaver-activity-alert": LeaverActivityAlert,
        "off-shift-action": OffShiftAction,
        "owner-report": OwnerReport,
        "periodic-log-review": PeriodicLogReview,
        "press-report": PressReport,
        "protected-change-alert": ProtectedChangeAlert,
        "synthetic-monitor": SyntheticMonitor,
        "user-report": UserReport,
        "volume-anomaly": VolumeAnomaly,
    }
)
"""Every alert and witness by its id, sorted."""
