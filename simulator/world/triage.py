"""The queues in which alarms wait, one for each team, and who takes them when.

    alarm -> its team's queue -> an analyst takes it -> confirmed, or taken for noise

True and false alarms wait in one queue, urgent ones first, and are served by whoever of
the team is on shift. Where nobody of the organisation's triage team is, one person of
it is called out; of other teams nobody is, so that an alarm may wait to the horizon. A
person belongs to one team, and so works one alarm at a time.
"""

from bisect import bisect_right
from collections.abc import Callable, Generator, Iterator
from heapq import heappop, heappush
from itertools import islice

from attrs import Factory, define
from simpy import Event

from simulator.scenario.organisation import Night, Response
from simulator.streams import Distribution
from simulator.trail import Triaged
from simulator.world.stage import Member, Stage
from simulator.world.world import Alarm, World

Life = Generator[Event, None, None]


def call_out(world: World, manners: Response) -> Distribution:
    """Return how long it takes, at this hour, to get somebody who is not on shift."""
    night = manners.night
    if night is not None and _is_night(world.stage, night, world.now):
        return night.call_out
    return manners.call_out


def _is_night(stage: Stage, night: Night, at: int) -> bool:
    """Whether people are asleep: they get up before they go to sleep again."""
    up, asleep = (
        stage.wall.next_time_of_day(at + 1, time, stage.zone)
        for time in (night.ends, night.starts)
    )
    return up < asleep


def can_be_called(member: Member, at: int) -> bool:
    """Say whether somebody has not left by an instant."""
    return member.leaving is None or at < member.leaving.separation


@define
class Triage:
    """The queues of all teams in one run; ``answer`` takes what was confirmed."""

    world: World
    manners: Response
    answer: Callable[[Alarm], None]
    queues: dict[str, "Queue"] = Factory(dict)

    def hear(self, alarm: Alarm) -> None:
        """Take an alarm; reports from outside have to find their way first."""
        if alarm.origin == "outside":
            self.world.env.process(self._route(alarm))
        else:
            self._queue(alarm).put(alarm)

    def _route(self, alarm: Alarm) -> Life:
        routing = self.manners.routing
        yield self.world.env.timeout(routing.draw(self.world.luck("routing", alarm.id)))
        self._queue(alarm).put(alarm)

    def _queue(self, alarm: Alarm) -> "Queue":
        team = alarm.team or self.manners.triage_team
        if team not in self.queues:
            self.queues[team] = Queue(
                self.world,
                self.manners,
                self.world.stage.teams[team],
                self.answer,
                is_on_call=team == self.manners.triage_team,
            )
        return self.queues[team]


@define
class Queue:
    """The alarms that wait for one team, and those of it who are at work."""

    world: World
    manners: Response
    team: tuple[Member, ...]
    answer: Callable[[Alarm], None]
    is_on_call: bool
    waiting: list[tuple[bool, int, str, Alarm]] = Factory(list)
    busy: set[str] = Factory(set)
    is_calling: bool = False
    relief_at: int = -1
    rosters: dict[int, Member] = Factory(
        lambda self: {id(m.roster): m for m in self.team}, takes_self=True
    )
    """One person for each roster: most of a team share theirs."""

    def put(self, alarm: Alarm) -> None:
        """Let an alarm wait, and somebody look at it if there is anybody."""
        heappush(self.waiting, (not alarm.urgent, alarm.at, alarm.id, alarm))
        self._dispatch()

    def _dispatch(self) -> None:
        """Give waiting alarms to free analysts; see to it that somebody comes."""
        if not self.waiting:
            return
        world, now = self.world, self.world.now
        on_shift = {key for key, m in self.rosters.items() if m.shift_at(now)}
        free = (
            m
            for m in (self.team if on_shift else ())
            if m.id not in self.busy and id(m.roster) in on_shift
        )
        for analyst in islice(free, len(self.waiting)):
            self.busy.add(analyst.id)
            world.env.process(self._work(analyst))
        relief = min(self._starts_after(now), default=None)
        if relief is not None and relief != self.relief_at:
            self.relief_at = relief
            world.env.process(self._relieve(relief - now))
        if self.is_on_call and not (on_shift or self.busy or self.is_calling):
            self._call_out()

    def _starts_after(self, now: int) -> Iterator[int]:
        """Find when the next shift of each roster begins."""
        for member in self.rosters.values():
            position = bisect_right(member.roster, now, key=lambda shift: shift.start)
            if position < len(member.roster):
                yield member.roster[position].start

    def _relieve(self, seconds: int) -> Life:
        """Let whoever comes on shift next look at what waits."""
        yield self.world.env.timeout(seconds)
        self._dispatch()

    def _call_out(self) -> None:
        """Call out the first of the team who has not left it."""
        now = self.world.now
        analyst = next((m for m in self.team if can_be_called(m, now)), None)
        if analyst is not None:
            self.is_calling = True
            self.world.env.process(self._come_out(analyst))

    def _come_out(self, analyst: Member) -> Life:
        """Answer off shift, if nobody else has come meanwhile."""
        world, for_alarm = self.world, self.waiting[0][-1].id
        takes = call_out(world, self.manners).draw(world.luck("call-out", for_alarm))
        yield world.env.timeout(takes)
        if self.waiting and not self.busy:
            self.busy.add(analyst.id)
            yield from self._work(analyst, is_called_out=True)
        self.is_calling = False
        self._dispatch()

    def _work(self, analyst: Member, *, is_called_out: bool = False) -> Life:
        """Triage one alarm after the other, up to the end of the shift.

        Who was called out stays until nothing waits.
        """
        world = self.world
        while self.waiting and (is_called_out or analyst.shift_at(world.now)):
            *_, alarm = heappop(self.waiting)
            began = world.now
            takes = self.manners.triage.draw(world.luck("triage", alarm.id))
            yield world.env.timeout(takes)
            world.analyst_s += takes
            confirmed = self._confirms(alarm)
            world.write(Triaged(world.now, alarm.id, analyst.id, began, confirmed))
            if confirmed:
                self.answer(alarm)
        self.busy.discard(analyst.id)
        if not is_called_out:
            self._dispatch()

    def _confirms(self, alarm: Alarm) -> bool:
        """Let the analyst judge; the chance depends on whether the alarm is true."""
        is_true = alarm.finding or alarm.about in self.world.deeds
        manners = self.manners
        chance = manners.confirms if is_true else manners.believes_false
        return self.world.luck("judgement", alarm.id) < chance
