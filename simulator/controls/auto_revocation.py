"""Automatic revocation: the account ends with the job, without human steps."""

from attrs import frozen

from simulator.clock import HOUR, MINUTE
from simulator.controls._reasons import account_end, not_yet_gone, unreached
from simulator.decisions import ExitOrder, Request
from simulator.reasons import apart, not_leaving
from simulator.scenario.fields import Share, field
from simulator.shelf import BaseControl, references
from simulator.streams import Distribution, Triangular
from simulator.view import View


@frozen(kw_only=True)
class AutoRevocation(BaseControl):
    """Disable a leaver's account when the registry reports the separation."""

    id = "auto-revocation"
    title = "Automatic revocation"
    definition = (
        "The registry's report of a separation disables the person's account after a "
        "technical delay, without human steps."
    )
    stops = "Use of the own account after the last day, weeks later included."
    does_not_stop = (
        "Anything done before the account is disabled, sessions kept open on a work "
        "device until their token ends, a leaver the registry does not know, keys, "
        "shared secrets and accounts without owner, and systems or tenants that no "
        "connector reaches."
    )
    cost = (
        "Connectors to build and keep; a wrong entry locks out somebody who stays. "
        "Neither is simulated."
    )
    sources = references(
        nist="PS-4(2), AC-2(1), AC-2(3), PS-4",
        cis="6.2, 5.6",
        iso="A.5.16, A.5.18, A.6.5",
        attack="M1018",
        d3fend="D3-CE, D3-CR, D3-AL",
        itm="PV024",
        csg="20",
    )

    delay: Distribution = field(
        "time from the separation until the account is disabled",
        default=Triangular(MINUTE, 5 * MINUTE, HOUR),
        source="assumption",
    )
    failure: Share = field(
        "share of leavers it misses",
        default=0.02,
        ge=0,
        le=1,
        source="assumption",
    )
    coverage: Share = field(
        "share of the leavers' accounts, system by system, that a connector reaches",
        default=1.0,
        ge=0,
        le=1,
        source="it works as meant",
    )
    systems: tuple[str, ...] = field(
        "the systems that have a connector; all if none is given",
        default=(),
        ref="systems",
        source="assumption",
    )

    def exit_orders(self) -> tuple[ExitOrder, ...]:
        """End the account after the separation."""
        order = ExitOrder(
            "separation",
            self.delay,
            "account",
            self.failure,
            systems=self.systems,
            coverage=self.coverage,
            luck=self.id,
        )
        return (order,)

    def explain(self, request: Request, view: View) -> str:
        """Name the separation and the end of the account."""
        departure = view.departure(request.staff, request.at)
        if departure is None:
            return not_leaving(request, view)
        if why := unreached(request, self.systems) or not_yet_gone(request, view):
            return why
        separation = departure.separation
        said = f"separation at {view.wall(separation)}, {apart(separation, request)}"
        return f"acts from the {said}; {account_end(request, view)}"
