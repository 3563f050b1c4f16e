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
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

from attrs import Factory, define
from simpy import Event, Interrupt, Process

from simulator.trail import Alerted, DeskDay, Record, Triaged
from simulator.world.tape import Tape, Taped

if TYPE_CHECKING:
    from simulator.world.desk import Act, DeskWork
    from simulator.world.world import World

Life = Generator[Event, Any, None]


class Ambiguous(Exception):  # noqa: N818
    """Two things fell into one second, and their order cannot be told from the tape."""


def follow(work: "DeskWork") -> Life:
    """Go along a tape where it holds, and play the desk beside it elsewhere."""
    walk = Walk(tape_for(work))
    work.world.walks.append(walk)
    if not walk.tape.acts:
        walk.tape.end.put_into(work, waited_s=0, worked_s=0)
        return
    position: int | None = 0
    while position is not None:
        held = yield from _along(work, walk, position)
        position = None if held else (yield from _beside(work, walk))


def tape_for(work: "DeskWork") -> Tape:
    """Return the tape of a desk under the prompters that are surely on now."""
    memory, choices = work.world.memory, work.world.choices
    assert memory is not None
    plain = _tape(work, frozenset())
    prompters = plain.prompters - work.world.switched_off
    sure = (label for label in prompters if choices.must_be_on(label))
    return _tape(work, frozenset(sure))


def _tape(work: "DeskWork", on: frozenset[str]) -> Tape:
    """Return a tape; it is worked out once a day."""
    memory, name = work.world.memory, (work.desk.id, on)
    assert memory is not None
    if name not in memory.tapes:
        opening = type(work).open(work.world, work.desk, work.tickets)
        memory.tapes[name] = Tape.of(opening, on)
    return memory.tapes[name]


def _along(
    work: "DeskWork", walk: "Walk", position: int
) -> Generator[Event, Any, bool]:
    """Go along the tape from an act on; return whether it held to the end."""
    world, holds = work.world, True
    while True:
        if holds:
            position = walk.skip(world, position)
        until = walk.stand(work, position)
        try:
            walk.desk = world.env.active_process
            yield world.env.timeout(max(0, until - world.now))
        except Interrupt:
            holds = holds and not _owes(work) and not walk.is_outdated(world)
            position = walk.turn_back(world.now)
            continue
        finally:
            walk.desk = None
        if position == len(walk.tape.acts):
            return True
        taped = walk.tape.acts[position]
        walk.played.append(taped.act.at)
        settled = work.do(taped.act)
        if not settled:
            yield world.env.timeout(0)
        holds = holds and not walk.is_outdated(world)
        if not (holds and settled and _is_as_taped(work, taped)):
            return False
        position += 1


def _beside(work: "DeskWork", walk: "Walk") -> Generator[Event, Any, int | None]:
    """Play the desk until it stands where a tape does; return where that is."""
    for act in work.acts():
        position = walk.joins(work, act)
        if position is not None:
            return position
        yield work.world.env.timeout(act.at - work.world.now)
        if not work.do(act):
            yield work.world.env.timeout(0)
    return None


def _owes(work: "DeskWork") -> bool:
    """Whether anybody of the desk has been asked to approve and not made up for it."""
    owed = work.world.owed
    return bool(owed) and any(member.id in owed for member in work.seats)


def _is_as_taped(work: "DeskWork", taped: Taped) -> bool:
    """Whether an act kept its person as on the tape, and leaves nothing to wait for."""
    stays = (taped.released_at, taped.act.seat)
    return stays in work.free and len(work.due) == len(taped.before.due)


def _has_access(world: "World", taped: Taped) -> bool:
    """Whether a leaver has access, and nothing can take it away before the effect."""
    request, at = taped.request, taped.act.at
    is_there = world.access.ended_by(request.staff, request.system, at) is None
    return is_there and taped.effect_at == at


@define
class Walk:
    """How far one run has come along a tape.

    Attributes:
        desk: The process of the desk, while it waits for an act.
        skipped: Acts that were not played, in order.
        noted: How many of them the organisation's systems know of.
        kept: Those among them of whose prompts they do not know yet.
        under_way: Those of whose effect they do not know yet.
        played: When the others were.
        waited_s: How much longer tickets have waited than on the tape.
        worked_s: How much longer people have worked.
    """

    tape: Tape
    desk: Process | None = None
    skipped: list[Taped] = Factory(list)
    noted: int = 0
    kept: list[Taped] = Factory(list)
    under_way: list[Taped] = Factory(list)
    played: list[int] = Factory(list)
    waited_s: int = 0
    worked_s: int = 0

    def stand(self, work: "DeskWork", position: int) -> int:
        """Let the desk stand before an act, or at the end; return when that is over."""
        tape, is_over = self.tape, position == len(self.tape.acts)
        state = tape.end if is_over else tape.acts[position].before
        state.put_into(work, waited_s=self.waited_s, worked_s=self.worked_s)
        return tape.instants[-1] if is_over else tape.instants[position]

    def joins(self, work: "DeskWork", act: "Act") -> int | None:
        """Return where the desk stands on a tape, if it stands on one; go on there."""
        tape = tape_for(work)
        position = tape.places.get(act)
        if position is None or _owes(work):
            return None
        before = tape.acts[position].before
        if not before.is_alike(work):
            return None
        self.tape = tape
        self.waited_s = work.waited_s - before.waited_s
        self.worked_s = work.worked_s - before.worked_s
        return position

    def is_outdated(self, world: "World") -> bool:
        """Whether somebody who prompts on the tape was switched off in the run."""
        return bool(self.tape.on & world.switched_off)

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
        now, knowledge = world.now, world.knowledge
        if any(now in (t.act.at, t.released_at, t.effect_at) for t in self.skipped):
            raise Ambiguous
        until = bisect_right(self.skipped, now, key=lambda taped: taped.act.at)
        fresh, self.noted = self.skipped[self.noted : until], until
        released, self.kept = _parted(self.kept + fresh, lambda t: t.released_at < now)
        done, self.under_way = _parted(
            self.under_way + fresh, lambda t: t.effect_at < now
        )
        for taped in fresh:
            knowledge.note("requested", taped.request, taped.act.at)
        for taped in released:
            request, at = taped.request, taped.released_at
            knowledge.note_passed(request.staff, taped.kinds, at)
        for taped in done:
            knowledge.note("executed", taped.request, taped.effect_at)
        if fresh or released or done:
            knowledge.put_in_order()


def _parted(
    items: list[Taped], chosen: Callable[[Taped], bool]
) -> tuple[list[Taped], list[Taped]]:
    """Part items into those chosen and the others."""
    return [t for t in items if chosen(t)], [t for t in items if not chosen(t)]


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
    alarmed = {record.at for record in world.records if isinstance(record, Alerted)}
    for record in world.records:
        if record.at not in played or isinstance(record, DeskDay):
            continue
        if _is_doubt(record) and record.at not in alarmed:
            continue
        about = record.about if isinstance(record, Alerted) else record.kind
        about = getattr(record, "request", about)
        if played[record.at] > 1 or seen.setdefault(record.at, about) != about:
            raise Ambiguous


def _is_doubt(record: Record) -> bool:
    """Whether an analyst found nothing, so that nothing follows from it."""
    return (
        isinstance(record, Triaged)
        and not record.confirmed
        and record.began < record.at
    )
