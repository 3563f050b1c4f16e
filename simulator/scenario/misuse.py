"""The misuse: who does what, why, when, and what they try next when refused.

    misuse  = requirement on a person + intent + moment + plan
    plan    = steps, one after the other
    step    = attempts: the first, then what is tried each time one is refused
    attempt = an action on a target, through some access, citing some ticket

The intent is ground truth: no control and no alert ever sees it.
"""

from typing import Literal

from attrs import frozen

from simulator.clock import Moment, Seconds
from simulator.scenario.fields import Share, field
from simulator.scenario.organisation import Employment
from simulator.streams import Constant, Distribution

Intent = Literal["gesture", "slip", "bribe", "revenge", "curiosity", "outsider"]


@frozen
class Target:
    """A named thing that actions act on."""

    id: str = field("name by role, such as head-of-state")
    tier: str = field("its real tier", ref="tiers")
    kind: Literal["account", "server", "database", "record-set"] = field(
        "what it is", default="account"
    )
    audience: int = field("people who follow it", unit="people", default=0, ge=0)
    owner_answers: Distribution | None = field(
        "time its owner takes to object to a notice; never if not given", default=None
    )


@frozen
class Requirement:
    """What a person must be, to be the one who does it. Empty fields ask nothing."""

    person: str | None = field("one named person", default=None, ref="staff")
    role: str | None = field("a role", default=None, ref="roles")
    employment: Employment | None = field("an employment", default=None)
    leaving: bool = field("whether the person must be leaving", default=False)


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


@frozen
class Attempt:
    """One try at the harmful action."""

    action: str = field("the action", ref="actions")
    target: str = field("the target it really hits", ref="targets")
    through: Literal["own-session", "colleague-session", "shared-secret"] = field(
        "whose access is used; the records name that person", default="own-session"
    )
    possible: Share = field(
        "chance that this way is open at all", default=1.0, ge=0, le=1
    )
    ticket: Literal["same-target", "other-target", "none"] = field(
        "the open ticket that is cited: about this target, about another, or none",
        default="none",
    )
    wait: Distribution = field(
        "time from the last refusal until it is tried", default=Constant(0)
    )
    approver: Literal["whoever", "rubber-stamp"] = field(
        "whether an approver is sought who does not look", default="whoever"
    )


@frozen
class Step:
    """One thing the plan wants done, with the ways to it."""

    tries: tuple[Attempt, ...] = field("the first try, then the fallbacks in order")


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
