"""Who does it and when: people who meet a requirement, and the moment they begin."""

from simulator.scenario.misuse import Doer, Misuse, Requirement, When
from simulator.scenario.organisation import Credential
from simulator.world.stage import Member, Stage
from simulator.world.world import World


def choose(world: World, misuse: Misuse) -> Member | None:
    """Choose who does it among those who qualify; None where nobody does.

    Who lacks the anchor, as one who stays lacks a notice, does not qualify. Whose
    moment is not simulated is chosen only where that is so of everybody.
    """
    moments = [
        (member, at)
        for member in _qualified(world.stage, misuse, misuse.who, "actor")
        if (at := moment(member, misuse.when)) is not None
    ]
    in_time = [member for member, at in moments if 0 <= at < world.stage.horizon]
    able = in_time or [member for member, _ in moments]
    return able[int(world.luck("who-misuses") * len(able))] if able else None


def choose_accomplice(world: World, misuse: Misuse, actor: Member) -> Member | None:
    """Choose who is in on it beside the actor, if anybody is asked for and there."""
    if misuse.accomplice is None:
        return None
    helpers = _qualified(world.stage, misuse, misuse.accomplice, "accomplice")
    able = [member for member in helpers if member is not actor]
    return able[int(world.luck("who-helps") * len(able))] if able else None


def _qualified(
    stage: Stage, misuse: Misuse, who: Requirement, by: Doer
) -> list[Member]:
    pool = stage.leavers if who.leaving else stage.members.values()
    aim = misuse.aim(who.may, by)
    tier = stage.targets[aim].tier if aim else next(iter(stage.ranks))
    return [member for member in pool if _qualifies(stage, member, who, tier)]


def _qualifies(stage: Stage, member: Member, who: Requirement, tier: str) -> bool:
    """Say whether somebody is, may and may hold what is asked for."""
    if member.shared or not who.fits(member):
        return False
    if who.holds is None:
        return who.may is None or stage.entitled(member, who.may, tier)
    return any(
        credential.kind == who.holds
        and credential.held > 0
        and (who.may is None or _opens(stage, credential, member, who.may, tier))
        for credential in stage.holdings.get(member.id, ())
    )


def _opens(
    stage: Stage, credential: Credential, member: Member, action: str, tier: str
) -> bool:
    """Say whether an action is open to whoever comes with a credential."""
    login = stage.members.get(credential.id, member)
    return stage.actions[action].system in credential.systems and stage.allows(
        credential.role or login.role, action, tier
    )


def moment(member: Member, when: When) -> int | None:
    """Return the instant of the first attempt; None if its anchor does not exist."""
    return when.moment(member.leaving, member.roster)
