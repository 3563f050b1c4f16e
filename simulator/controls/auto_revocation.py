"""Automatic revocation: the account ends with the job, without human steps."""

from attrs import frozen

from simulator.clock import HOUR, MINUTE
from simulator.controls._reasons import apart, not_leaving
from simulator.decisions import ExitOrder, Request
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
        "Anything done before the separation, sessions that are still open after it, "
        "a leaver the registry does not know, shared secrets, and systems or tenants "
        "that no connector reaches."
    )
    cost = "Connectors to build and keep; a wrong entry locks out somebody who stays."
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

    def exit_orders(self) -> tuple[ExitOrder, ...]:
        """End the account after the separation."""
        return (ExitOrder("separation", self.delay, "account", self.failure),)

    def explain(self, request: Request, view: View) -> str:
        """Name the separation and the end of the account."""
        departure = view.departure(request.staff, request.at)
        if departure is None:
            return not_leaving(request, view)
        separation = departure.separation
        said = f"separation at {view.wall(separation)}, {apart(separation, request)}"
        if separation > request.at:
            return f"acts only from the {said}"
        ends = view.account_ends(request.staff)
        if ends is None:
            return f"acts from the {said}; nothing ends the account so far"
        ended = f"the account ends at {view.wall(ends)}, {apart(ends, request)}"
        return f"acts from the {said}; {ended}"
