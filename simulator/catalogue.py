"""Both shelves together, and loading a scenario file against them."""

from os import PathLike

from simulator.alerts import CATALOGUE as ALERTS
from simulator.controls import CATALOGUE as CONTROLS
from simulator.scenario.loading import Shelves
from simulator.scenario.loading import load as load_with
from simulator.scenario.scenario import Scenario

SHELVES = Shelves(controls=CONTROLS, alerts=ALERTS)
"""All controls and alerts that scenario files can name."""


def load(path: str | PathLike[str]) -> Scenario:
    """Load a scenario file.

    Raises:
        ScenarioError: with every problem of the file at once.
    """
    return load_with(path, SHELVES)
