"""Sentences that several controls share when they explain themselves.

Reasons to stand aside return "" where they do not apply, so that the first that does
is ``a or b``.
"""

from simulator import reasons
from simulator.clock import format_duration
from simulator.decisions import Request
from simulator.view import View


def harmless(request: Request, view: View) -> str:
    """Say that the action harms nothing, if so."""
    return reasons.harmless(request.action, view, "checked")


def below(request: Request, view: View, from_tier: str | None) -> str:
    """Say that the target ranks too low to be checked, if so."""
    return reasons.below(request.tier, view, from_tier, "asks only for")


def not_leaving(request: Request, view: View) -> str:
    """Say that the registry shows no departure, if so."""
    if view.departure(request.staff, request.at):
        return ""
    employment = view.employment(request.staff)
    return f"no registry entry: systems do not know that this {employment} leaves"


def apart(moment: int, request: Request) -> str:
    """Say how far a moment lies from the act: ``7 h before the act``."""
    side = "before" if moment <= request.at else "after"
    return f"{format_duration(abs(request.at - moment))} {side} the act"
