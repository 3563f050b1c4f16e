"""What controls and alerts are asked and what they may answer.

    request  = who asks for which action on which target, when, citing which ticket
    decision = deny + throttle + hold + approvals + challenges, each neutral by default
    alert    = a signal that will be raised: after which delay, how surely, from where

Decisions combine component by component to the strictest, so their order never matters,
asking twice changes nothing, and adding a control never loosens the answer.
"""

from collections.abc import Iterable
from typing import Literal

from attrs import frozen

from simulator.streams import Constant, Distribution

Device = Literal["managed", "unknown"]
Place = Literal["usual", "elsewhere"]
CredentialKind = Literal["shared-secret", "api-key", "shadow-account", "device"]
Ends = Literal[
    "account", "sessions", "shared-secret", "api-key", "shadow-account", "device"
]
"""What can end for a leaver: the own login, its sessions, or a credential beside it."""


@frozen
class Request:
    """A privileged action as the organisation's systems see it.

    ``staff`` is whose access is used, which is not always who sits there. ``tier`` is
    the target's tier in the register. Times are seconds since the scenario's start.
    ``size`` is how many targets the one request touches, ``credential`` the key, secret
    or device that was shown ("" for the person's own login and session), ``device`` and
    ``place`` what the session tells of itself, ``emergency`` whether one was declared.
    """

    id: str
    at: int
    staff: str
    system: str
    action: str
    target: str
    tier: str
    ticket: str | None = None
    size: int = 1
    credential: str = ""
    device: Device = "managed"
    place: Place = "usual"
    emergency: bool = False


@frozen
class Challenge:
    """A prompt the person must pass before going on.

    Attributes:
        kind: Prompts of one kind merge; different kinds come one after the other.
        seconds: Time it takes.
        slip_catch: Chance that a person about to slip notices.
        own_factor: Only the owner of the access can pass it.
        harm_catch: Chance that whoever is asked tells a harmful request from an honest
            one, and stops it.
        unanswered: Chance that nobody answers, and the request lapses.
    """

    kind: str
    seconds: int
    slip_catch: float = 0.0
    own_factor: bool = False
    harm_catch: float = 0.0
    unanswered: float = 0.0

    def __or__(self, other: "Challenge | None") -> "Challenge":
        """Combine with another of the same kind: the strictest of each component."""
        if other is None:
            return self
        return Challenge(
            self.kind,
            max(self.seconds, other.seconds),
            max(self.slip_catch, other.slip_catch),
            self.own_factor or other.own_factor,
            max(self.harm_catch, other.harm_catch),
            max(self.unanswered, other.unanswered),
        )


@frozen
class Approval:
    """The consent of distinct other people.

    Attributes:
        role: The role they must have; "" for the requester's own role.
        people: How many must consent.
        ttl_s: The request lapses when they have not after this time.
    """

    role: str
    people: int
    ttl_s: int

    def __or__(self, other: "Approval | None") -> "Approval":
        """Combine with another of the same role: more people, and sooner."""
        if other is None:
            return self
        return Approval(
            self.role, max(self.people, other.people), min(self.ttl_s, other.ttl_s)
        )


@frozen
class Decision:
    """The answer of a control, or of all of them together.

    Attributes:
        deny: Refuse.
        throttle_s: Let it go on only after this time.
        hold_s: Let it take effect only after this time, the owner being told.
        approvals: At most one for each role, sorted by role.
        challenges: At most one of each kind, sorted by kind.
    """

    deny: bool = False
    throttle_s: int = 0
    hold_s: int = 0
    approvals: tuple[Approval, ...] = ()
    challenges: tuple[Challenge, ...] = ()

    def __or__(self, other: "Decision") -> "Decision":
        """Combine with another decision: the strictest of each component."""
        if other is ALLOW or self == other:
            return self
        if self is ALLOW:
            return other
        return Decision(
            self.deny or other.deny,
            max(self.throttle_s, other.throttle_s),
            max(self.hold_s, other.hold_s),
            _strictest_approvals((*self.approvals, *other.approvals)),
            _strictest_challenges((*self.challenges, *other.challenges)),
        )

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of challenge there may be, in the order they come."""
        return tuple(challenge.kind for challenge in self.challenges)

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles whose consent may be asked for, in the order they are asked."""
        return tuple(approval.role for approval in self.approvals)

    def challenge(self, kind: str) -> Challenge | None:
        """Return the challenge of a kind, if there is one."""
        return next((c for c in self.challenges if c.kind == kind), None)

    def approval(self, role: str) -> Approval | None:
        """Return what is asked of a role, if anything."""
        return next((a for a in self.approvals if a.role == role), None)

    def covers(self, other: "Decision") -> bool:
        """Say whether this is at least as strict as the other in every component."""
        return self | other == self

    @property
    def words(self) -> str:
        """Name the answer by its strictest component: deny, approve, hold, ..."""
        if self.deny:
            return "deny"
        if self.approvals:
            return "approve"
        if self.hold_s:
            return "hold"
        if self.throttle_s:
            return "throttle"
        return "challenge" if self.challenges else "allow"


