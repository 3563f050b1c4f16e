"""Contractor registry: the vendor's end dates become the end of accounts."""

from typing import Final

from attrs import frozen

from simulator.clock import DAY, HOUR, Seconds, format_duration
from simulator.controls._reasons import account_end, not_yet_gone, usually
from simulator.decisions import ExitOrder, Request
from simulator.scenario.fields import Share, field
from simulator.scenario.organisation import Employment
from simulator.shelf import BaseControl, references
from simulator.streams import Constant, Distribution, Triangular
from simulator.view import View

EXTERNAL: Final[tuple[Employment, ...]] = ("contractor", "vendor")


@frozen(kw_only=True)
class ContractorRegistrySync(BaseControl):
    """Let the accounts of external workers expire by the list of their vendor.

    It needs no entry in the organisation's own registry. With ``default_expiry`` an
    account also ends that long after its owner is gone, whoever tells of it or not, as
    unused accounts do that must be renewed.
    """

    id = "contractor-registry-sync"
    title = "Synchronised registry of contractors"
    definition = (
        "The vendor tells when its people stop working for the organisation, and the "
        "list, copied at an interval, sets the expiry of their accounts."
    )
    stops = (
        "Use of the own account by contractors and people of vendors after they have "
        "gone, those included whom no list of the organisation's own ever shows."
    )
    does_not_stop = (
        "Anything done before the separation or before the vendor tells of it, "
        "sessions kept open on a work device until their token ends, keys, shared "
        "secrets and accounts without owner, and employees."
    )
    cost = (
        "Vendors must take part; a wrong date locks out somebody who stays. Neither is "
        "simulated."
    )
    sources = references(
        nist="PS-7, AC-2(1), IA-4(4), SA-9",
        cis="5.1, 15.1, 15.7",
        iso="A.5.19, A.5.20, A.5.22, A.5.16",
        attack="M1018",
        d3fend="D3-AM",
        itm="PV023, PV024",
        csg="6, 20",
    )

    told: Distribution = field(
        "time from notice until the vendor tells of it",
        default=Triangular(HOUR, DAY, 7 * DAY),
        source="assumption",
    )
    sync: Seconds = field(
        "interval at which the vendor's list is copied",
        default=DAY,
        ge=1,
        le=365 * DAY,
        source="assumption",
    )
    delay: Distribution = field(
        "time it takes to disable an account that has expired",
        default=Constant(0),
        source="assumption",
    )
    missing: Share = field(
        "share of external leavers whom the vendor never mentions",
        default=0.0,
        ge=0,
        le=1,
        source="it works as meant",
    )
    default_expiry: Seconds | None = field(
        "time from the separation after which an unused account lapses, mentioned or "
        "not; never if not given",
        default=None,
        ge=0,
        le=3650 * DAY,
        source="assumption",
    )

    def exit_orders(self) -> tuple[ExitOrder, ...]:
        """End the account by the list, and where that fails perhaps by its age."""
        listed = ExitOrder(
            "vendor-notice",
            self.delay,
            "account",
            self.missing,
            told=self.told,
            every_s=self.sync,
            employments=EXTERNAL,
            luck=self.id,
        )
        if self.default_expiry is None:
            return (listed,)
        lapsed = ExitOrder(
            "gone",
            Constant(self.default_expiry),
            "account",
            employments=EXTERNAL,
            luck=f"{self.id} expiry",
        )
        return (listed, lapsed)

    def explain(self, request: Request, view: View) -> str:
        """Name the way of the end date, and the end of the account."""
        employment = view.employment(request.staff)
        if employment not in EXTERNAL:
            covered = " or ".join(EXTERNAL)
            return f"covers people employed as {covered}; this one is {employment}"
        return not_yet_gone(request, view) or (
            f"the vendor tells of a leaver {usually(self.told)} after notice and its "
            f"list is copied every {format_duration(self.sync)}; "
            f"{account_end(request, view)}"
        )
