"""The answer that is watched while assumptions are moved: a number of each outcome."""

from collections.abc import Callable, Mapping

from attrs import frozen

from simulator.clock import MINUTE
from simulator.errors import ScenarioError, nearest
from simulator.outcome.outcome import Outcome


@frozen
class Measure:
    """A number that every run has, or some runs have.

    Attributes:
        name: What it is called.
        says: What it means, in a few words.
        of: Returns it for an outcome; None where the run has none. A function of a
            module, so that other processes can call it.
        share: It is 1 or 0, and its mean is a share of runs.
    """

    name: str
    says: str
    of: Callable[[Outcome], float | None]
    share: bool = True


def _stopped(outcome: Outcome) -> float:
    return float(outcome.verdict == "stopped")


def _held(outcome: Outcome) -> float:
    return float(outcome.verdict in ("stopped", "limited", "caught"))


def _caught(outcome: Outcome) -> float:
    return float(outcome.verdict == "caught")


def _outage(outcome: Outcome) -> float:
    return (outcome.harm.outage_s or 0) / MINUTE


MEASURES: Mapping[str, Measure] = {
    "held": Measure("held", "runs stopped, limited or caught", _held),
    "stopped": Measure("stopped", "runs in which nothing took effect", _stopped),
    "caught": Measure("caught", "runs caught from inside in time", _caught),
    "outage": Measure(
        "outage", "minutes the worst hit target was out, 0 if none", _outage, False
    ),
}
"""By name."""


def measure_named(name: str) -> Measure:
    """Return a measure by its name.

    Raises:
        ScenarioError: There is none of that name.
    """
    if name in MEASURES:
        return MEASURES[name]
    accepted = nearest(name, MEASURES) or f"accepted: {', '.join(MEASURES)}"
    raise ScenarioError(f"unknown measure ({name!r}); {accepted}")
