"""The life of the misuse: somebody who qualifies tries, and tries again."""

from collections.abc import Generator
from typing import Any

from simpy import Event

from simulator.decisions import Request
from simulator.scenario.misuse import Attempt, Misuse, Requirement, When
from simulator.trail import Executed, Refused, Truth
from simulator.view import Ticket
from simulator.world.actions import Ending, begin, finish
from simulator.world.stage import Member
from simulator.world.world import Deed, World

GIVEN_UP = ("slip-caught", "desisted")


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

    for number, step in enumerate(misuse.plan):
        for position, attempt in enumerate(step.tries):
            ending = yield from _try(world, misuse, actor, attempt, number, position)
            if isinstance(ending, Executed):
                break
            if ending is not None and ending.why in GIVEN_UP:
                return


def choose(world: World, misuse: Misuse) -> Member | None:
    """Choose who does it among those who qualify; None where nobody does.

    Who lacks the anchor, as one who stays lacks a notice, does not qualify.
    """
    stage, who = world.stage, misuse.who
    able = [
        member
        for member in (stage.leavers if who.leaving else stage.members.values())
        if _qualifies(member, who) and moment(member, misuse.when) is not None
    ]
    if not able:
        return None
    return able[int(world.luck("who-misuses") * len(able))]


def _qualifies(member: Member, who: Requirement) -> bool:
    return (
        not member.shared
        and who.person in (None, member.id)
        and who.role in (None, member.role)
        and who.employment in (None, member.employment)
        and (member.leaving is not None or not who.leaving)
    )


def moment(member: Member, when: When) -> int | None:
    """Return the instant of the first attempt; None if its anchor does not exist."""
    if when.at is not None:
        return when.at
    anchor = _anchor(member, when)
    return None if anchor is None else anchor + when.after - when.before


def _anchor(member: Member, when: When) -> int | None:
    if when.anchor in ("notice", "separation"):
        return getattr(member.leaving, when.anchor, None)
    shifts = [shift for shift in member.roster if member.leaving or shift.start >= 0]
    if not shifts:
        return None
    shift = shifts[-1 if member.leaving else 0]
    return shift.start if when.anchor == "shift-start" else shift.end


def _impossible(world: World, misuse: Misuse, by: str) -> None:
    """Write that nobody could try: who is asked for, or when, is not to be had."""
    who = misuse.who.person or "nobody"
    world.write(Truth(0, "misuse-0.0", who, "misuse", misuse.intent, ""))
    world.write(Refused(0, "misuse-0.0", who, "not-possible", (by,)))


def _try(
    world: World,
    misuse: Misuse,
    actor: Member,
    attempt: Attempt,
    step: int,
    position: int,
) -> Generator[Event, Any, Ending | None]:
    """Make one attempt. Returns how it ended; None if this way was not open."""
    name = f"misuse-{step}.{position}"
    wait = attempt.wait.draw(world.luck("attempt-wait", name))
    yield world.env.timeout(wait)

    through = _access(world, actor, attempt, name)
    if through is None or world.luck("way-open", name) >= attempt.possible:
        return None
    deed = _deed(world, misuse, actor, through, attempt, (name, step, position))
    asked = begin(world, deed)
    if isinstance(asked, Refused):
        return asked
    ending = yield from finish(world, deed, asked)
    return ending


def _access(world: World, actor: Member, attempt: Attempt, name: str) -> Member | None:
    """Choose whose access is used; None where there is none of that kind."""
    if attempt.through == "own-session":
        return actor
    if attempt.through == "shared-secret":
        return world.stage.members[f"shared-{actor.team}"]
    system = world.stage.actions[attempt.action].system
    colleagues = [
        member
        for member in world.stage.teams[actor.team]
        if member is not actor
        and member.shift_at(world.now) is not None
        and world.access.ended_by(member.id, system, world.now) is None
    ]
    if not colleagues:
        return None
    return colleagues[int(world.luck("which-colleague", name) * len(colleagues))]


def _deed(
    world: World,
    misuse: Misuse,
    actor: Member,
    through: Member,
    attempt: Attempt,
    place: tuple[str, int, int],
) -> Deed:
    name, step, position = place
    target = world.stage.targets[attempt.target]
    meant = target.id if misuse.intent != "slip" else f"{target.id}-lookalike"
    request = Request(
        name,
        world.now,
        through.id,
        world.stage.actions[attempt.action].system,
        attempt.action,
        target.id,
        target.tier,
        _open_ticket(world, attempt, name),
    )
    return Deed(
        request,
        actor.id,
        "misuse",
        misuse.intent,
        meant,
        misuse.desists,
        attempt.approver == "rubber-stamp",
        step,
        position,
    )


def _open_ticket(world: World, attempt: Attempt, name: str) -> str | None:
    """Put the cited ticket into the queue, as somebody outside opened it."""
    if attempt.ticket == "none":
        return None
    about = attempt.target
    if attempt.ticket == "other-target":
        about = f"{attempt.target}-lookalike"
    ticket = Ticket(f"ticket-of-{name}", about, world.now, "public")
    world.knowledge.tickets[ticket.id] = ticket
    return ticket.id
