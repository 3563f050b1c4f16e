"""The frontier of harm against friction: what cannot be had for less.

One arm dominates another if it is as good in every respect and better in one. Values
are rounded first, so that chance alone makes no point of the frontier.
"""

from collections.abc import Iterable, Iterator

from simulator.experiment.whatif.findings import Axis, Frontier
from simulator.experiment.whatif.table import FINE, ArmTable
from simulator.outcome.friction import ANALYST_SHIFT_S

HARM = Axis("harm", "share of runs not held", 0.001)
REFUSED = Axis("refused", "share of honest requests", 0.001)
ADDED = Axis("added", "seconds per honest request", 0.1)
FALSE_ALARMS = Axis("false alarms", "per analyst shift", 0.1)
AXES = (HARM, REFUSED, ADDED, FALSE_ALARMS)
Point = tuple[float, ...]
"""One value for each axis, rounded to its step; lower is better."""


def frontier(table: ArmTable) -> Frontier:
    """Find the arms that no other arm dominates, the most harm first.

    Of no runs nothing is known, and so there are none.
    """
    if not table.runs:
        return Frontier((), AXES)
    best: dict[Point, int] = {}
    for raw, arm in _different(table):
        best.setdefault(_point(raw, table.runs), arm)
    points = sorted(undominated(best), key=_from_most_harm)
    return Frontier(tuple(table.at(best[point]) for point in points), AXES)


def undominated(points: Iterable[Point]) -> list[Point]:
    """Return the points that no other point is as good as in all and better in one."""
    kept: list[Point] = []
    # In this order no point dominates one before it.
    for point in sorted(set(points)):
        if not any(_is_as_good(other, point) for other in kept):
            kept.append(point)
    return kept


def _is_as_good(one: Point, other: Point) -> bool:
    return all(a <= b for a, b in zip(one, other, strict=True))


def _from_most_harm(point: Point) -> Point:
    harm, *friction = point
    return (-harm, *friction)


def _different(table: ArmTable) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield each combination of sums that occurs, with the first arm that has it.

    That is the arm with the fewest candidates, and of these the first of the design.
    They come in that order.
    """
    design = table.design
    count = len(design.masks)
    sums = (
        *(table.paid[name] for name in ("refused", "requests", "false_alarms")),
        table.paid["analyst_s"],
        table.added,
    )
    columns = [kept.everywhere(count) for kept in sums]
    held = table.gained.everywhere(count), table.lost.everywhere(count)
    failed = [
        table.runs - table.reference_held - gained + lost
        for gained, lost in zip(*held, strict=True)
    ]
    rows = list(zip(failed, *columns, strict=True))
    first: dict[tuple[int, ...], int] = {}
    for arm in sorted(range(count), key=lambda arm: design.masks[arm].bit_count()):
        first.setdefault(rows[arm], arm)
    yield from first.items()


def _point(raw: tuple[int, ...], runs: int) -> Point:
    failed, refused, requests, alarms, analyst_s, added = raw
    values = (
        failed / runs,
        refused / requests if requests else 0.0,
        added / (runs * FINE),
        alarms * ANALYST_SHIFT_S / analyst_s if analyst_s else 0.0,
    )
    # Steps are powers of ten, so that rounding to digits is rounding to steps.
    return tuple(
        round(value, digits) + 0.0
        for value, digits in zip(values, (3, 3, 1, 1), strict=True)
    )
