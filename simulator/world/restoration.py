"""Bringing targets back: what one person broke comes back as one job.

    job      = outages + one way back + as many key holders as it takes, together
    way back = undo what is kept reversible, restore a copy, or rebuild

Where the outages of one person have different ways back, each way is a job. What is not
begun yet is kept by person, so that however many alarms there are, each outage is
looked at once.
"""

from collections.abc import Callable, Iterator
from operator import itemgetter, or_

from attrs import Factory, define, evolve, frozen

from simulator.decisions import Request, Runbook
from simulator.scenario.organisation import Backup, Response
from simulator.streams import Distribution
from simulator.trail import Eased, Recovered, Restored
from simulator.world.pool import Booking, Pool
from simulator.world.stage import Member
from simulator.world.triage import Life, call_out, can_be_called
from simulator.world.world import Deed, World


@frozen
class Outage:
    """A target that a harmful deed holds out of service, or has altered.

    ``lost_s`` is how much older than the effect the copy is that it comes back from.
    """

    target: str
    deed: Deed
    lost_s: int = 0


@frozen(eq=False)
class Way:
    """A way back: the time it takes, and the runbooks there are for it, by label.

    Times are drawn from the same luck, and the shortest counts: a runbook makes nobody
    slower.
    """

    takes: Distribution
    runbooks: tuple[tuple[str, Runbook], ...] = ()


