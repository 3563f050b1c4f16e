"""Shift hours: harmful actions only while the roster has the person at work."""

from attrs import frozen

from simulator.clock import MINUTE, Seconds, format_duration
from simulator.controls._reasons import harmless
from simulator.decisions import ALLOW, DENY, Decision, Request
from simulator.scenario.fields import field
from simulator.shelf import BaseControl, references
from simulator.view import View


@frozen(kw_only=True)
class ShiftHours(BaseControl):
    """Refuse harmful actions outside the rostered shift."""

    id = "shift-hours"
    title = "Shift hours"
    definition = "A harmful action is allowed only during the actor's rostered shift."
    stops = "Access used at night, on days off and after the last shift."
    does_not_stop = (
        "Anything done on shift, the last minutes of the last shift included, and "
        "access of a colleague who is on shift."
    )
    cost = "Refuses honest overtime and stand-ins whom the roster does not show."
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

    def decide(self, request: Request, view: View) -> Decision:
        """Deny off shift."""
        if not view.harmful(request.action):
            return ALLOW
        if view.shift(request.staff, request.at, self.tolerance) is None:
            return DENY
        return ALLOW

    def explain(self, request: Request, view: View) -> str:
        """Name the shift, or that there is none."""
        if why := harmless(request, view):
            return why
        shift = view.shift(request.staff, request.at, self.tolerance)
        give_or_take = f"give or take {format_duration(self.tolerance)}"
        if shift is None:
            at = view.wall(request.at)
            return f"the roster has no shift of {request.staff} at {at}, {give_or_take}"
        span = f"{view.wall(shift.start)} to {view.wall(shift.end)}"
        return f"the rostered shift from {span} covers it, {give_or_take}"
