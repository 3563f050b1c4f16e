"""Tapes: what a desk would do on a day on which nobody is kept but by usual prompts.

Where many runs of one day differ only in who is on, most honest work is the same in all
of them. It is worked out once, for each set of controls that prompt for everyday acts,
and `simulator.world.routine` goes along it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from heapq import heappush
from operator import itemgetter
from typing import TYPE_CHECKING

from attrs import frozen

from simulator.clock import Span
from simulator.decisions import Decision, Request, strictest
from simulator.trail import Executed, Passed, Requested
from simulator.world.actions import executed, fails_at, requested
from simulator.world.signals import comes_after

if TYPE_CHECKING:
    from simulator.world.desk import Act, DeskWork
    from simulator.world.world import Deed, World

OFTEN = 5
"""A control that prompts for so many acts of a day has a tape of its own."""


@frozen
class State:
    """Where a desk stands: who is free when, and which tickets are given out."""

    shifts: tuple[Span, ...]
    free: tuple[tuple[int, int], ...]
    due: "tuple[Act, ...]"
    done: int
    waited_s: int
    worked_s: int

    @classmethod
    def of(cls, work: "DeskWork") -> "State":
        """Note where a desk stands."""
        return cls(
            tuple(work.shifts),
            tuple(work.free),
            tuple(work.due),
            work.done,
            work.waited_s,
            work.worked_s,
        )

    def put_into(self, work: "DeskWork", *, waited_s: int, worked_s: int) -> None:
        """Let a desk stand there; its sums are off by what came of acts before."""
        work.shifts, work.free = list(self.shifts), list(self.free)
        work.due, work.done = list(self.due), self.done
        work.waited_s = self.waited_s + waited_s
        work.worked_s = self.worked_s + worked_s

    def is_alike(self, work: "DeskWork") -> bool:
        """Whether a desk stands there, whatever its sums."""
        return (
            work.done == self.done
            and sorted(work.free) == sorted(self.free)
            and sorted(work.due) == sorted(self.due)
            and tuple(work.shifts) == self.shifts
        )


@frozen(eq=False)
class Taped:
    """An act on the tape.

    Attributes:
        act: Who asks for what, when.
        before: Where the desk stands when it comes to it.
        request: What is asked for.
        is_plain: Nothing about it is unusual: no slip, no borrowed login, no change of
            the rules; nothing is asked for but prompts, all of which are passed; and it
            takes effect.
        is_leaver: It is done by somebody who leaves, whose access may end.
        kept_s: How long prompts keep the person.
        effect_at: When it takes effect.
        speakers: Controls and alerts that have something more to say about it, or may
            have, depending on what happened before.
        records: What is written down if they do not speak.
    """

    act: "Act"
    before: State
    request: Request
    is_plain: bool
    is_leaver: bool
    kept_s: int
    effect_at: int
    speakers: frozenset[str]
    records: tuple[Requested | Passed | Executed, ...]

    @property
    def released_at(self) -> int:
        """When it is carried out on the person's authority."""
        return self.act.at + self.kept_s

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of prompts that are passed."""
        asked = self.records[0]
        return asked.decision.kinds if isinstance(asked, Requested) else ()


@frozen(eq=False, slots=False)
class Tape:
    """The acts of one desk in order, and where it stands at the end.

    Attributes:
        acts: The last lies at the horizon or beyond, if one does: it never comes.
        on: Those of the prompters that it was worked out with.
        prompters: Controls that do nothing to everyday acts but prompt, and often.
    """

    acts: tuple[Taped, ...]
    end: State
    on: frozenset[str]
    prompters: frozenset[str]

    @classmethod
    def of(cls, work: "DeskWork", on: frozenset[str]) -> "Tape":
        """Work out what a desk would do from its opening, with some prompters on."""
        acts: list[Taped] = []
        answered: list[tuple[str, Decision]] = []
        for act in work.acts():
            known = _known(work, act)
            answered += known
            acts.append(_taped(work, act, known, on))
            if act.at >= work.world.stage.horizon:
                break
            heappush(work.free, (act.at + acts[-1].kept_s, act.seat))
        return cls(tuple(acts), State.of(work), on, _prompters(answered))

    @cached_property
    def instants(self) -> tuple[int, ...]:
        """When each act is done."""
        return tuple(taped.act.at for taped in self.acts)

    @cached_property
    def moments(self) -> frozenset[int]:
        """The instants at which anything happens."""
        acts = self.acts
        return frozenset(
            at for t in acts for at in (t.act.at, t.released_at, t.effect_at)
        )

    @cached_property
    def places(self) -> "Mapping[Act, int]":
        """Where each act is on the tape."""
        return {taped.act: place for place, taped in enumerate(self.acts)}


def _known(work: "DeskWork", act: "Act") -> tuple[tuple[str, Decision], ...]:
    """Return what is always answered to an act, by label."""
    world, request = work.world, work.deed(act).request
    assert world.memory is not None
    always, _ = world.memory.known(request, world.deciders, world.knowledge)
    return tuple(sorted(always, key=itemgetter(0)))


def _prompters(answered: list[tuple[str, Decision]]) -> frozenset[str]:
    """Name those who prompt often and never answer otherwise."""
    times = Counter(label for label, _ in answered)
    others = {label for label, answer in answered if not _only_prompts(answer)}
    often = {label for label, count in times.items() if count >= OFTEN}
    return frozenset(often - others)


def _only_prompts(answer: Decision) -> bool:
    asks_more = answer.deny or answer.approvals or answer.hold_s or answer.throttle_s
    return not asks_more


def _taped(
    work: "DeskWork",
    act: "Act",
    known: tuple[tuple[str, Decision], ...],
    on: frozenset[str],
) -> Taped:
    """Find out what comes of an act, and who has more to say about it."""
    world, deed = work.world, work.deed(act)
    request = deed.request
    decision = strictest(answer for label, answer in known if label in on)
    kept_s = sum(challenge.seconds for challenge in decision.challenges)
    delay = world.stage.actions[request.action].effect_delay
    luck = world.luck("effect-delay", request.id)
    effect_at = act.at + kept_s + delay.draw(luck)
    asked = requested(request, decision, known)
    done = executed(world, request, effect_at, act.at + kept_s)
    assert world.memory is not None
    _, others = world.memory.known(request, world.deciders, world.knowledge)
    return Taped(
        act,
        State.of(work),
        request,
        is_plain=(
            effect_at < world.stage.horizon
            and _is_plain(world, deed)
            and not any(fails_at(world, deed, c) for c in decision.challenges)
        ),
        is_leaver=_is_leaver(world, request),
        kept_s=kept_s,
        effect_at=effect_at,
        speakers=frozenset(
            (
                *(label for label, _ in known if label not in on),
                *(label for label, _ in others),
                *_watchers(world, asked),
                *_watchers(world, done),
            )
        ),
        records=(asked, *_passed(act, deed, decision), done),
    )


def _passed(act: "Act", deed: "Deed", decision: Decision) -> Iterator[Passed]:
    """Make the records of the prompts that are passed, one after the other."""
    at, request = act.at, deed.request
    for challenge in decision.challenges:
        at += challenge.seconds
        yield Passed(at, request.id, "challenge", request.staff, challenge.seconds)


def _is_plain(world: "World", deed: "Deed") -> bool:
    """Whether nothing is unusual about what is asked for, and by whom."""
    request = deed.request
    action = world.stage.actions[request.action]
    return (
        not deed.is_harmful
        and not request.credential
        and action.grants is None
        and not action.switches_off
        and world.stage.entitled(
            world.stage.members[request.staff], request.action, request.tier
        )
    )


def _is_leaver(world: "World", request: Request) -> bool:
    return world.stage.members[request.staff].leaving is not None


def _watchers(world: "World", record: Requested | Executed) -> Iterator[str]:
    """Name the alerts that fire on a record, or may, depending on what was before."""
    for rule in world.rules[record.kind]:
        world.knowledge.looked_back = False
        alert = rule.watch(record, world.knowledge)
        depends = world.knowledge.looked_back
        if depends or (alert and comes_after(world, rule, alert, record) is not None):
            yield rule.label
