"""Routine: honest acts about which nobody has anything to say, and which need no event.

Where many runs of one day differ only in who is on, most honest work is the same in all
of them: no control answers, no alert fires, and nobody is kept. What a desk would do
were all its acts like that is worked out once, as a tape. A run then goes along the
tape from one act that somebody may speak about to the next, and what lies between is
written down without being played. The tape is left where an act keeps somebody, is
refused, or a person of a desk is asked to approve; from there on the desk is played.

An act on the tape and something else in the same second might come in another order
than in a plain run. That is noticed, and told by `Ambiguous`: then the run has to be
played without the tape.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from functools import cached_property
from heapq import heappush
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from attrs import Factory, define, frozen
from simpy import Event, Interrupt, Process

from simulator.clock import Span
from simulator.decisions import ALLOW, Request
from simulator.trail import DeskDay, Executed, Requested
from simulator.world.actions import executed, is_entitled, requested
from simulator.world.knowledge import Kind
from simulator.world.signals import comes_after

if TYPE_CHECKING:
    from simulator.world.desk import Act, DeskWork
    from simulator.world.world import Deed, World


class Ambiguous(Exception):  # noqa: N818
    """Two things fell into one second, and their order cannot be told from the tape."""


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

    def put_into(self, work: "DeskWork", walk: "Walk") -> None:
        """Let a desk stand there; sums are off by what came of acts before."""
        work.shifts, work.free = list(self.shifts), list(self.free)
        work.due, work.done = list(self.due), self.done
        work.waited_s = self.waited_s + walk.waited_s
        work.worked_s = self.worked_s + walk.worked_s


@frozen(eq=False)
class Taped:
    """An act on the tape.

    Attributes:
        act: Who asks for what, when.
        before: Where the desk stands when it comes to it.
        request: What is asked for.
        is_plain: Nothing about it is unusual: no slip, no borrowed login, no change of
            the rules; and it takes effect.
        is_leaver: It is done by somebody who leaves, whose access may end.
        effect_at: When it takes effect.
        speakers: Controls and alerts that have something to say about it, or may have,
            depending on what happened before.
        records: What is written down if nobody speaks.
    """

    act: "Act"
    before: State
    request: Request
    is_plain: bool
    is_leaver: bool
    effect_at: int
    speakers: frozenset[str]
    records: tuple[Requested | Executed, ...]


@frozen(eq=False, slots=False)
class Tape:
    """The acts of one desk in order, and where it stands at the end."""

    acts: tuple[Taped, ...]
    end: State

    @classmethod
    def of(cls, work: "DeskWork") -> "Tape":
        """Work out what a desk would do were nobody ever kept by an act.

        The last act lies at the horizon or beyond, where there is one: it never comes.
        """
        start, acts = State.of(work), list[Taped]()
        for act in work.acts():
            acts.append(_taped(work, act))
            if act.at >= work.world.stage.horizon:
                break
            heappush(work.free, (act.at, act.seat))
        tape = cls(tuple(acts), State.of(work))
        start.put_into(work, Walk(tape))
        return tape

    @cached_property
    def instants(self) -> tuple[int, ...]:
        """When each act is done."""
        return tuple(taped.act.at for taped in self.acts)

    @cached_property
    def places(self) -> "Mapping[Act, int]":
        """Where each act is on the tape."""
        return {taped.act: place for place, taped in enumerate(self.acts)}

    def follow(self, work: "DeskWork") -> Generator[Event, Any, None]:
        """Go along the tape where it holds, and play the desk beside it elsewhere."""
        walk = Walk(self)
        work.world.walks.append(walk)
        if not self.acts:
            self.end.put_into(work, walk)
            return
        position: int | None = 0
        while position is not None:
            held = yield from self._along(work, walk, position)
            if held:
                return
            position = yield from self._beside(work, walk)

    def _along(
        self, work: "DeskWork", walk: "Walk", position: int
    ) -> Generator[Event, Any, bool]:
        """Go along the tape from an act on; return whether it held to the end."""
        world, holds = work.world, True
        while True:
            if holds:
                position = walk.skip(world, position)
            is_over = position == len(self.acts)
            stand = self.end if is_over else self.acts[position].before
            stand.put_into(work, walk)
            until = self.instants[-1] if is_over else self.instants[position]
            try:
                walk.desk = world.env.active_process
                yield world.env.timeout(max(0, until - world.now))
            except Interrupt:
                holds = holds and not _owes(work)
                position = walk.turn_back(world.now)
                continue
            finally:
                walk.desk = None
            if is_over:
                return True
            taped = self.acts[position]
            walk.played.append(taped.act.at)
            settled = work.do(taped.act)
            if not settled:
                yield world.env.timeout(0)
            if not (holds and settled and _is_as_taped(work, taped)):
                return False
            position += 1

    def _beside(
        self, work: "DeskWork", walk: "Walk"
    ) -> Generator[Event, Any, int | None]:
        """Play the desk until it stands where the tape does; return where that is."""
        for act in work.acts():
            position = self.places.get(act)
            if position is not None and self._stands_alike(work, position):
                before = self.acts[position].before
                walk.waited_s = work.waited_s - before.waited_s
                walk.worked_s = work.worked_s - before.worked_s
                return position
            yield work.world.env.timeout(act.at - work.world.now)
            if not work.do(act):
                yield work.world.env.timeout(0)
        return None

    def _stands_alike(self, work: "DeskWork", position: int) -> bool:
        """Whether the rest of the day would be that of the tape."""
        before = self.acts[position].before
        return (
            work.done == before.done
            and sorted(work.free) == sorted(before.free)
            and sorted(work.due) == sorted(before.due)
            and tuple(work.shifts) == before.shifts
            and not _owes(work)
        )


def _owes(work: "DeskWork") -> bool:
    """Whether anybody of the desk has been asked to approve and not made up for it."""
    owed = work.world.owed
    return bool(owed) and any(member.id in owed for member in work.seats)


def _taped(work: "DeskWork", act: "Act") -> Taped:
    """Find out who has something to say about an act."""
    world, deed = work.world, work.deed(act)
    request = deed.request
    assert world.memory is not None
    always, others = world.memory.known(request, world.deciders, world.knowledge)
    delay = world.stage.actions[request.action].effect_delay
    effect_at = act.at + delay.draw(world.luck("effect-delay", request.id))
    records = (
        requested(request, ALLOW, tuple(sorted(always, key=itemgetter(0)))),
        executed(world, request, effect_at, act.at),
    )
    return Taped(
        act,
        State.of(work),
        request,
        is_plain=effect_at < world.stage.horizon and _is_plain(world, deed),
        is_leaver=_is_leaver(world, request),
        effect_at=effect_at,
        speakers=frozenset(
            (
                *(label for label, _ in always),
                *(label for label, _ in others),
                *(label for record in records for label in _watchers(world, record)),
            )
        ),
        records=records,
    )


def _is_plain(world: "World", deed: "Deed") -> bool:
    """Whether nothing is unusual about what is asked for, and by whom."""
    request = deed.request
    action = world.stage.actions[request.action]
    return (
        not deed.is_harmful
        and not request.credential
        and action.grants is None
        and not action.switches_off
        and is_entitled(world, request)
    )


def _is_leaver(world: "World", request: Request) -> bool:
    return world.stage.members[request.staff].leaving is not None


def _has_access(world: "World", taped: Taped) -> bool:
    """Whether a leaver has access, and nothing can take it away before the effect."""
    request, at = taped.request, taped.act.at
    is_there = world.access.ended_by(request.staff, request.system, at) is None
    return is_there and taped.effect_at == at


def _watchers(world: "World", record: Requested | Executed) -> Iterator[str]:
    """Name the alerts that fire on a record, or may, depending on what was before."""
    for rule in world.rules[record.kind]:
        world.knowledge.looked_back = False
        alert = rule.watch(record, world.knowledge)
        depends = world.knowledge.looked_back
        if depends or (alert and comes_after(world, rule, alert, record) is not None):
            yield rule.label


def _is_as_taped(work: "DeskWork", taped: Taped) -> bool:
    """Whether what came of an act kept nobody and left nothing to be waited for."""
    stays = (taped.act.at, taped.act.seat)
    return stays in work.free and len(work.due) == len(taped.before.due)


@define
class Walk:
    """How far one run has come along a tape.

    Attributes:
        desk: The process of the desk, while it waits for an act.
        skipped: Acts that were not played, in order.
        noted: How many of them the organisation's systems know of.
        under_way: Those among them whose effect they do not know of yet.
        played: When the others were.
        waited_s: How much longer tickets have waited than on the tape.
        worked_s: How much longer people have worked.
    """

    tape: Tape
    desk: Process | None = None
    skipped: list[Taped] = Factory(list)
    noted: int = 0
    under_way: list[Taped] = Factory(list)
    played: list[int] = Factory(list)
    waited_s: int = 0
    worked_s: int = 0

    def skip(self, world: "World", position: int) -> int:
        """Skip acts about which nobody speaks; return where the next one is."""
        acts, may_be_on = self.tape.acts, world.choices.may_be_on
        blocked = world.access.blocked
        while position < len(acts):
            taped = acts[position]
            if (
                not taped.is_plain
                or taped.request.staff in blocked
                or any(map(may_be_on, taped.speakers))
                or (taped.is_leaver and not _has_access(world, taped))
            ):
                break
            self.skipped.append(taped)
            position += 1
        return position

    def turn_back(self, now: int) -> int:
        """Take back what was skipped beyond an instant; return where the tape is.

        Raises:
            Ambiguous: There is an act at that very instant.
        """
        position = bisect_right(self.tape.instants, now)
        if position and self.tape.instants[position - 1] == now:
            raise Ambiguous
        while self.skipped and self.skipped[-1].act.at > now:
            self.skipped.pop()
        return position

    def holds(self, world: "World") -> None:
        """Check that nobody was interrupted whose act takes effect later.

        Raises:
            Ambiguous: Somebody was.
        """
        blocked = world.access.blocked
        for taped in self.skipped:
            for start, end in blocked.get(taped.request.staff, ()):
                if taped.act.at < start <= end and start <= taped.effect_at + 1:
                    raise Ambiguous

    def note(self, world: "World") -> None:
        """Let the organisation's systems know of what was skipped up to now.

        Raises:
            Ambiguous: Something was skipped at this very instant.
        """
        late = list(self._late(world.now))
        if late:
            world.knowledge.note_late(late)

    def _late(self, now: int) -> Iterator[tuple[Kind, Request, int]]:
        """Yield what happened before an instant and was not noted yet."""
        until = bisect_right(self.skipped, now, key=lambda taped: taped.act.at)
        for taped in self.skipped[self.noted : until]:
            self.under_way.append(taped)
            yield "requested", taped.request, taped.act.at
        self.noted = until
        done = [taped for taped in self.under_way if taped.effect_at <= now]
        self.under_way = [t for t in self.under_way if t.effect_at > now]
        for taped in done:
            yield "executed", taped.request, taped.effect_at
        if any(now in (taped.act.at, taped.effect_at) for taped in self.skipped):
            raise Ambiguous


def write_down(world: "World") -> None:
    """Write down what was skipped.

    Raises:
        Ambiguous: An act on a tape fell into the same second as something else.
    """
    played = Counter(at for walk in world.walks for at in walk.played)
    if played:
        _refuse_coincidence(world, played)
    for walk in world.walks:
        walk.holds(world)
        for taped in walk.skipped:
            world.records += taped.records


def _refuse_coincidence(world: "World", played: Counter[int]) -> None:
    """Raise `Ambiguous` where anything but the act itself happened at its instant."""
    seen: dict[int, str] = {}
    for record in world.records:
        if record.at in played and not isinstance(record, DeskDay):
            about = getattr(record, "request", record.kind)
            if played[record.at] > 1 or seen.setdefault(record.at, about) != about:
                raise Ambiguous
