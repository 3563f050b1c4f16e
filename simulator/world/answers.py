"""What the controls answer to one request, combined: at once, or as it comes to matter.

Where it is open who is on, it is settled first whether anybody denies: then nothing
else is asked. The rest of a decision about the misuse is settled component by component
as the request goes on: who is refused at a prompt never comes to ask for consent, so
that it need not be known who would have asked for it. Honest work settles it at once,
since what keeps people decides who takes the next ticket.
"""

from operator import or_

from simulator.decisions import ALLOW, Approval, Challenge, Decision, strictest
from simulator.world.choices import Choices

Answers = tuple[tuple[str, Decision], ...]
"""The label of each control that answered anything but allow, with its answer."""


def combine(choices: Choices, answers: Answers, *, at_once: bool) -> Decision:
    """Combine the answers of those that are on, or may be."""
    if choices.is_settled or not answers:
        return strictest(answer for _, answer in answers)
    denials = ((label, True) for label, answer in answers if answer.deny)
    denied = choices.settle(denials, False, or_)
    if at_once and not denied:
        return choices.settle(answers, ALLOW, or_)
    return OpenDecision(choices, answers, denied)


class OpenDecision(Decision):
    """A decision of which each component but ``deny`` is settled when it is read."""

    _choices: Choices
    _answers: Answers
    _denied: bool

    def __init__(self, choices: Choices, answers: Answers, denied: bool) -> None:
        object.__setattr__(self, "_choices", choices)
        object.__setattr__(self, "_answers", answers)
        object.__setattr__(self, "_denied", denied)

    @property
    def deny(self) -> bool:
        """Whether it is refused."""
        return self._denied

    @property
    def throttle_s(self) -> int:
        """How long it is slowed down."""
        waits = ((label, a.throttle_s) for label, a in self._answers)
        return self._choices.settle(waits, 0, max)

    @property
    def hold_s(self) -> int:
        """How long it is held."""
        holds = ((label, answer.hold_s) for label, answer in self._answers)
        return self._choices.settle(holds, 0, max)

    @property
    def approvals(self) -> tuple[Approval, ...]:
        """Whose consent is asked for."""
        asked = map(self.approval, self.roles)
        return tuple(approval for approval in asked if approval is not None)

    @property
    def challenges(self) -> tuple[Challenge, ...]:
        """What the person is asked."""
        asked = map(self.challenge, self.kinds)
        return tuple(challenge for challenge in asked if challenge is not None)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of challenge there may be, in the order they come."""
        found = {kind for _, answer in self._answers for kind in answer.kinds}
        return tuple(sorted(found))

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles whose consent may be asked for, in the order they are asked."""
        found = {role for _, answer in self._answers for role in answer.roles}
        return tuple(sorted(found))

    def challenge(self, kind: str) -> Challenge | None:
        """Return the challenge of a kind, if there is one."""
        nothing: Challenge | None = None
        asked = (
            (label, challenge)
            for label, answer in self._answers
            if (challenge := answer.challenge(kind)) is not None
        )
        return self._choices.settle(asked, nothing, _stricter_challenge)

    def approval(self, role: str) -> Approval | None:
        """Return what is asked of a role, if anything."""
        nothing: Approval | None = None
        asked = (
            (label, approval)
            for label, answer in self._answers
            if (approval := answer.approval(role)) is not None
        )
        return self._choices.settle(asked, nothing, _stricter_approval)


def _stricter_challenge(known: Challenge | None, asked: Challenge) -> Challenge | None:
    return asked | known


def _stricter_approval(known: Approval | None, asked: Approval) -> Approval | None:
    return asked | known
