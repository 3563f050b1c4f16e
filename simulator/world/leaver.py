"""The life of a leaver's access: what was planned ends when it is due.

At the separation, whatever still works is written down: that is what was left behind.
"""

from collections.abc import Generator, Iterable, Iterator

from attrs import frozen
from simpy import Event

from simulator.scenario.organisation import Credential
from simulator.trail import AccessEnded, LeftBehind
from simulator.world.signals import find
from simulator.world.stage import Member
from simulator.world.world import World


@frozen
class _Separation:
    """The instant at which it is looked at what still works."""

    at: int
    member: Member


def leave(world: World, member: Member) -> Generator[Event, None, None]:
    """Write down each end of the leaver's access, and what is left, at its instant."""
    assert member.leaving is not None
    separation = _Separation(max(member.leaving.separation, 0), member)
    yield from _happen(world, (*_ends(world, member), separation))


def list_ownerless(world: World) -> None:
    """Write down, at the start, the accounts that nobody owns on record.

    Their ends are written as they come, for nobody may leave who knows of them.
    """
    for credential in world.stage.credentials.values():
        if credential.kind == "shadow-account":
            for left in _works(world, credential.id, credential):
                world.write(left)
                find(world, left)
            ends = _credential_ends(world, credential.id, credential)
            world.env.process(_happen(world, ends))


def _happen(
    world: World, events: Iterable[AccessEnded | _Separation]
) -> Generator[Event, None, None]:
    # Access that ends at the instant of separation is gone then, so it comes first.
    for event in sorted(events, key=_order):
        if event.at >= world.stage.horizon:
            return
        if event.at > world.now:
            yield world.env.timeout(event.at - world.now)
        if isinstance(event, AccessEnded):
            world.write(event)
        else:
            for left in _left_behind(world, event.member):
                world.write(left)
                if left.what != "shadow-account":
                    find(world, left)


def _order(event: AccessEnded | _Separation) -> tuple[int, int, str, str, str]:
    if isinstance(event, _Separation):
        return (event.at, 1, "", "", "")
    return (event.at, 0, event.what, event.system, event.credential)


def _ends(world: World, member: Member) -> Iterator[AccessEnded]:
    """Find all ends; a session's only if it comes before that of its shift."""
    access = world.access
    for system in world.stage.systems:
        account = access.plan.accounts.get((member.id, system))
        if account is not None:
            yield AccessEnded(
                max(account[0], 0), member.id, system, "account", account[1]
            )
        cut = access.session_cut(member.id, system)
        if cut is not None and cut[0] > 0:
            yield AccessEnded(cut[0], member.id, system, "session", cut[1])
    for credential in access.held(member.id):
        yield from _credential_ends(world, member.id, credential)


def _credential_ends(
    world: World, holder: str, credential: Credential
) -> Iterator[AccessEnded]:
    """Find the end of a credential on each system that it opens."""
    for system in credential.systems:
        end = world.access.credential_end(holder, credential, system)
        if end is not None:
            at, kind = max(end[0], 0), credential.kind
            yield AccessEnded(at, holder, system, kind, end[1], credential.id)


def _left_behind(world: World, member: Member) -> Iterator[LeftBehind]:
    access, now = world.access, world.now
    for system in world.stage.systems:
        if access.ended_by(member.id, system, now) is None:
            yield _left(now, member.id, system, None)
    for credential in access.held(member.id):
        yield from _works(world, member.id, credential)


def _works(world: World, holder: str, credential: Credential) -> Iterator[LeftBehind]:
    """Find the systems on which a credential works now."""
    now = world.now
    for system in credential.systems:
        if not world.access.credential_barred_by(holder, credential, system, now):
            yield _left(now, holder, system, credential)


def _left(
    at: int, staff: str, system: str, credential: Credential | None
) -> LeftBehind:
    if credential is None:
        return LeftBehind(at, f"left-{staff}-{system}", staff, system, "account")
    name = f"left-{staff}-{system}-{credential.id}"
    return LeftBehind(at, name, staff, system, credential.kind, credential.id)
