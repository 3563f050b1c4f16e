"""The shelf of alerts and outside witnesses: one file each, named by its id.

To add one, write the file, a row here, and a table of what it fires on in the tests.
"""

from collections.abc import Mapping
from types import MappingProxyType

from simulator.alerts.action_without_ticket import ActionWithoutTicket
from simulator.alerts.break_glass_use import BreakGlassUse
from simulator.alerts.control_tamper_alert import ControlTamperAlert
from simulator.alerts.denied_burst import DeniedBurst
from simulator.alerts.dormant_orphan_scan import DormantOrphanScan
from simulator.alerts.first_time_tier import FirstTimeTier
from simulator.alerts.honey_account import HoneyAccount
from simulator.alerts.hr_idp_reconciliation import HrIdpReconciliation
from simulator.alerts.impossible_travel_device import ImpossibleTravelDevice
from simulator.alerts.leaver_activity_alert import LeaverActivityAlert
from simulator.alerts.off_shift_action import OffShiftAction
from simulator.alerts.owner_report import OwnerReport
from simulator.alerts.peer_deviation import PeerDeviation
from simulator.alerts.peer_report import PeerReport
from simulator.alerts.periodic_log_review import PeriodicLogReview
from simulator.alerts.post_termination_login import PostTerminationLogin
from simulator.alerts.press_report import PressReport
from simulator.alerts.privilege_grant_alert import PrivilegeGrantAlert
from simulator.alerts.protected_change_alert import ProtectedChangeAlert
from simulator.alerts.session_recording_review import SessionRecordingReview
from simulator.alerts.shared_account_use import SharedAccountUse
from simulator.alerts.synthetic_monitor import SyntheticMonitor
from simulator.alerts.user_report import UserReport
from simulator.alerts.volume_anomaly import VolumeAnomaly
from simulator.shelf import BaseAlert

__all__ = [
    "CATALOGUE",
    "ActionWithoutTicket",
    "BreakGlassUse",
    "ControlTamperAlert",
    "DeniedBurst",
    "DormantOrphanScan",
    "FirstTimeTier",
    "HoneyAccount",
    "HrIdpReconciliation",
    "ImpossibleTravelDevice",
    "LeaverActivityAlert",
    "OffShiftAction",
    "OwnerReport",
    "PeerDeviation",
    "PeerReport",
    "PeriodicLogReview",
    "PostTerminationLogin",
    "PressReport",
    "PrivilegeGrantAlert",
    "ProtectedChangeAlert",
    "SessionRecordingReview",
    "SharedAccountUse",
    "SyntheticMonitor",
    "UserReport",
    "VolumeAnomaly",
]

CATALOGUE: Mapping[str, type[BaseAlert]] = MappingProxyType(
    {
        "action-without-ticket": ActionWithoutTicket,
        "break-glass-use": BreakGlassUse,
        "control-tamper-alert": ControlTamperAlert,
        "denied-burst": DeniedBurst,
        "dormant-orphan-scan": DormantOrphanScan,
        "first-time-tier": FirstTimeTier,
        "honey-account": HoneyAccount,
        "hr-idp-reconciliation": HrIdpReconciliation,
        "impossible-travel-device": ImpossibleTravelDevice,
        "leaver-activity-alert": LeaverActivityAlert,
        "off-shift-action": OffShiftAction,
        "owner-report": OwnerReport,
        "peer-deviation": PeerDeviation,
        "peer-report": PeerReport,
        "periodic-log-review": PeriodicLogReview,
        "post-termination-login": PostTerminationLogin,
        "press-report": PressReport,
        "privilege-grant-alert": PrivilegeGrantAlert,
        "protected-change-alert": ProtectedChangeAlert,
        "session-recording-review": SessionRecordingReview,
        "shared-account-use": SharedAccountUse,
        "synthetic-monitor": SyntheticMonitor,
        "user-report": UserReport,
        "volume-anomaly": VolumeAnomaly,
    }
)
"""Every alert and witness by its id, sorted."""
