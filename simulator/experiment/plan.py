"""What an experiment will play: its questions, variants, rows and seeds.

plan     = one question for each combination of options shown apart
question = one variant for each combination of options that are swept, taken in turn
row      = a candidate; the first row of all is what is in force
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from itertools import product

from attrs import frozen

from simulator.errors import ScenarioError, nearest
from simulator.experiment.arms import Candidate, default_candidates, judged
from simulator.scenario.organisation import Posture
from simulator.scenario.scenario import Axis, Scenario

Choices = tuple[tuple[str, str], ...]
"""(axis, option) pairs."""


@frozen
class Question:
    """One reading to be found.

    Attributes:
        chosen: The options that hold in all its runs.
        says: What they say, one sentence each.
        variants: Scenarios that take turns; more than one where axes are swept.
        swept: The options of each variant on the swept axes.
        candidates: All that can be tried, in force or not.
        rows: What is judged, in order.
    """

    chosen: Choices
    says: tuple[str, ...]
    variants: tuple[Scenario, ...]
    swept: tuple[Choices, ...]
    candidates: Posture
    rows: tuple[Candidate, ...]


@frozen
class Plan:
    """A whole experiment; replication ``n`` of it depends on nothing but the plan."""

    seed: int
    questions: tuple[Question, ...]


def replication_seed(seed: int, number: int) -> int:
    """Return the seed of one replication: the same in every row and reading.

    Run replication 17 of an experiment again with
    ``simulate(scenario, arm, replication_seed(seed, 17))``.

    Source: the first 63 bits of BLAKE2b (RFC 7693) over both numbers, so that
    experiments with neighbouring seeds share no runs.
    """
    key = ascii((seed, "replication", number)).encode()
    return int.from_bytes(blake2b(key, digest_size=8).digest(), "big") >> 1


def make_plan(
    scenario: Scenario,
    *,
    candidates: Posture | None = None,
    seed: int,
    choose: Mapping[str, str],
) -> Plan:
    """Lay out an experiment.

    A scenario that is a variant already keeps the options it was made with.

    Raises:
        ScenarioError: ``choose`` names an axis or an option that does not exist.
    """
    pinned = {**dict(scenario.chosen), **choose}
    _check(scenario.axes, choose)
    apart = _combinations(scenario.axes, "apart", pinned)
    swept = _combinations(scenario.axes, "swept", pinned)
    return Plan(
        seed,
        tuple(
            _question(scenario, tuple(pinned.items()) + open_, swept, candidates)
            for open_ in apart
        ),
    )


def _question(
    scenario: Scenario,
    chosen: Choices,
    swept: tuple[Choices, ...],
    candidates: Posture | None,
) -> Question:
    variants = tuple(scenario.variant(*chosen, *options) for options in swept)
    first = variants[0]
    offered = default_candidates(first) if candidates is None else candidates
    options = dict(chosen)
    taken = [a for a in scenario.axes if a.id in options]
    return Question(
        chosen=tuple((axis.id, options[axis.id]) for axis in taken),
        says=tuple(axis.option(options[axis.id]).says for axis in taken),
        variants=variants,
        swept=swept,
        candidates=offered,
        rows=judged(first.organisation.posture, offered),
    )


def _combinations(
    axes: Iterable[Axis], show: str, pinned: Mapping[str, str]
) -> tuple[Choices, ...]:
    """Return all combinations over the axes shown in one way that are still open."""
    still_open = [axis for axis in axes if axis.show == show and axis.id not in pinned]
    options = ([(axis.id, option.id) for option in axis.options] for axis in still_open)
    return tuple(product(*options))


def _check(axes: tuple[Axis, ...], choose: Mapping[str, str]) -> None:
    known = {axis.id: [option.id for option in axis.options] for axis in axes}
    for axis, option in choose.items():
        if axis not in known:
            raise ScenarioError(_unknown("axis", axis, known))
        if option not in known[axis]:
            raise ScenarioError(_unknown(f"option of {axis}", option, known[axis]))


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    accepted = nearest(name, known) or f"accepted: {', '.join(known) or 'none'}"
    return f"unknown {what} ({name!r}); {accepted}"
