"""What is done about an alarm that was confirmed: end access, mend, attribute, tell.

    confirmed -> restore what is out -> derived state whole
              -> end the person's access
              -> attribute, tell the public

A confirmed finding, that somebody's access should be gone, ends that access and no
more.
"""

from collections.abc import Callable

from attrs import Factory, define

from simulator.scenario.organisation import Response, Statement
from simulator.trail import Attributed, Contained, Stated
from simulator.world.pool import Pool
from simulator.world.restoration import Restoration
from simulator.world.triage import Life, Triage
from simulator.world.world import Alarm, Deed, World


@define
class Responders:
    """Those who answer alarms in one run, and what they have begun.

    Attributes:
        known: Logins whose misuse is being, or was, looked into.
        blamed: Whose access was used for them.
        suspected: Whose access is being, or was, ended for good.
        reached: Milestones of each request; ``told`` are statements under way or out.
    """

    world: World
    manners: Response
    restorers: Pool
    triage: Triage = Factory(
        lambda self: Triage(self.world, self.manners, self._act_on), True
    )
    restoration: Restoration = Factory(
        lambda self: Restoration(
            self.world,
            self.manners,
            self.restorers,
            lambda deed: self._reach("restored", deed),
        ),
        True,
    )
    known: set[str] = Factory(set)
    blamed: set[str] = Factory(set)
    suspected: set[str] = Factory(set)
    reached: set[tuple[str, str]] = Factory(set)
    told: set[str] = Factory(set)

    @property
    def hear(self) -> Callable[[Alarm], None]:
        """What takes an alarm."""
        return self.triage.hear

    def _act_on(self, alarm: Alarm) -> None:
        """Begin what follows from an alarm that an analyst took for true."""
        world = self.world
        world.knowledge.note_confirmed(alarm.staff, world.now)
        deed = world.deeds.get(alarm.about)
        if deed is not None:
            self._answer(alarm, deed)
        elif alarm.staff is not None and alarm.finding:
            self._suspect(alarm.staff, alarm)
        elif alarm.staff is not None:
            world.env.process(self._suspect_wrongly(alarm, alarm.staff))

    def _answer(self, alarm: Alarm, deed: Deed) -> None:
        """Mend what a person broke; of misuse, find out who it was, and end it."""
        request = deed.request
        self.restoration.mend(request.staff)
        if deed.purpose != "misuse":
            return
        self._reach("confirmed", deed)
        self.blamed.add(request.staff)
        if alarm.staff is not None:
            self._suspect(request.staff, alarm)
        if request.staff not in self.known:
            self.known.add(request.staff)
            self.world.env.process(self._investigate(alarm, deed))

    def _suspect(self, staff: str, alarm: Alarm) -> None:
        """Set about ending a person's access, once."""
        if staff not in self.suspected:
            self.suspected.add(staff)
            self.world.env.process(self._contain(staff, alarm))

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
        if staff in self.blamed:
            self.restoration.mend(staff)

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
        world.disturb()
        world.write(Contained(world.now, staff, alarm.id, until))
        yield world.env.timeout(0)
        # What was planted runs without anybody: only who looks for it pulls it back.
        looked_for = alarm.about in world.deeds
        for pending in list(world.pending.values()):
            request = pending.deed.request
            is_planted = request.id in world.planted and not looked_for
            if (
                request.staff == staff
                and pending.process is not None
                and not is_planted
            ):
                pending.process.interrupt()

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
