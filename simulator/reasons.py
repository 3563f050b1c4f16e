"""Sentences that controls and alerts share when they explain themselves.

Each returns "" where it does not apply, so that the first that does is ``a or b``.
"""

from typing import Protocol

from simulator.clock import format_duration
from simulator.view import View


class Act(Protocol):
    """A request, or the record of one: somebody does something at an instant."""

    @property
    def staff(self) -> str:
        """Whose access is used."""

    @property
    def at(self) -> int:
        """When, in seconds since the scenario's start."""


def apart(moment: int, act: Act) -> str:
    """Say how far a moment lies from the act: ``7 h before the act``."""
    side = "before" if moment <= act.at else "after"
    return f"{format_duration(abs(act.at - moment))} {side} the act"


def not_leaving(act: Act, view: View) -> str:
    """Say that the registry shows no departure, if so."""
    if view.departure(act.staff, act.at):
        return ""
    employment = view.employment(act.staff)
    return f"no registry entry: systems do not know that this {employment} leaves"


def harmless(action: str, view: View, done: str) -> str:
    """Say that an action harms nothing, if so; ``done`` is checked or watched."""
    if view.harmful(action):
        return ""
    return f"{action} harms no target, and only harmful actions are {done}"


def below(tier: str, view: View, from_tier: str | None, does: str) -> str:
    """Say that a target ranks too low, if so; without a tier the top one counts.

    Args:
        tier: The target's tier.
        view: What is known.
        from_tier: The lowest tier that counts; None for the top tier.
        does: What is done for those that count, such as "watches only".
    """
    if view.reaches(tier, from_tier):
        return ""
    lowest = from_tier or view.top_tier
    above = "" if lowest == view.top_tier else " or above"
    return f"{does} targets of tier {lowest}{above}; this one is {tier}"


def unlisted(
    target: str, at: int, view: View, *, of: str, called: str, listed: float, lag_s: int
) -> str:
    """Say that the list an entry goes by lacks a target, or lacks it still, if so.

    Args:
        target: The target, of a tier that the list is meant to hold.
        at: The instant of the act.
        view: What is known.
        of: Id of the entry whose list it is.
        called: What the list makes of its targets, such as "locked".
        listed: Share of the targets that are on it.
        lag_s: Time from a target's rise to its tier until it is on it.
    """
    if not view.among(listed, f"{of} list", target):
        return f"{target} is not on the list of {called} targets"
    rose = view.tier_since(target) if lag_s else None
    if rose is None or rose + lag_s <= at:
        return ""
    lag = format_duration(lag_s)
    return f"{target} rose to its tier at {view.wall(rose)}, and is listed {lag} later"
