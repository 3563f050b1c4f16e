"""Out-of-band confirmation: somebody is called back who must know of it."""

from functools import cached_property
from typing import Literal

from attrs import frozen

from simulator.clock import DAY, MINUTE, Seconds, format_duration
from simulator.controls._reasons import below, harmless
from simulator.decisions import ALLOW, DENY, Challenge, Decision, Request
from simulator.scenario.fields import Share, field
from simulator.shelf import Guard, references, tier_field
from simulator.view import View


@frozen(kw_only=True)
class OutOfBandConfirm(Guard):
    """Ask the target's contact on another channel before harm is done to it.

    The contact tells a slip as surely as misuse: neither was asked for.
    """

    id = "out-of-band-confirm"
    title = "Confirmation by call-back"
    definition = (
        "A harmful action on a high tier goes on only once a named contact of the "
        "target has confirmed it over a second channel."
    )
    stops = "Misuse and slips on important targets, with anybody's access."
    does_not_stop = "A contact who confirms all the same, and all below the tier."
    cost = (
        "A call for every honest action on the tier, and refusals where nobody answers "
        "or the list is out of date."
    )
    sources = references(
        nist="IA-2(13)~, SC-37~", iso="A.8.5~", attack="M1060~", itm="PV070~"
    )

    from_tier: str | None = tier_field(
        "the lowest tier that needs a call; the top tier if not given"
    )
    seconds: Seconds = field(
        "time the call takes", default=5 * MINUTE, ge=0, le=DAY, source="assumption"
    )
    knows: Share = field(
        "chance that the contact tells a request that nobody asked for",
        default=0.95,
        ge=0,
        le=1,
        source="assumption",
    )
    unanswered: Share = field(
        "share of calls that nobody answers, so that the request lapses",
        default=0.0,
        ge=0,
        le=1,
        source="it works as meant",
    )
    stale: Share = field(
        "share of targets whose contact on the list is out of date",
        default=0.0,
        ge=0,
        le=1,
        source="it works as meant",
    )
    on_no_answer: Literal["deny", "hold"] = field(
        "what happens where the contact is out of date: refused, or held while the "
        "owner is told",
        default="deny",
        source="assumption",
    )
    hold: Seconds = field(
        "time until an action that is held takes effect",
        default=DAY,
        ge=1,
        source="assumption",
    )

    def answer(self, request: Request, view: View) -> Decision:
        """Ask for the call on the tiers covered."""
        if not view.reaches(request.tier, self.from_tier):
            return ALLOW
        if not view.harmful(request.action):
            return ALLOW
        if not self._is_stale(request, view):
            return self._call
        return DENY if self.on_no_answer == "deny" else Decision(hold_s=self.hold)

    def reason(self, request: Request, view: View) -> str:
        """Name the contact, and what the call can do."""
        if why := harmless(request, view) or below(request, view, self.from_tier):
            return why
        if not self._is_stale(request, view):
            return (
                f"the contact of {request.target} is called back, which takes "
                f"{format_duration(self.seconds)}: {self.knows:.0%} of the requests "
                f"nobody asked for are told, {self.unanswered:.0%} of calls lapse"
            )
        held = f"held for {format_duration(self.hold)}"
        does = "refused" if self.on_no_answer == "deny" else held
        return f"the contact on the list for {request.target} is out of date: {does}"

    @cached_property
    def _call(self) -> Decision:
        call = Challenge(
            "call-back",
            self.seconds,
            harm_catch=self.knows,
            unanswered=self.unanswered,
        )
        return Decision(challenges=(call,))

    def _is_stale(self, request: Request, view: View) -> bool:
        return view.among(self.stale, f"{self.id} contacts", request.target)
