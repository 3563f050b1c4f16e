"""What a run came to: verdict, harm, times and friction, from trail and scenario alone.

`measure` is the verb. Nothing here knows the world that made the trail, so that a trail
stored today can be measured again with the metrics of a later day.
"""

from simulator.outcome.explanation import decisive
from simulator.outcome.measuring import measure
from simulator.outcome.outcome import (
    VERDICTS,
    Friction,
    Harm,
    Outcome,
    Residual,
    Times,
    Verdict,
)

__all__ = [
    "VERDICTS",
    "Friction",
    "Harm",
    "Outcome",
    "Residual",
    "Times",
    "Verdict",
    "decisive",
    "measure",
]
