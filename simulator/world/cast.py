"""Who does it and when: people who meet a requirement, and the moment they begin."""

from simulator.scenario.misuse import Misuse, Requirement, When
from simulator.world.stage import Member
from simulator.world.world import World


def choose(world: World, misuse: Misuse) -> Member | None:
    """Choose who does it among those who qualify; None where nobody does.

    Who lacks the anchor, as one who stays lacks a notice, does not qualify.
    """
    able = [
        member
        for member in _qualified(world, misuse.who)
        if moment(member, misuse.when) is not None
    ]
    return able[int(world.luck("who-misuses") * len(able))] if able else None


def choose_accomplice(world: World, misuse: Misuse, actor: Member) -> Member | None:
    """Choose who is in on it beside the actor, if anybody is asked for and there."""
    if misuse.accomplice is None:
        return None
    able = [m for m in _qualified(world, misuse.accomplice) if m is not actor]
    return able[int(world.luck("who-helps") * len(able))] if able else None


def _qualified(world: World, who: Requirement) -> list[Member]:
    stage = world.stage
    pool = stage.leavers if who.leaving else stage.members.values()
    return [member for member in pool if _qualifies(member, who)]


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
