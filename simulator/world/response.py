"""The life of the response: alarms wait, are looked at; what is true is mended.

    alarm -> triage -> confirmed -> restore the target -> derived state whole
                                 -> end the person's access
                                 -> attribute, tell the public

True and false alarms wait in one queue, urgent ones first, and are served by whoever of
the triage team is on shift, or by one person called out where nobody is.
"""

from collections.abc import Generator
from heapq import heappop, heappush

from attrs import Factory, define
from simpy import Event

from simulator.scenario.organisation import Response, Statement
from simulator.trail import (
    Attributed,
    Contained,
    Recovered,
    Restored,
    Stated,
    Triaged,
)
from simulator.world.pool import Pool
from simulator.world.stage import Member
from simulator.world.world import Alarm, Deed, World

Life = Generator[Event, None, None]


def _next_start(member: Member, now: int) -> int | None:
    """Return when a person's next shift begins, after now."""
    return next((shift.start for shift in member.roster if shift.start > now), None)


@define
class Responders:
    """Those who answer alarms in one run, and what they have begun."""

    world: World
    manners: Response
    restorers: Pool
    waiting: list[tuple[bool, int, str, Alarm]] = Factory(list)
    busy: set[str] = Factory(set)
    called_out: bool = False
    relief_at: int = -1
    mending: set[str] = Factory(set)
    known: set[str] = Factory(set)
    suspected: set[str] = Factory(set)
    reached: set[tuple[str, str]] = Factory(set)
    told: set[str] = Factory(set)

    def hear(self, alarm: Alarm) -> None:
        """Take an alarm; reports from outside have to find their way first."""
        if alarm.origin == "outside":
            self.world.env.process(self._route(alarm))
        else:
            self._queue(alarm)

    def _route(self, alarm: Alarm) -> Life:
        routing = self.manners.routing
        yield self.world.env.timeout(routing.draw(self.world.luck("routing", alarm.id)))
        self._queue(alarm)

    def _queue(self, alarm: Alarm) -> None:
        heappush(self.waiting, (not alarm.urgent, alarm.at, alarm.id, alarm))
        self._dispatch()

    def _dispatch(self) -> None:
        """Give waiting alarms to free analysts; call somebody out if there are none."""
        world, now = self.world, self.world.now
        team = world.stage.teams[self.manners.triage_team]
        on_shift = [m for m in team if m.shift_at(now) is not None]
        for analyst in on_shift:
            if analyst.id not in self.busy:
                self.busy.add(analyst.id)
                world.env.process(self._work(analyst))
        if not self.waiting:
            return
        relief = min((s for m in team if (s := _next_start(m, now))), default=None)
        if relief is not None and relief != self.relief_at:
            self.relief_at = relief
            world.env.process(self._relieve(relief - now))
        on_call = [m for m in team if m.leaving is None or now < m.leaving.separation]
        if on_call and not (on_shift or self.busy or self.called_out):
            self.called_out = True
            world.env.process(self._call_out(on_call[0]))

    def _relieve(self, seconds: int) -> Life:
        """Let whoever comes on shift next look at what waits."""
        yield self.world.env.timeout(seconds)
        self._dispatch()

    def _call_out(self, analyst: Member) -> Life:
        """Get somebody to answer who is not on shift, if nobody has come meanwhile."""
        world = self.world
        for_alarm = self.waiting[0][-1].id
        yield world.env.timeout(
            self.manners.call_out.draw(world.luck("call-out", for_alarm))
        )
        if self.waiting and not self.busy:
            self.busy.add(analyst.id)
            yield from self._work(analyst, is_called_out=True)
        self.called_out = False
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
                self._act_on(alarm)
        self.busy.discard(analyst.id)
        if self.waiting and not is_called_out:
            self._dispatch()

    def _confirms(self, alarm: Alarm) -> bool:
        """Let the analyst judge; the chance depends on whether the alarm is true."""
        chance = (
            self.manners.confirms
            if alarm.about in self.world.deeds
            else self.manners.believes_false
        )
        return self.world.luck("judgement", alarm.id) < chance

    def _act_on(self, alarm: Alarm) -> None:
        world = self.world
        deed = world.deeds.get(alarm.about)
        if deed is None:
            if alarm.staff is not None:
                world.env.process(self._suspect_wrongly(alarm, alarm.staff))
            return
        for target in self._taken_down_by(deed.request.staff):
            self._mend(target)
        if deed.purpose != "misuse":
            return
        self._reach("confirmed", deed)
        if alarm.staff is not None:
            self._suspect(deed.request.staff, alarm)
        if deed.request.id not in self.known:
            self.known.add(deed.request.id)
            world.env.process(self._investigate(alarm, deed))

    def _suspect(self, staff: str, alarm: Alarm) -> None:
        """Set about ending a person's access, once."""
        if staff not in self.suspected:
            self.suspected.add(staff)
            self.world.env.process(self._contain(staff, alarm))

    def _taken_down_by(self, staff: str) -> list[str]:
        """List what a person's harmful deeds hold out of service."""
        world = self.world
        return [
            target
            for target, request in world.knowledge.out.items()
            if request in world.deeds and world.deeds[request].request.staff == staff
        ]

    def _investigate(self, alarm: Alarm, deed: Deed) -> Life:
        """Find out whose access was used, and end it if no alarm has named it yet."""
        world, request = self.world, deed.request
        yield world.env.timeout(
            self.manners.attribute.draw(world.luck("attribution", request.id))
        )
        world.write(Attributed(world.now, request.id))
        self._reach("attributed", deed)
        self._suspect(request.staff, alarm)

    def _contain(self, staff: str, alarm: Alarm) -> Life:
        """End a person's access, stop what is under way, mend what they broke."""
        world = self.world
        delay = self.manners.contain.draw(world.luck("containment", staff, alarm.id))
        yield world.env.timeout(delay)
        yield from self._block(staff, alarm, until=world.stage.horizon)
        for target in self._taken_down_by(staff):
            self._mend(target)

    def _suspect_wrongly(self, alarm: Alarm, staff: str) -> Life:
        """End an honest person's access until the records show it was honest work."""
        world = self.world
        luck = world.luck("containment", staff, alarm.id)
        yield world.env.timeout(self.manners.contain.draw(luck))
        cleared = self.manners.attribute.draw(world.luck("attribution", alarm.about))
        yield from self._block(staff, alarm, until=world.now + cleared)

    def _block(self, staff: str, alarm: Alarm, *, until: int) -> Life:
        """End access from the next second on, and stop what is under way.

        What falls into this very second still passes, whichever comes first.
        """
        world = self.world
        if world.now >= until:
            return
        world.access.block(staff, world.now + 1, until)
        world.write(Contained(world.now, staff, alarm.id, until))
        yield world.env.timeout(0)
        for pending in list(world.pending.values()):
            if pending.deed.request.staff == staff and pending.process is not None:
                pending.process.interrupt()

    def _mend(self, target: str) -> None:
        request = self.world.knowledge.out.get(target)
        has_people = bool(self.restorers.members)
        if request is not None and request not in self.mending and has_people:
            self.mending.add(request)
            self.world.env.process(self._restore(target, request))

    def _restore(self, target: str, request: str) -> Life:
        """Bring a target back, then its derived state."""
        world = self.world
        by, end = self._restorer(request)
        yield world.env.timeout(end - world.now)
        del world.knowledge.out[target]
        world.write(Restored(world.now, target, request, by))
        deed = world.deeds[request]
        if deed.purpose != "misuse":
            return
        self._reach("restored", deed)
        tail = self.manners.derived_state.draw(world.luck("derived-state", target))
        yield world.env.timeout(tail)
        world.write(Recovered(world.now, target))

    def _restorer(self, request: str) -> tuple[str, int]:
        """Find who restores and when it is done: on shift, or called out if sooner."""
        world, manners = self.world, self.manners
        kept = world.now < world.undo_until[request]
        how_long = manners.restore if kept else manners.rebuild
        takes = how_long.draw(world.luck("restoration", request))
        called = manners.call_out.draw(world.luck("restorer-called", request))
        booking = self.restorers.book(
            world.now,
            takes_s=takes,
            until=world.now + called + takes,
            but=self._kept_from(request),
        )
        if booking is not None:
            return booking.member.id, booking.end
        return f"{manners.restore_role}-called-out", world.now + called + takes

    def _kept_from(self, request: str) -> set[str]:
        """Name who cannot restore: whose access did it, and who has none now."""
        world, deed = self.world, self.world.deeds[request]
        system = deed.request.system
        barred = {
            member.id
            for member in self.restorers.members
            if world.access.ended_by(member.id, system, world.now) is not None
        }
        return {deed.request.staff, *barred}

    def _reach(self, milestone: str, deed: Deed) -> None:
        """Start the public statements that waited for this, once there is harm.

        What was reached before the effect is made up for when more is confirmed.
        """
        request = deed.request.id
        self.reached.add((milestone, request))
        if request not in self.world.effects:
            return
        for statement in self.manners.statements:
            is_due = (statement.after, request) in self.reached
            if is_due and statement.id not in self.told:
                self.told.add(statement.id)
                self.world.env.process(self._state(statement))

    def _state(self, statement: Statement) -> Life:
        world = self.world
        yield world.env.timeout(
            statement.delay.draw(world.luck("statement", statement.id))
        )
        world.write(Stated(world.now, statement.id))
