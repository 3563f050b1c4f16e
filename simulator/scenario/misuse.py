"""The misuse: who does what, why, when, and what they try next when refused.

    misuse  = requirement on a person + intent + moment + plan
    plan    = steps, one after the other
    step    = attempts: the first, then what is tried each time one is refused
    attempt = an action on a target, through some access, citing some ticket

The intent is ground truth: no control and no alert ever sees it.
"""

from collections.abc import Sequence
from typing import Literal, Protocol

from attrs import frozen

from simulator.clock import Moment, Seconds, Span
from simulator.decisions import CredentialKind, Device, Place
from simulator.scenario.fields import Share, field
from simulator.scenario.organisation import Employment, Leaving
from simulator.streams import Constant, Distribution

Through = Literal[
    "own-session",
    "colleague-session",
    "phished-login",
    "shared-secret",
    "api-key",
    "shadow-account",
    "device",
]
"""Whose access is used: the own, a colleague's, or a credential that is held."""
Intent = Literal["gesture", "slip", "bribe", "revenge", "curiosity", "outsider"]
Doer = Literal["actor", "accomplice"]


@frozen
class Target:
    """A named thing that actions act on."""

    id: str = field("name by role, such as head-of-state")
    tier: str = field("its real tier", ref="tiers")
    kind: Literal["account", "server", "database", "record-set"] = field(
        "what it is", default="account"
    )
    audience: int = field("people who follow it", unit="people", default=0, ge=0)
    tier_since: Moment | None = field(
        "when it rose to its tier; always there if not given", default=None
    )
    owner_answers: Distribution | None = field(
        "time its owner takes to object to a notice; never if not given", default=None
    )


class Employed(Protocol):
    """Somebody who works there, as far as a requirement asks."""

    @property
    def id(self) -> str | None:
        """The person's name; None where it stands for people who have none."""

    @property
    def role(self) -> str:
        """The person's role."""

    @property
    def employment(self) -> str:
        """How the person is employed."""

    @property
    def leaving(self) -> Leaving | None:
        """The person's departure, if there is one."""


@frozen
class Requirement:
    """What a person must be, to be the one who does it. Empty fields ask nothing."""

    person: str | None = field("one named person", default=None, ref="staff")
    role: str | None = field("a role", default=None, ref="roles")
    employment: Employment | None = field("an employment", default=None)
    leaving: bool = field("whether the person must be leaving", default=False)
    may: str | None = field(
        "an action that the person must be allowed, on the target of the person's "
        "first try with it, or on the lowest tier if there is none",
        default=None,
        ref="actions",
    )
    holds: CredentialKind | None = field(
        "a kind of credential of which the person must be a holder; it is to allow "
        "what may says, in place of the role",
        default=None,
    )

    def fits(self, one: Employed) -> bool:
        """Say whether somebody is what is asked for; what they may do is left out."""
        return (
            self.person in (None, one.id)
            and self.role in (None, one.role)
            and self.employment in (None, one.employment)
            and (one.leaving is not None or not self.leaving)
        )


@frozen
class When:
    """The moment of the first attempt: an instant, or relative to an anchor."""

    at: Moment | None = field("an instant of its own", default=None)
    anchor: Literal["notice", "separation", "shift-start", "shift-end"] | None = field(
        "what it is relative to; shift-end and shift-start are those of the last shift "
        "that begins before separation, or of the first shift of one who stays",
        default=None,
    )
    before: Seconds = field("time before the anchor", default=0)
    after: Seconds = field("time after the anchor", default=0)

    def moment(self, leaving: Leaving | None, roster: Sequence[Span]) -> int | None:
        """Return somebody's instant of the first attempt; None without the anchor.

        Args:
            leaving: The person's departure, if there is one.
            roster: The person's shifts in order, up to the departure.
        """
        if self.at is not None:
            return self.at
        anchor = self._anchor(leaving, roster)
        return None if anchor is None else anchor + self.after - self.before

    def _anchor(self, leaving: Leaving | None, roster: Sequence[Span]) -> int | None:
        if self.anchor == "notice":
            return leaving.notice if leaving else None
        if self.anchor == "separation":
            return leaving.separation if leaving else None
        shifts = [shift for shift in roster if leaving or shift.start >= 0]
        if not shifts:
            return None
        shift = shifts[-1 if leaving else 0]
        return shift.start if self.anchor == "shift-start" else shift.end


@frozen
class Attempt:
    """One try at the harmful action."""

    action: str = field("the action", ref="actions")
    target: str = field("the target it really hits", ref="targets")
    by: Doer = field("who does it", default="actor")
    through: Through = field(
        "whose access is used; the records name that login. A phished login is the "
        "person's own in the hands of an outsider",
        default="own-session",
    )
    possible: Share = field(
        "chance that this way is open at all", default=1.0, ge=0, le=1
    )
    ticket: Literal["same-target", "other-target", "self-opened", "none"] = field(
        "the open ticket that is cited: about this target, about another, one about "
        "this target that whoever acts has opened, or none",
        default="none",
    )
    wait: Distribution = field(
        "time from the last refusal until it is tried", default=Constant(0)
    )
    approver: Literal["whoever", "rubber-stamp", "accomplice"] = field(
        "whether an approver is sought who does not look, or who is in on it",
        default="whoever",
    )
    batch: int = field(
        "targets one request touches, of which one is named",
        unit="targets",
        default=1,
        ge=1,
        le=1_000_000_000,
    )
    fuse: Distribution = field(
        "time from being carried out until a planted action acts", default=Constant(0)
    )
    emergency: bool = field("whether an emergency is declared", default=False)
    device: Device = field("the device it comes from", default="managed")
    place: Place = field("the place it comes from", default="usual")
    passes_factor: Share = field(
        "chance to pass a prompt for somebody else's own factor, relayed or pushed "
        "until it is accepted",
        default=0.0,
        ge=0,
        le=1,
    )


@frozen
class Step:
    """One thing the plan wants done, with the ways to it; perhaps many times over.

    A bulk action is a step done many times on a fresh target each time, a repeat visit
    one that goes to the same target again.
    """

    tries: tuple[Attempt, ...] = field("the first try, then the fallbacks in order")
    times: int = field(
        "how often it is done", unit="times", default=1, ge=1, le=100_000
    )
    every: Distribution = field("time from one time to the next", default=Constant(0))
    on: Literal["fresh-targets", "same-target"] = field(
        "whether each time has a target of its own, like the one named",
        default="fresh-targets",
    )


@frozen
class Misuse:
    """A portable plan of misuse; slips count too."""

    who: Requirement = field("what the person must be")
    intent: Intent = field("why; ground truth")
    when: When = field("when the first attempt is made")
    plan: tuple[Step, ...] = field("what is done, in order")
    desists: Share = field(
        "chance to give up at each prompt, wait or request for approval",
        default=0.0,
        ge=0,
        le=1,
    )
    accomplice: Requirement | None = field(
        "what a second person must be who is in on it", default=None
    )

    def asks(self, by: Doer) -> Requirement:
        """Return what one of the two must be; of no helper nothing is asked."""
        return self.who if by == "actor" else self.accomplice or Requirement()

    def aim(self, action: str | None, by: Doer) -> str | None:
        """Return the target of somebody's first try with an action; None if none."""
        return next(
            (
                attempt.target
                for step in self.plan
                for attempt in step.tries
                if (attempt.action, attempt.by) == (action, by)
            ),
            None,
        )
