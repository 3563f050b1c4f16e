"""The life of the misuse: somebody who qualifies tries, and tries again.

    plan -> steps -> turns, where a step is done many times -> tries, until one succeeds

Whose access a try uses, and which credential, is settled when it is made: a way that is
not open then is passed over in silence, as it is by those who look for one.
"""

from collections.abc import Generator
from typing import Any

from attrs import frozen
from simpy import Event

from simulator.decisions import Request
from simulator.scenario.misuse import Attempt, Misuse, Step
from simulator.scenario.organisation import Credential
from simulator.scenario.people import OWN_LOGIN
from simulator.trail import Executed, Refused, Truth
from simulator.view import Ticket
from simulator.world.actions import Ending, begin, finish
from simulator.world.cast import choose, choose_accomplice, moment
from simulator.world.stage import Member
from simulator.world.world import Deed, World

GIVEN_UP = ("slip-caught", "desisted")
OUTSIDER = "outsider"
"""Who sits there where a phished login is used."""


@frozen
class _Plot:
    """Those who do it, and what they have in mind."""

    misuse: Misuse
    actor: Member
    accomplice: Member | None


@frozen
class _Turn:
    """One try of a step: its place in the plan, and the target it goes for."""

    step: int
    position: int
    number: int
    target: str

    @property
    def name(self) -> str:
        """Name of the request it makes."""
        return f"{self.route}#{self.number}" if self.number else self.route

    @property
    def route(self) -> str:
        """Name of the way it takes, the same each time: open in a run, or not."""
        return f"misuse-{self.step}.{self.position}"


@frozen
class _Way:
    """The access that is used: whose login, which credential, and who sits there."""

    login: str
    actor: str
    credential: str = ""


def commit(world: World, misuse: Misuse) -> Generator[Event, Any, None]:
    """Carry out the plan; a step is over when one of its tries succeeds."""
    actor = choose(world, misuse)
    at = None if actor is None else moment(actor, misuse.when)
    if actor is None or at is None:
        _impossible(world, misuse, "requirement")
        return
    if not 0 <= at < world.stage.horizon:
        _impossible(world, misuse, "not-simulated")
        return
    yield world.env.timeout(at)

    plot = _Plot(misuse, actor, choose_accomplice(world, misuse, actor))
    for number, step in enumerate(misuse.plan):
        for turn in range(step.times):
            if turn:
                pause = step.every.draw(world.luck("next-turn", number, turn))
                yield world.env.timeout(pause)
            ending = yield from _take_turn(world, plot, step, number, turn)
            if isinstance(ending, Refused) and ending.why in GIVEN_UP:
                return


def _impossible(world: World, misuse: Misuse, by: str) -> None:
    """Write that nobody could try: who is asked for, or when, is not to be had."""
    who = misuse.who.person or "nobody"
    world.write(Truth(0, "misuse-0.0", who, "misuse", misuse.intent, ""))
    world.write(Refused(0, "misuse-0.0", who, "not-possible", (by,)))


def _take_turn(
    world: World, plot: _Plot, step: Step, number: int, turn: int
) -> Generator[Event, Any, Ending | None]:
    """Do a step once. Returns how the last try ended; None if no way was open."""
    ending: Ending | None = None
    sweeps = turn > 0 and step.on == "fresh-targets"
    for position, attempt in enumerate(step.tries):
        target = f"{attempt.target}#{turn}" if sweeps else attempt.target
        place = _Turn(number, position, turn, target)
        made = yield from _try(world, plot, attempt, place)
        ending = made or ending
        if isinstance(made, Executed) or (made and made.why in GIVEN_UP):
            break
    return ending


