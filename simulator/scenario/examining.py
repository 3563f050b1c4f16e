"""One look at the plain data of a scenario: the noun, if nothing is wrong with it."""

from collections.abc import Mapping
from typing import TypeAlias

from attrs import frozen

from simulator.scenario.coherence import misfits
from simulator.scenario.mistakes import Complaint
from simulator.scenario.references import unknown_ids
from simulator.scenario.scenario import Scenario
from simulator.scenario.structuring import Structurer
from simulator.scenario.tour import Leaf, leaves

Body: TypeAlias = Mapping[str, object]
"""The top-level mapping of a file, without its version."""


@frozen(eq=False)
class Examined:
    """What was found: the scenario or what is wrong, and the leaves of the data."""

    scenario: Scenario | None
    complaints: tuple[Complaint, ...]
    leaves: tuple[Leaf, ...]


def examine(body: Body, read: Structurer) -> Examined:
    """Read a body and check it in every way a single scenario can be checked."""
    scenario, complaints = read.structure(body, Scenario)
    found = tuple(leaves(Scenario, body, read.shelves))
    complaints += unknown_ids(body, found)
    complaints += misfits(body, read)
    return Examined(scenario, tuple(complaints), found)
