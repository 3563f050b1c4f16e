"""Where in their ranges assumptions are set: at the ends, along paths, all at once.

Every place is a pure function of the seed and of the number's own path, so that it does
not matter which other numbers there are, or in which order.
"""

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from simulator.errors import ScenarioError
from simulator.experiment.assumptions import Assumption
from simulator.experiment.bench import Point, Study
from simulator.scenario.numbers import sensibly_changed
from simulator.scenario.ranges import centre, with_centre
from simulator.streams import uniform

LEVELS = 4
STEP = LEVELS / (2 * (LEVELS - 1))
"""Of paths: 0, 1/3, 2/3 and 1, and a step of 2/3, as Morris (1991) recommends."""

HALVINGS = 8
"""How often a place that makes no sense is drawn halfway back to the value itself."""

Placed = Iterable[tuple[Assumption, float]]
"""Assumptions with the centre that each is to have."""


@frozen(eq=False)
class Walk:
    """One path through all ranges: each number takes its step once, in some order.

    Attributes:
        points: The start, and where each step leads.
        steps: The path of the number that moved before each later point, with the
            length of the step in its range: plus or minus `STEP`.
    """

    points: tuple[Point, ...]
    steps: tuple[tuple[str, float], ...]


def placed(study: Study, wanted: Placed) -> tuple[Point, bool]:
    """Return the changes that set numbers, and whether they had to be drawn back.

    Where the loader would refuse the scenario, all of them are drawn halfway back to
    their values, again and again; where nothing helps, nothing is changed.
    """
    targets = sorted(wanted, key=lambda pair: pair[0].number.parts)
    for halving in range(HALVINGS + 1):
        try:
            point = tuple(_change(one, goal, 0.5**halving) for one, goal in targets)
            for variant in study.variants:
                sensibly_changed(variant, point)
        except (ScenarioError, ValueError):
            continue
        return point, halving > 0
    return (), True


def jointly(
    study: Study, assumptions: Sequence[Assumption], draws: int
) -> Iterator[tuple[Point, bool]]:
    """Yield points that set all numbers at once, each spread evenly over its range.

    A Latin hypercube: each range is cut into as many parts as there are draws, and
    every part is drawn from once.

    Source: McKay, Beckman and Conover (1979), Technometrics 21, 239-245.
    """
    places = {one.number.path: _strata(study.seed, one, draws) for one in assumptions}
    for draw in range(draws):
        yield placed(
            study,
            ((one, one.range.at(places[one.number.path][draw])) for one in assumptions),
        )


def walks(
    study: Study, assumptions: Sequence[Assumption], count: int
) -> Iterator[Walk]:
    """Yield random paths along which one number at a time takes a step."""
    for number in range(count):
        yield _walk(study, assumptions, number)


def _walk(study: Study, assumptions: Sequence[Assumption], number: int) -> Walk:
    def luck(one: Assumption, purpose: str) -> float:
        return uniform(study.seed, f"walk {purpose}", number, one.number.path)

    starts = LEVELS // 2
    at: dict[str, float] = {}
    by: dict[str, float] = {}
    for one in assumptions:
        path = one.number.path
        low = int(luck(one, "start") * starts) / (LEVELS - 1)
        up = luck(one, "direction") < 0.5
        at[path], by[path] = (low, STEP) if up else (low + STEP, -STEP)
    points = [_at(study, assumptions, at)]
    order = sorted(assumptions, key=lambda one: luck(one, "order"))
    for one in order:
        path = one.number.path
        at[path] += by[path]
        points.append(_at(study, assumptions, at))
    steps = tuple((one.number.path, by[one.number.path]) for one in order)
    return Walk(tuple(points), steps)


def _at(study: Study, assumptions: Sequence[Assumption], at: dict[str, float]) -> Point:
    wanted = ((one, one.range.at(at[one.number.path])) for one in assumptions)
    return placed(study, wanted)[0]


def _strata(seed: int, one: Assumption, draws: int) -> list[float]:
    path = one.number.path
    order = sorted(range(draws), key=lambda n: uniform(seed, "joint order", path, n))
    within = (uniform(seed, "joint place", path, n) for n in range(draws))
    return [(part + u) / draws for part, u in zip(order, within, strict=True)]


def _change(
    one: Assumption, goal: float, share: float
) -> tuple[tuple[str, ...], object]:
    value = one.number.value
    middle = centre(value)
    # Not "middle + share * ...", which may miss the end by rounding.
    aim = goal if share == 1 else middle + share * (goal - middle)
    return one.number.parts, with_centre(value, aim)
