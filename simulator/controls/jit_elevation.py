"""Just-in-time elevation: privilege is asked for, and runs out by itself."""

from functools import cached_property

from attrs import frozen

from simulator.clock import DAY, HOUR, MINUTE, Seconds, Span, format_duration
from simulator.controls._reasons import (
    barred,
    below,
    consent,
    harmless,
    opened,
    run_out,
    still_open,
    too_soon,
)
from simulator.decisions import ALLOW, DENY, Approval, Challenge, Decision, Request
from simulator.scenario.fields import field
from simulator.shelf import Guard, references, tier_field
from simulator.view import View


@frozen(kw_only=True)
class JitElevation(Guard):
    """Let nobody act on high tiers but in an elevation of limited length.

    It begins with the first action that needs it. Where none is live, one is asked for
    on the way, unless the role cannot have it or the last one ran out too recently.
    """

    id = "jit-elevation"
    title = "Just-in-time elevation"
    definition = (
        "A harmful action on a high tier needs an elevation that was asked for and "
        "ends by itself after a limited time."
    )
    stops = (
        "People whose role cannot be elevated or whose last elevation ran out too "
        "recently and, where somebody must consent, one person alone."
    )
    does_not_stop = (
        "An eligible person who asks, at a colleague's open session too, where nobody "
        "has to consent or the approver does not look; anything done while an "
        "elevation is live; and targets below the tier."
    )
    cost = "A wait at the first action on a high tier, and again after each expiry."
    sources = references(
        nist="AC-2(6), AC-2(2), AC-6(5)",
        cis="6.1, 6.2",
        iso="A.8.2, A.5.18",
        attack="M1026",
        d3fend="D3-APA",
        itm="PV048",
        csg="11",
    )

    from_tier: str | None = tier_field(
        "the lowest tier that needs it; the top tier if not given"
    )
    lasts: Seconds = field(
        "how long an elevation lasts",
        default=HOUR,
        ge=1,
        le=30 * DAY,
        source="assumption",
    )
    seconds: Seconds = field(
        "time it takes to ask for one",
        default=2 * MINUTE,
        ge=0,
        le=DAY,
        source="assumption",
    )
    eligible_roles: tuple[str, ...] = field(
        "the roles that can be elevated; every role if none is given",
        default=(),
        ref="roles",
        source="assumption",
    )
    approver_role: str | None = field(
        "the role of which one other person must consent; nobody must if not given",
        default=None,
        ref="roles",
        source="assumption",
    )
    ttl: Seconds = field(
        "the request lapses when nobody has consented after this time",
        default=HOUR,
        ge=1,
        le=30 * DAY,
        source="assumption",
    )
    cool_down: Seconds = field(
        "time after an elevation has run out before there is another",
        default=0,
        ge=0,
        source="assumption",
    )

    def answer(self, request: Request, view: View) -> Decision:
        """Ask for an elevation where none is live, or deny it."""
        if not view.reaches(request.tier, self.from_tier):
            return ALLOW
        if not view.harmful(request.action):
            return ALLOW
        last = opened(request, view, "elevation", self.lasts)
        if last is not None and last.covers(request.at):
            return ALLOW
        return DENY if self._refusal(request, view, last) else self._asking

    @cached_property
    def _asking(self) -> Decision:
        role = self.approver_role
        return Decision(
            approvals=() if role is None else (Approval(role, 1, self.ttl),),
            challenges=(Challenge("elevation", self.seconds),),
        )

    def reason(self, request: Request, view: View) -> str:
        """Name the elevation that is live, or what stands before the next."""
        if why := harmless(request, view) or below(request, view, self.from_tier):
            return why
        last = opened(request, view, "elevation", self.lasts)
        return (
            still_open(request, view, "elevation", last)
            or self._refusal(request, view, last)
            or f"{run_out(request, view, 'elevation', last)}: "
            + self._way(request, view)
        )

    def _refusal(self, request: Request, view: View, last: Span | None) -> str:
        """Say why there is no new elevation; "" if there can be one."""
        can_be = "can be elevated"
        return barred(request, view, self.eligible_roles, can_be) or too_soon(
            request, view, "elevation", last, self.cool_down
        )

    def _way(self, request: Request, view: View) -> str:
        said = f"one must be asked for, which takes {format_duration(self.seconds)}"
        if self.approver_role is None:
            return said
        return f"{said}, and {consent(request, view, self.approver_role)}"
