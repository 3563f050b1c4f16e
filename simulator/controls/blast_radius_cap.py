"""Blast-radius cap: one request may touch so many targets, and no more."""

from functools import cached_property
from typing import Literal

from attrs import frozen

from simulator.clock import DAY, HOUR, Seconds, format_duration
from simulator.controls._reasons import consent, harmless
from simulator.decisions import ALLOW, DENY, Approval, Challenge, Decision, Request
from simulator.scenario.fields import Share, field
from simulator.shelf import Guard, references
from simulator.view import View


@frozen(kw_only=True)
class BlastRadiusCap(Guard):
    """Refuse, stage or have approved what touches too many targets at once.

    Staged, the whole request waits until its batches have been gone through: it takes
    effect at the end of that time, and can be cancelled until then.
    """

    id = "blast-radius-cap"
    title = "Cap on targets per request"
    definition = (
        "One harmful request may touch at most so many targets; a larger one is "
        "refused, goes in stages, or needs somebody's consent."
    )
    stops = "Bulk action in one go: a script, an import, a filter that matches all."
    does_not_stop = (
        "A single important target, somebody who sends many small requests in place "
        "of a large one, and a large one that nobody calls off while it is staged or "
        "that is approved without a look."
    )
    cost = "Honest bulk work is refused, comes late, or waits for consent."
    sources = references(nist="AC-6, AC-2(11)~", iso="A.8.26~")

    most: int = field(
        "targets that one request may touch",
        unit="targets",
        default=100,
        ge=1,
        source="assumption",
    )
    beyond: Literal["deny", "hold", "approve"] = field(
        "what happens to a larger one: refused, held while it goes in stages, or "
        "let through with consent",
        default="deny",
        source="assumption",
    )
    staging: Seconds = field(
        "time a larger one is held", default=4 * HOUR, ge=1, source="assumption"
    )
    approver_role: str = field(
        "the role of which one other person must consent to a larger one; the "
        "requester's own role if empty",
        default="",
        ref="roles",
        source="assumption",
    )
    ttl: Seconds = field(
        "a larger one lapses when nobody has consented after this time",
        default=HOUR,
        ge=1,
        le=30 * DAY,
        source="assumption",
    )
    dry_run: Seconds = field(
        "time to look at what would be touched, asked of whoever touches more than "
        "one target; 0 for no such look",
        default=0,
        ge=0,
        le=DAY,
        source="assumption",
    )
    slip_catch: Share = field(
        "chance that a person about to slip notices in that look",
        default=0.5,
        ge=0,
        le=1,
        source="assumption",
    )

    def answer(self, request: Request, view: View) -> Decision:
        """Prompt for a look at bulk requests, and cap them."""
        if request.size == 1 or not view.harmful(request.action):
            return ALLOW
        return self._look if request.size <= self.most else self._beyond

    @cached_property
    def _look(self) -> Decision:
        if not self.dry_run:
            return ALLOW
        look = Challenge("dry-run", self.dry_run, self.slip_catch)
        return Decision(challenges=(look,))

    @cached_property
    def _beyond(self) -> Decision:
        if self.beyond == "deny":
            return DENY
        if self.beyond == "hold":
            return Decision(hold_s=self.staging) | self._look
        approval = Approval(self.approver_role, 1, self.ttl)
        return Decision(approvals=(approval,)) | self._look

    def reason(self, request: Request, view: View) -> str:
        """Name the number of targets that stands against the cap."""
        if why := harmless(request, view):
            return why
        size = request.size
        targets = "a single target" if size == 1 else f"{size} targets at once"
        said = f"{targets}, against a cap of {self.most}"
        if request.size > self.most:
            said = f"{said}: {self._path(request, view)}"
        if not self.answer(request, view).challenges:
            return said
        look = format_duration(self.dry_run)
        return (
            f"{said}; a dry run shows them first, which takes {look} and catches "
            f"{self.slip_catch:.0%} of slips"
        )

    def _path(self, request: Request, view: View) -> str:
        if self.beyond == "deny":
            return "refused"
        if self.beyond == "approve":
            return consent(request, view, self.approver_role)
        until = view.wall(request.at + self.staging)
        return f"held for {format_duration(self.staging)}, until {until}"
