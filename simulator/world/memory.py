"""What runs of one day that differ only in who is on need not find out twice.

Draws belong to their identity and are the same in all of them. So is what a control
answers to a request, as long as it asked nothing about what happened in the run before.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from attrs import Factory, define

from simulator.decisions import ALLOW, Decision, Request
from simulator.streams import uniform
from simulator.world.answers import Answers
from simulator.world.exits import ExitPlan
from simulator.world.knowledge import Knowledge

if TYPE_CHECKING:
    from simulator.world.tape import Tape

Deciders = tuple[tuple[str, Callable[[Request, Knowledge], Decision]], ...]


@define
class Memory:
    """What was found out in the runs of one exploration.

    Attributes:
        draws: Numbers by what they belong to.
        answers: For each request, what controls always answer to it other than allow,
            and the controls whose answer depends on what happened before.
        plans: When access ends, by the labels of those that act on leavers.
        tapes: What each desk would do, with some of those on who only prompt.
        skips_routine: Whether desks go along their tapes.
    """

    seed: int
    skips_routine: bool = True
    draws: dict[tuple[str, tuple[str | int, ...]], float] = Factory(dict)
    answers: dict[Request, tuple[Answers, Deciders]] = Factory(dict)
    plans: dict[frozenset[str], ExitPlan] = Factory(dict)
    tapes: "dict[tuple[str, frozenset[str]], Tape]" = Factory(dict)

    def draw(self, purpose: str, *identity: str | int) -> float:
        """Draw the number that belongs to a purpose and an identity."""
        key = purpose, identity
        drawn = self.draws.get(key)
        if drawn is None:
            drawn = self.draws[key] = uniform(self.seed, purpose, *identity)
        return drawn

    def ask(
        self,
        request: Request,
        deciders: Deciders,
        knowledge: Knowledge,
        may_be_on: Callable[[str], bool],
    ) -> list[tuple[str, Decision]]:
        """Ask every control that may be on; what is known already is not asked."""
        always, others = self.known(request, deciders, knowledge)
        answers = list(always)
        for label, decide in others:
            if not may_be_on(label):
                continue
            answer = decide(request, knowledge)
            if answer is not ALLOW and answer != ALLOW:
                answers.append((label, answer))
        return answers

    def known(
        self, request: Request, deciders: Deciders, knowledge: Knowledge
    ) -> tuple[Answers, Deciders]:
        """Tell what is always answered to a request, and who answers differently."""
        known = self.answers.get(request)
        if known is None:
            known = self.answers[request] = _asked(request, deciders, knowledge)
        return known


def _asked(
    request: Request, deciders: Deciders, knowledge: Knowledge
) -> tuple[Answers, Deciders]:
    """Ask every control; tell apart whose answer is always the same."""
    always: list[tuple[str, Decision]] = []
    others: list[tuple[str, Callable[[Request, Knowledge], Decision]]] = []
    for label, decide in deciders:
        knowledge.looked_back = False
        answer = decide(request, knowledge)
        if knowledge.looked_back:
            others.append((label, decide))
        elif answer is not ALLOW and answer != ALLOW:
            always.append((label, answer))
    return tuple(always), tuple(others)
