"""Last-day cut-off: harmful actions end before the last shift does."""

from attrs import frozen

from simulator.clock import DAY, HOUR, Seconds, TimeOfDay
from simulator.controls._reasons import harmless
from simulator.decisions import ALLOW, DENY, Decision, Request
from simulator.reasons import apart, not_leaving
from simulator.scenario.fields import field
from simulator.shelf import Guard, references
from simulator.view import Departure, View


@frozen(kw_only=True)
class LastDayCutoff(Guard):
    """Refuse a leaver every harmful action from a fixed time on the last day.

    The cut-off lies ``before_end`` before the separation that the registry shows; or,
    where ``at`` is given, at that time on the last working day, though never later than
    the separation. It holds from then on.
    """

    id = "last-day-cutoff"
    title = "Cut-off on the last day"
    definition = (
        "From a fixed time on the last working day, before the shift ends, a leaver "
        "may do nothing harmful any more."
    )
    stops = "Whatever leavers do harmfully as themselves in their last hours and after."
    does_not_stop = (
        "A leaver whom the registry does not show yet, acts before the cut-off, and a "
        "leaver who uses a colleague's session, a shared secret or an account without "
        "owner."
    )
    cost = "Leavers do none of their privileged work after the cut-off."
    sources = references(
        nist="PS-4, AC-3(8), AC-2(3)",
        cis="6.2",
        iso="A.6.5, A.5.18",
        attack="M1018",
        d3fend="D3-AL",
        itm="PV024",
        csg="20",
    )

    before_end: Seconds = field(
        "how long before the separation the cut-off lies; 8h is the start of a last "
        "shift of eight hours",
        default=8 * HOUR,
        ge=0,
        source="assumption",
    )
    at: TimeOfDay | None = field(
        "local time of the cut-off on the last working day, in place of before_end",
        default=None,
        source="assumption",
    )

    def answer(self, request: Request, view: View) -> Decision:
        """Deny from the cut-off on."""
        departure = view.departure(request.staff, request.at)
        if departure is None or request.at < self._cutoff(departure):
            return ALLOW
        return DENY if view.harmful(request.action) else ALLOW

    def reason(self, request: Request, view: View) -> str:
        """Name the cut-off and its distance from the act."""
        departure = view.departure(request.staff, request.at)
        why = harmless(request, view)
        if why or departure is None:
            return why or not_leaving(request, view)
        cutoff = self._cutoff(departure)
        return f"the cut-off at {view.wall(cutoff)} is {apart(cutoff, request)}"

    def _cutoff(self, departure: Departure) -> int:
        if self.at is None:
            return departure.separation - self.before_end
        # Counted back from midnight, so that a change of clocks in the night before
        # does not move it.
        return min(departure.last_day_ends - DAY + self.at, departure.separation)
