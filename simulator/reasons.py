"""Sentences that controls and alerts share when they explain themselves.

Each returns "" where it does not apply, so that the first that does is ``a or b``.
"""

from simulator.view import View


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
