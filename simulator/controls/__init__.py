"""The shelf of access controls: one file each, named by its id.

To add one, write the file, a row here, and a table of its decisions in the tests.
"""

from collections.abc import Mapping
from types import MappingProxyType

from simulator.controls.auto_revocation import AutoRevocation
from simulator.controls.cooling_off import CoolingOff
from simulator.controls.four_eyes import FourEyes
from simulator.controls.last_day_cutoff import LastDayCutoff
from simulator.controls.notice_restriction import NoticeRestriction
from simulator.controls.protected_lock import ProtectedLock
from simulator.controls.rate_limit import RateLimit
from simulator.controls.role_entitlement import RoleEntitlement
from simulator.controls.session_revocation import SessionRevocation
from simulator.controls.shift_hours import ShiftHours
from simulator.controls.soft_delete import SoftDelete
from simulator.controls.step_up_auth import StepUpAuth
from simulator.controls.ticket_bound import TicketBound
from simulator.controls.type_to_confirm import TypeToConfirm
from simulator.shelf import BaseControl

__all__ = [
    "CATALOGUE",
    "AutoRevocation",
    "CoolingOff",
    "FourEyes",
    "LastDayCutoff",
    "NoticeRestriction",
    "ProtectedLock",
    "RateLimit",
    "RoleEntitlement",
    "SessionRevocation",
    "ShiftHours",
    "SoftDelete",
    "StepUpAuth",
    "TicketBound",
    "TypeToConfirm",
]

CATALOGUE: Mapping[str, type[BaseControl]] = MappingProxyType(
    {
        "auto-revocation": AutoRevocation,
        "cooling-off": CoolingOff,
        "four-eyes": FourEyes,
        "last-day-cutoff": LastDayCutoff,
        "notice-restriction": NoticeRestriction,
        "protected-lock": ProtectedLock,
        "rate-limit": RateLimit,
        "role-entitlement": RoleEntitlement,
        "session-revocation": SessionRevocation,
        "shift-hours": ShiftHours,
        "soft-delete": SoftDelete,
        "step-up-auth": StepUpAuth,
        "ticket-bound": TicketBound,
        "type-to-confirm": TypeToConfirm,
    }
)
"""Every control by its id, sorted."""
