"""Type to confirm: the requester must type the target's name first."""

from functools import cached_property

from attrs import frozen

from simulator.clock import Seconds, format_duration
from simulator.controls._reasons import below, harmless
from simulator.decisions import ALLOW, Challenge, Decision, Request
from simulator.scenario.fields import Share, field
from simulator.shelf import Guard, references, tier_field
from simulator.view import View


@frozen(kw_only=True)
class TypeToConfirm(Guard):
    """Make the requester type the target's name, and so look at it."""

    id = "type-to-confirm"
    title = "Type the name to confirm"
    definition = (
        "The requester sees the target with its tier and must type its name before a "
        "harmful action goes on."
    )
    stops = "Slips: the wrong line, the wrong window, the look-alike."
    does_not_stop = (
        "Anybody who means it, and a slip of somebody who types without reading."
    )
    cost = "Some seconds on every harmful action."
    sources = references(nist="SI-10~", iso="A.8.26~")

    from_tier: str | None = tier_field(
        "the lowest tier that asks for it; every tier if not given"
    )
    seconds: Seconds = field(
        "time it takes to read and type", default=8, ge=0, source="assumption"
    )
    slip_catch: Share = field(
        "chance that a person about to slip notices",
        default=0.5,
        ge=0,
        le=1,
        source="assumption",
    )

    def answer(self, request: Request, view: View) -> Decision:
        """Prompt for the name on the tiers covered."""
        lowest = self.from_tier
        if lowest is not None and view.rank(request.tier) < view.rank(lowest):
            return ALLOW
        if not view.harmful(request.action):
            return ALLOW
        return self._prompt

    @cached_property
    def _prompt(self) -> Decision:
        return Decision(challenges=(Challenge(self.id, self.seconds, self.slip_catch),))

    def reason(self, request: Request, view: View) -> str:
        """Name the prompt and what it can do."""
        lowest = self.from_tier or request.tier
        if why := harmless(request, view) or below(request, view, lowest):
            return why
        takes = format_duration(self.seconds)
        return (
            f"{request.target} must be typed first, which takes {takes}: "
            f"that catches {self.slip_catch:.0%} of slips and nobody who means it"
        )
