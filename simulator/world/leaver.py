"""The life of a leaver's access: what was planned ends when it is due."""

from collections.abc import Generator, Iterator

from simpy import Event

from simulator.trail import AccessEnded
from simulator.world.stage import Member
from simulator.world.world import World


def leave(world: World, member: Member) -> Generator[Event, None, None]:
    """Write down each end of the leaver's access at its instant."""
    for ended in sorted(_ends(world, member), key=lambda e: (e.at, e.what, e.system)):
        if ended.at > world.now:
            yield world.env.timeout(ended.at - world.now)
        world.write(ended)


def _ends(world: World, member: Member) -> Iterator[AccessEnded]:
    """Find all ends inside the horizon; a session's only if one is open just before."""
    horizon = world.stage.horizon
    for (staff, system), (at, by) in world.access.plan.accounts.items():
        if staff == member.id and at < horizon:
            yield AccessEnded(max(at, 0), staff, system, "account", by)
    for (staff, system), cuts in world.access.plan.sessions.items():
        for at, by in cuts:
            open_before = (
                0 < at < horizon
                and staff == member.id
                and world.access.session_end(staff, system, at - 1) == at
            )
            if open_before:
                yield AccessEnded(at, staff, system, "session", by)