def _try(
    world: World, plot: _Plot, attempt: Attempt, turn: _Turn
) -> Generator[Event, Any, Ending | None]:
    """Make one attempt. Returns how it ended; None if this way was not open."""
    wait = attempt.wait.draw(world.luck("attempt-wait", turn.name))
    yield world.env.timeout(wait)

    way = _way(world, plot, attempt, turn.name)
    if way is None or world.luck("way-open", turn.route) >= attempt.possible:
        return None
    deed = _deed(world, plot, attempt, turn, way)
    asked = begin(world, deed)
    if isinstance(asked, Refused):
        return asked
    ending = yield from finish(world, deed, asked)
    return ending


def _way(world: World, plot: _Plot, attempt: Attempt, name: str) -> _Way | None:
    """Choose whose access is used; None where there is none of that kind."""
    doer = plot.actor if attempt.by == "actor" else plot.accomplice
    if doer is None:
        return None
    if attempt.through == "own-session":
        return _Way(doer.id, doer.id)
    if attempt.through == "phished-login":
        return _Way(doer.id, OUTSIDER)
    system = world.stage.actions[attempt.action].system
    if attempt.through == "colleague-session":
        colleague = _colleague(world, doer, system, name)
        return None if colleague is None else _Way(colleague.id, doer.id)
    credential = _credential(world, doer, attempt.through, system)
    if credential is None:
        return None
    login = credential.id if credential.kind in OWN_LOGIN else doer.id
    return _Way(login, doer.id, credential.id)


def _colleague(world: World, doer: Member, system: str, name: str) -> Member | None:
    """Find somebody of the team on shift whose session is open."""
    colleagues = [
        member
        for member in world.stage.teams[doer.team]
        if member is not doer
        and member.shift_at(world.now) is not None
        and world.access.ended_by(member.id, system, world.now) is None
    ]
    if not colleagues:
        return None
    return colleagues[int(world.luck("which-colleague", name) * len(colleagues))]


def _credential(
    world: World, doer: Member, kind: str, system: str
) -> Credential | None:
    """Find a credential of a kind that somebody holds: one that works, if any does."""
    access = world.access
    held = [c for c in access.held(doer.id) if c.kind == kind and system in c.systems]
    working = (
        credential
        for credential in held
        if not access.credential_barred_by(doer.id, credential, system, world.now)
    )
    return next(working, held[0] if held else None)


def _deed(world: World, plot: _Plot, attempt: Attempt, turn: _Turn, way: _Way) -> Deed:
    misuse, target = plot.misuse, world.stage.targets[attempt.target]
    is_slip = misuse.intent == "slip"
    request = Request(
        turn.name,
        world.now,
        way.login,
        world.stage.actions[attempt.action].system,
        attempt.action,
        turn.target,
        target.tier,
        _open_ticket(world, attempt, turn, way),
        attempt.batch,
        way.credential,
        attempt.device,
        attempt.place,
        attempt.emergency,
    )
    return Deed(
        request,
        way.actor,
        "misuse",
        misuse.intent,
        f"{turn.target}-lookalike" if is_slip else turn.target,
        misuse.desists,
        attempt.approver,
        _partner(plot, way),
        attempt.passes_factor,
        attempt.fuse,
        turn.step,
        turn.position,
        turn.number,
    )


def _partner(plot: _Plot, way: _Way) -> str | None:
    """Name who is in on it beside whoever does this, and whoever's login it is."""
    if plot.accomplice is None:
        return None
    pair = {plot.actor.id, plot.accomplice.id} - {way.actor, way.login}
    return min(pair, default=None)


def _open_ticket(world: World, attempt: Attempt, turn: _Turn, way: _Way) -> str | None:
    """Put the cited ticket into the queue, as somebody outside or inside opened it."""
    if attempt.ticket == "none":
        return None
    other = attempt.ticket == "other-target"
    about = f"{turn.target}-lookalike" if other else turn.target
    opened_by = way.login if attempt.ticket == "self-opened" else "public"
    ticket = Ticket(f"ticket-of-{turn.name}", about, world.now, opened_by)
    world.knowledge.tickets[ticket.id] = ticket
    return ticket.id