@define
class Restoration:
    """What is broken in one run, and those who bring it back.

    Attributes:
        restorers: The people of the role that restores.
        restored: Is told of each deed of the misuse whose target is back.
        undo: The way back of what is kept reversible.
        rebuild: The way back of what is not.
        from_backups: A better one, where there is a copy.
    """

    world: World
    manners: Response
    restorers: Pool
    restored: Callable[[Deed], None]
    undo: Way = Factory(
        lambda self: Way(self.manners.restore, self.world.runbooks), True
    )
    rebuild: Way = Factory(lambda self: Way(self.manners.rebuild), True)
    from_backups: tuple[tuple[Backup, Way], ...] = Factory(
        lambda self: tuple(
            (backup, Way(backup.restore))
            for backup in self.world.scenario.organisation.backups
        ),
        True,
    )
    _unmended: dict[str, list[Outage]] = Factory(dict)
    _copies: dict[tuple[str, int, int], int | None] = Factory(dict)
    _seen: set[tuple[str, str]] = Factory(set)

    def mend(self, staff: str) -> None:
        """Begin to bring back what a person's harmful deeds broke.

        What is begun already is left to those who are at it.
        """
        self._read_on()
        jobs: dict[Way, list[Outage]] = {}
        for outage in self._unmended.pop(staff, ()):
            way, lost_s = self._way_back(outage.deed.request)
            jobs.setdefault(way, []).append(evolve(outage, lost_s=lost_s))
        for way, job in jobs.items():
            self.world.env.process(self._restore(way, job))

    def _read_on(self) -> None:
        """Index what was broken since this was last asked.

        Targets break one after the other: behind the first, from the last on, that was
        seen before there are none that were not.
        """
        world, fresh = self.world, []
        for outage in reversed(world.broken.items()):
            if outage in self._seen:
                break
            self._seen.add(outage)
            target, request = outage
            if request in world.deeds:
                fresh.append(Outage(target, world.deeds[request]))
        for found in reversed(fresh):
            self._unmended.setdefault(found.deed.request.staff, []).append(found)

    def _way_back(self, request: Request) -> tuple[Way, int]:
        """Choose how an effect is made good, and with it how old the copy is."""
        world, effect_at = self.world, self.world.effect_at[request.id]
        # The window begins with the effect.
        kept = (
            (label, world.now < effect_at + window_s)
            for label, window_s in world.undo_windows[request.action]
        )
        if world.choices.settle(kept, False, or_):
            return self.undo, 0
        copies = (
            (copy, way)
            for backup, way in self.from_backups
            if request.action in backup.actions
            and (copy := self._newest_copy(backup, effect_at)) is not None
        )
        copy, way = max(copies, key=itemgetter(0), default=(effect_at, self.rebuild))
        return way, effect_at - copy

    def _newest_copy(self, backup: Backup, before: int) -> int | None:
        """Return when the newest usable copy from before an instant was taken.

        Copies go on to be taken, so that all that are still kept may be too young.
        """
        newest = (before - 1) // backup.every
        oldest = self.world.now // backup.every - backup.keeps + 1
        asked = backup.id, newest, oldest
        if asked not in self._copies:
            usable = (
                number * backup.every
                for number in range(newest, oldest - 1, -1)
                if self.world.luck("copy-fails", backup.id, number) >= backup.failure
            )
            self._copies[asked] = next(usable, None)
        return self._copies[asked]

    def _restore(self, way: Way, job: list[Outage]) -> Life:
        """Bring the targets of a job back together, then their derived state."""
        world = self.world
        bookings = self._book(way, job)
        if not bookings:
            return
        yield from self._ease(job, bookings[0])
        yield world.env.timeout(bookings[0].end - world.now)

        by = " + ".join(map(_named, bookings))
        for outage in job:
            request = outage.deed.request.id
            del world.broken[outage.target]
            world.knowledge.out.pop(outage.target, None)
            world.write(Restored(world.now, outage.target, request, by, outage.lost_s))
            if outage.deed.purpose == "misuse":
                self.restored(outage.deed)
        yield from self._recover(job)

    def _book(self, way: Way, job: list[Outage]) -> tuple[Booking, ...]:
        """Book the key holders; none where fewer than needed may be asked."""
        world, request = self.world, job[0].deed.request
        systems = {outage.deed.request.system for outage in job}

        def may(member: Member) -> bool:
            return (
                member.id != request.staff
                and can_be_called(member, world.now)
                and all(
                    world.access.ended_by(member.id, system, world.now) is None
                    for system in systems
                )
            )

        return self.restorers.book_together(
            world.now,
            takes_s=self._takes_s(way, request.id),
            call_outs_s=tuple(self._call_outs(way, request.id)),
            may=may,
        )

    def _takes_s(self, way: Way, request: str) -> int:
        """Draw how long the way back takes once somebody is at it."""
        u = self.world.luck("restoration", request)
        faster = ((label, book.restore.draw(u)) for label, book in way.runbooks)
        return self.world.choices.settle(faster, way.takes.draw(u), min)

    def _call_outs(self, way: Way, request: str) -> Iterator[int]:
        """Draw how long each key holder takes to come who is not on shift."""
        usual = call_out(self.world, self.manners)
        for number in range(self.manners.key_holders):
            who = (request, number) if number else (request,)
            u = self.world.luck("restorer-called", *who)
            faster = (
                (label, book.call_out.draw(u))
                for label, book in way.runbooks
                if book.call_out is not None
            )
            yield self.world.choices.settle(faster, usual.draw(u), min)

    def _ease(self, job: list[Outage], booking: Booking) -> Life:
        """Bring back a part of the targets at each stage that comes before the end."""
        world, request, eased = self.world, job[0].deed.request.id, 0.0
        stages = (
            (stage.after.draw(world.luck("stage", stage.id, request)), stage.share)
            for stage in self.manners.stages
        )
        for after, share in sorted(stages):
            at = booking.start + after
            if at < booking.end and share > eased:
                yield world.env.timeout(at - world.now)
                eased = share
                for outage in job:
                    world.write(Eased(at, outage.target, share))

    def _recover(self, job: list[Outage]) -> Life:
        """Make the derived state whole of each target that was misused."""
        world, since, tail = self.world, self.world.now, self.manners.derived_state
        whole = (
            (since + tail.draw(world.luck("derived-state", o.target)), o.target)
            for o in job
            if o.deed.purpose == "misuse"
        )
        for at, target in sorted(whole, key=itemgetter(0)):
            yield world.env.timeout(at - world.now)
            world.write(Recovered(at, target))


def _named(booking: Booking) -> str:
    return booking.member.id + ("-called-out" if booking.is_called_out else "")
