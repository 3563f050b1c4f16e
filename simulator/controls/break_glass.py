"""Break glass: who may declare an emergency, and how often."""

from functools import cached_property

from attrs import frozen

from simulator.clock import DAY, HOUR, MINUTE, Seconds, format_duration
from simulator.controls._reasons import barred, opened, run_out, still_open, too_soon
from simulator.decisions import ALLOW, DENY, Challenge, Decision, Request
from simulator.scenario.fields import field
from simulator.shelf import Guard, references
from simulator.view import View


@frozen(kw_only=True)
class BreakGlass(Guard):
    """Govern the emergency path, to which other controls may yield.

    It looks at every action for which an emergency is declared, reading included, and
    at no other. One declaration with its reason opens the path for a while.
    """

    id = "break-glass"
    title = "Break-glass access"
    definition = (
        "An emergency can be declared only by some roles, with a reason, for a limited "
        "time and not time after time."
    )
    stops = (
        "Emergencies declared by people who have no business to, or as a habit, so "
        "that the bypass stays an exception."
    )
    does_not_stop = (
        "Whoever may declare one and makes up the reason, which nobody checks before "
        "the act; anything that goes without an emergency; and it bypasses nothing by "
        "itself: that is for the other controls to say."
    )
    cost = "Time to give a reason when it is needed least; refuses those not listed."
    sources = references(
        nist="AC-3(10), AC-2(2)",
        cis="6.8~",
        iso="A.8.2, A.5.29",
        attack="M1026",
        d3fend="D3-UAP~",
        itm="PV048",
        csg="11",
    )

    roles: tuple[str, ...] = field(
        "the roles that may declare one; every role if none is given",
        default=(),
        ref="roles",
        source="assumption",
    )
    needs_ticket: bool = field(
        "whether every action in it must cite a ticket",
        default=False,
        source="assumption",
    )
    seconds: Seconds = field(
        "time it takes to give the reason",
        default=MINUTE,
        ge=0,
        le=DAY,
        source="assumption",
    )
    lasts: Seconds = field(
        "how long one lasts, with no new reason asked",
        default=HOUR,
        ge=1,
        le=30 * DAY,
        source="assumption",
    )
    rest: Seconds = field(
        "time after one has run out before the same person may declare another",
        default=0,
        ge=0,
        source="assumption",
    )

    def answer(self, request: Request, view: View) -> Decision:
        """Ask for the reason of an emergency, or deny it."""
        if not request.emergency:
            return ALLOW
        if self._fault(request, view):
            return DENY
        last = opened(request, view, "emergency-reason", self.lasts)
        if last is not None and last.covers(request.at):
            return ALLOW
        again = too_soon(request, view, "emergency", last, self.rest)
        return DENY if again else self._asking

    @cached_property
    def _asking(self) -> Decision:
        return Decision(challenges=(Challenge("emergency-reason", self.seconds),))

    def reason(self, request: Request, view: View) -> str:
        """Name the emergency, or what is missing for one."""
        if not request.emergency:
            return "asks only for actions in an emergency; none was declared"
        if why := self._fault(request, view):
            return why
        last = opened(request, view, "emergency-reason", self.lasts)
        takes = format_duration(self.seconds)
        return (
            still_open(request, view, "emergency", last)
            or too_soon(request, view, "emergency", last, self.rest)
            or f"{run_out(request, view, 'emergency', last)}: a reason must be given, "
            f"which takes {takes}"
        )

    def _fault(self, request: Request, view: View) -> str:
        """Say why this person or action cannot have an emergency; "" if it can."""
        if why := barred(request, view, self.roles, "may declare an emergency"):
            return why
        if not self.needs_ticket or view.ticket(request.ticket) is not None:
            return ""
        cited = f"ticket {request.ticket} does not exist"
        why = cited if request.ticket else "none is cited"
        return f"an emergency needs a ticket, and {why}"