ALLOW = Decision()
DENY = Decision(deny=True)


def strictest(decisions: Iterable[Decision]) -> Decision:
    """Combine any number of decisions; `ALLOW` if there are none."""
    combined = ALLOW
    for decision in decisions:
        combined |= decision
    return combined


def _strictest_approvals(asked: tuple[Approval, ...]) -> tuple[Approval, ...]:
    by_role: dict[str, Approval] = {}
    for approval in asked:
        by_role[approval.role] = approval | by_role.get(approval.role)
    return tuple(by_role[role] for role in sorted(by_role))


def _strictest_challenges(asked: tuple[Challenge, ...]) -> tuple[Challenge, ...]:
    by_kind: dict[str, Challenge] = {}
    for challenge in asked:
        by_kind[challenge.kind] = challenge | by_kind.get(challenge.kind)
    return tuple(by_kind[kind] for kind in sorted(by_kind))


@frozen
class ExitOrder:
    """Something a control does for every leaver it covers, once it is triggered.

    Attributes:
        trigger: What sets it off: the registry's entry; the separation, once the
            registry knows of it; the end of the account; the separation, once the
            vendor has told of it; or that the person is gone, as anybody can see.
        delay: Time from then, or from the look that finds it, until it is done.
        ends: What it ends; sessions only once the account has ended.
        failure: Share of leavers it misses, or misses at each look if ``again``.
        told: Time from notice until the vendor tells of it, for ``vendor-notice``.
        every_s: Interval between two looks at what is due; 0 for at once. When the
            first look comes is drawn.
        again: A missed one is tried anew at the next interval.
        employments: Whom it covers; everybody if empty.
        systems: What it covers; every system if empty.
        coverage: Share of the leavers' accounts, system by system, that it reaches.
        luck: Name its draws go by, so that two settings of one control share them.
    """

    trigger: Literal[
        "registry-entry", "separation", "account-ended", "vendor-notice", "gone"
    ]
    delay: Distribution
    ends: Ends
    failure: float = 0.0
    told: Distribution = Constant(0)
    every_s: int = 0
    again: bool = False
    employments: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    coverage: float = 1.0
    luck: str = ""


@frozen
class Runbook:
    """A rehearsed way to bring back what is kept reversible.

    Attributes:
        restore: Time it takes, once somebody is at it.
        call_out: Time to get somebody to it who is not on shift; as ever if None.
    """

    restore: Distribution
    call_out: Distribution | None = None


@frozen
class Alert:
    """A signal that a rule will raise about one record.

    Attributes:
        staff: Whose access is named, if any.
        target: The target named, if any.
        delay: Time from the record until it is raised.
        chance: Chance that it is raised at all, or at each look.
        again_every_s: A missed look is repeated after this time; 0 for never.
        while_out: It is raised only if the target is still out of service then.
        once_per_target: Further ones on the same outage of the target add nothing.
        urgent: It is taken before alarms that are not.
        while_access: It is raised only if the access it tells of still works then.
        team: The team that answers it; the triage team if None.
    """

    staff: str | None = None
    target: str | None = None
    delay: Distribution = Constant(0)
    chance: float = 1.0
    again_every_s: int = 0
    while_out: bool = False
    once_per_target: bool = False
    urgent: bool = False
    while_access: bool = False
    team: str | None = None
