"""Sentences that several alerts share when they explain themselves.

Each returns "" where it does not apply, so that the first that does is ``a or b``.
"""

from simulator import reasons
from simulator.clock import format_duration
from simulator.streams import Distribution
from simulator.trail import Executed, Requested, Watched
from simulator.view import View


def no_effect(record: Watched) -> str:
    """Say that nothing has taken effect yet, if so."""
    if isinstance(record, Executed):
        return ""
    answer = record.decision.words
    return f"looks at effects, and a request answered with {answer} is none yet"


def no_request(record: Watched) -> str:
    """Say that the record is no request, if so."""
    if isinstance(record, Requested):
        return ""
    return "looks at requests when they are made, not at their effects"


def harmless(record: Watched, view: View) -> str:
    """Say that the action harms nothing, if so."""
    return reasons.harmless(record.action, view, "watched")


def below(record: Watched, view: View, from_tier: str | None) -> str:
    """Say that the target ranks too low to be watched, if so."""
    return reasons.below(record.tier, view, from_tier, "watches only")


def stays_up(record: Watched, view: View) -> str:
    """Say that the target can still be seen from outside, if so."""
    if view.takes_down(record.action):
        return ""
    return f"{record.action} takes nothing down, so nothing is missing outside"


def unwatched(record: Watched, view: View) -> str:
    """Say that the target is not on the list of important ones, if so."""
    if view.is_watched(record.target):
        return ""
    return f"{record.target} is not on the list of watched targets"


def percent(share: float) -> str:
    """Write a share for a reader, a small one included: ``0.5%``."""
    return f"{100 * share:.3g}%"


def soon(delay: Distribution) -> str:
    """Name the mean of a delay."""
    return f"after {format_duration(delay.mean)} on average"
