"""Cooling off: the effect comes later, and the owner can stop it."""

from attrs import frozen

from simulator.clock import DAY, Seconds, format_duration
from simulator.controls._reasons import below, harmless
from simulator.decisions import ALLOW, Decision, Request
from simulator.scenario.fields import field
from simulator.shelf import Guard, references, tier_field
from simulator.view import View


@frozen(kw_only=True)
class CoolingOff(Guard):
    """Hold harmful actions on high tiers, and tell the owner."""

    id = "cooling-off"
    title = "Cooling-off time"
    definition = (
        "A harmful action on a high tier takes effect only after a time in which the "
        "target's owner is told and can stop it."
    )
    stops = "Acts that an owner objects to, or that somebody cancels in time."
    does_not_stop = (
        "An act whose owner does not read the notice in time, and anything below the "
        "tier."
    )
    cost = "Honest urgent action, such as on a hijacked account, comes late too."
    sources = references(nist="AC-9(3)~, SI-17~", iso="A.5.37~")

    hold: Seconds = field(
        "time until the action takes effect", default=DAY, ge=1, source="assumption"
    )
    from_tier: str | None = tier_field(
        "the lowest tier held; the top tier if not given"
    )

    def answer(self, request: Request, view: View) -> Decision:
        """Hold on the tiers covered."""
        if not view.reaches(request.tier, self.from_tier):
            return ALLOW
        if not view.harmful(request.action):
            return ALLOW
        return Decision(hold_s=self.hold)

    def reason(self, request: Request, view: View) -> str:
        """Name the hold and when it ends."""
        if why := harmless(request, view) or below(request, view, self.from_tier):
            return why
        until = view.wall(request.at + self.hold)
        return (
            f"held for {format_duration(self.hold)}, until {until}; the owner of "
            f"{request.target} is told and can stop it"
        )
