"""Notice restriction: leavers lose harmful actions on high tiers before they go."""

from attrs import frozen

from simulator.clock import DAY, Seconds
from simulator.controls._reasons import below, harmless
from simulator.decisions import ALLOW, DENY, Decision, Request
from simulator.reasons import apart, not_leaving
from simulator.scenario.fields import field
from simulator.shelf import Guard, references, tier_field
from simulator.view import View


@frozen(kw_only=True)
class NoticeRestriction(Guard):
    """Refuse leavers harmful actions on high tiers for a time before separation."""

    id = "notice-restriction"
    title = "Restriction during notice"
    definition = (
        "From some time before a known departure, the person may do nothing harmful "
        "to targets of high tiers."
    )
    stops = "Leavers who act on important targets in their last days, or after them."
    does_not_stop = (
        "A leaver whom the registry does not show yet, everything below the tier, "
        "people who stay, and a leaver who uses a colleague's session or a shared "
        "secret."
    )
    cost = "Refuses leavers' honest work on high tiers until they are gone."
    sources = references(
        nist="AC-2(13), PS-4, PS-5~",
        cis="6.2",
        iso="A.6.5, A.5.18",
        attack="M1018",
        d3fend="D3-UAP",
        itm="PV024, PV054",
        csg="20, 5",
    )

    window: Seconds = field(
        "how long before the separation the restriction begins",
        default=14 * DAY,
        ge=0,
        source="assumption",
    )
    from_tier: str | None = tier_field(
        "the lowest tier restricted; the top tier if not given"
    )

    def answer(self, request: Request, view: View) -> Decision:
        """Deny within the window and after it."""
        if not view.reaches(request.tier, self.from_tier):
            return ALLOW
        departure = view.departure(request.staff, request.at)
        if departure is None or request.at < departure.separation - self.window:
            return ALLOW
        return DENY if view.harmful(request.action) else ALLOW

    def reason(self, request: Request, view: View) -> str:
        """Name the start of the restriction."""
        why = harmless(request, view) or below(request, view, self.from_tier)
        departure = view.departure(request.staff, request.at)
        if why or departure is None:
            return why or not_leaving(request, view)
        begins = departure.separation - self.window
        verb = "has held since" if begins <= request.at else "begins at"
        return f"the restriction {verb} {view.wall(begins)}, {apart(begins, request)}"
