"""The shelf of access controls: one file each, named by its id.

To add one, write the file, a row here, and a table of its decisions in the tests.
"""

from collections.abc import Mapping
from types import MappingProxyType

from simulator.controls.access_review import AccessReview
from simulator.controls.auto_revocation import AutoRevocation
from simulator.controls.blast_radius_cap import BlastRadiusCap
from simulator.controls.break_glass import BreakGlass
from simulator.controls.contractor_registry_sync import ContractorRegistrySync
from simulator.controls.cooling_off import CoolingOff
from simulator.controls.dedicated_admin_account import DedicatedAdminAccount
from simulator.controls.emergency_freeze import EmergencyFreeze
from simulator.controls.fast_restore import FastRestore
from simulator.controls.four_eyes import FourEyes
from simulator.controls.geo_device_binding import GeoDeviceBinding
from simulator.controls.insider_risk_restrict import InsiderRiskRestrict
from simulator.controls.jit_elevation import JitElevation
from simulator.controls.last_day_cutoff import LastDayCutoff
from simulator.controls.notice_restriction import NoticeRestriction
from simulator.controls.out_of_band_confirm import OutOfBandConfirm
from simulator.controls.protected_lock import ProtectedLock
from simulator.controls.rate_limit import RateLimit
from simulator.controls.role_entitlement import RoleEntitlement
from simulator.controls.separation_of_duties import SeparationOfDuties
from simulator.controls.session_revocation import SessionRevocation
from simulator.controls.shared_secret_rotation import SharedSecretRotation
from simulator.controls.shift_hours import ShiftHours
from simulator.controls.soft_delete import SoftDelete
from simulator.controls.step_up_auth import StepUpAuth
from simulator.controls.ticket_bound import TicketBound
from simulator.controls.type_to_confirm import TypeToConfirm
from simulator.shelf import BaseControl

__all__ = [
    "CATALOGUE",
    "AccessReview",
    "AutoRevocation",
    "BlastRadiusCap",
    "BreakGlass",
    "ContractorRegistrySync",
    "CoolingOff",
    "DedicatedAdminAccount",
    "EmergencyFreeze",
    "FastRestore",
    "FourEyes",
    "GeoDeviceBinding",
    "InsiderRiskRestrict",
    "JitElevation",
    "LastDayCutoff",
    "NoticeRestriction",
    "OutOfBandConfirm",
    "ProtectedLock",
    "RateLimit",
    "RoleEntitlement",
    "SeparationOfDuties",
    "SessionRevocation",
    "SharedSecretRotation",
    "ShiftHours",
    "SoftDelete",
    "StepUpAuth",
    "TicketBound",
    "TypeToConfirm",
]

CATALOGUE: Mapping[str, type[BaseControl]] = MappingProxyType(
    {
        "access-review": AccessReview,
        "auto-revocation": AutoRevocation,
        "blast-radius-cap": BlastRadiusCap,
        "break-glass": BreakGlass,
        "contractor-registry-sync": ContractorRegistrySync,
        "cooling-off": CoolingOff,
        "dedicated-admin-account": DedicatedAdminAccount,
        "emergency-freeze": EmergencyFreeze,
        "fast-restore": FastRestore,
        "four-eyes": FourEyes,
        "geo-device-binding": GeoDeviceBinding,
        "insider-risk-restrict": InsiderRiskRestrict,
        "jit-elevation": JitElevation,
        "last-day-cutoff": LastDayCutoff,
        "notice-restriction": NoticeRestriction,
        "out-of-band-confirm": OutOfBandConfirm,
        "protected-lock": ProtectedLock,
        "rate-limit": RateLimit,
        "role-entitlement": RoleEntitlement,
        "separation-of-duties": SeparationOfDuties,
        "session-revocation": SessionRevocation,
        "shared-secret-rotation": SharedSecretRotation,
        "shift-hours": ShiftHours,
        "soft-delete": SoftDelete,
        "step-up-auth": StepUpAuth,
        "ticket-bound": TicketBound,
        "type-to-confirm": TypeToConfirm,
    }
)
"""Every control by its id, sorted."""
