"""Shift hours: harmful actions only while the roster has the person at work."""

from attrs import frozen

from simulator.clock import DAY, MINUTE, Seconds, Span, format_duration
from simulator.controls._reasons import harmless
from simulator.decisions import ALLOW, DENY, Decision, Request
from simulator.scenario.fields import Share, field
from simulator.shelf import Guard, references
from simulator.view import View


@frozen(kw_only=True)
class ShiftHours(Guard):
    """Refuse harmful actions outside the rostered shift."""

    id = "shift-hours"
    title = "Shift hours"
    definition = "A harmful action is allowed only during the actor's rostered shift."
    stops = (
        "Access used at night, on days off and after the last shift, and a login that "
        "has no shift, such as a shared secret."
    )
    does_not_stop = (
        "Anything done on shift, the last minutes of the last shift included, and "
        "access of a colleague who is on shift."
    )
    cost = (
        "Refuses honest overtime, stand-ins whom the roster does not show, and all "
        "work under a shared login."
    )
    sources = references(
        nist="AC-2(11)",
        iso="A.8.2, A.8.5~",
        attack="M1036",
        d3fend="D3-UAP~",
        itm="PV056~",
        csg="13",
    )

    tolerance: Seconds = field(
        "time before and after the shift that still counts",
        default=30 * MINUTE,
        ge=0,
        source="assumption",
    )
    roster_wrong: Share = field(
        "share of shifts that the roster does not show, such as one swapped and never "
        "entered",
        default=0.0,
        ge=0,
        le=1,
        source="it works as meant",
    )

    def answer(self, request: Request, view: View) -> Decision:
        """Deny off shift."""
        if not view.harmful(request.action):
            return ALLOW
        shift = view.shift(request.staff, request.at, self.tolerance)
        if shift is None or self._is_lost(shift, request, view):
            return DENY
        return ALLOW

    def reason(self, request: Request, view: View) -> str:
        """Name the shift, or that there is none."""
        if why := harmless(request, view):
            return why
        shift = view.shift(request.staff, request.at, self.tolerance)
        give_or_take = f"give or take {format_duration(self.tolerance)}"
        if shift is None:
            at = view.wall(request.at)
            return f"the roster has no shift of {request.staff} at {at}, {give_or_take}"
        span = f"{view.wall(shift.start)} to {view.wall(shift.end)}"
        if self._is_lost(shift, request, view):
            return f"the roster is wrong: it lacks the shift from {span}"
        return f"the rostered shift from {span} covers it, {give_or_take}"

    def _is_lost(self, shift: Span, request: Request, view: View) -> bool:
        """Say whether the roster that is asked lacks a shift."""
        # By the day on which it starts, so that a night shift is lost as a whole.
        entry = f"{request.staff} {shift.start // DAY}"
        return view.among(self.roster_wrong, f"{self.id} roster", entry)
