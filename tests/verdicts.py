"""How a scene ends: with nothing in force, and with one control or alert alone.

ends(scenario)                       -> ("missed", "")
ends(scenario, FourEyes())           -> ("stopped", "four-eyes")
"""

from simulator.outcome import measure
from simulator.scenario.organisation import Posture
from simulator.world import simulate

SEED = 1


def arm(*entries):
    """Sort controls and alerts into a posture."""
    return Posture(
        controls=tuple(entry for entry in entries if hasattr(entry, "decide")),
        alerts=tuple(entry for entry in entries if hasattr(entry, "watch")),
    )


def played(scenario, *entries, seed=SEED):
    """Play a scene under some controls and alerts, and nothing else."""
    return simulate(scenario, arm(*entries), seed)


def outcome(scenario, *entries, seed=SEED):
    """Judge a scene under some controls and alerts."""
    return measure(played(scenario, *entries, seed=seed), scenario)


def ends(scenario, *entries, seed=SEED):
    """Return the verdict and the label that did it first."""
    judged = outcome(scenario, *entries, seed=seed)
    return judged.verdict, judged.by
