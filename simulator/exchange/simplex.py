"""The least value of a smooth function of a few numbers, by comparing values alone.

Source: the simplex of Nelder and Mead 1965, with its usual coefficients.
"""

from collections.abc import Callable, Sequence

Point = tuple[float, ...]
Corner = tuple[float, Point]
"""The value at a point, and the point."""


def lowest(
    of: Callable[[Point], float], start: Point, *, step: float = 0.5, rounds: int = 500
) -> Corner:
    """Return the least value found, and where.

    Args:
        of: The function.
        start: One corner of the first simplex.
        step: How far off its other corners lie.
        rounds: Most steps taken.
    """
    corners = [
        tuple(x + step * (i == j) for j, x in enumerate(start))
        for i in range(-1, len(start))
    ]
    simplex = sorted((of(corner), corner) for corner in corners)
    for _ in range(rounds):
        if _is_small(simplex):
            break
        simplex = _moved(of, simplex)
    return simplex[0]


def _moved(of: Callable[[Point], float], simplex: Sequence[Corner]) -> list[Corner]:
    """Replace the worst corner, or draw all towards the best."""
    *kept, worst = simplex
    best = kept[0]
    columns = zip(*(point for _, point in kept), strict=True)
    centre = tuple(sum(column) / len(kept) for column in columns)

    def along(t: float) -> Corner:
        pairs = zip(centre, worst[1], strict=True)
        point = tuple(c + t * (c - w) for c, w in pairs)
        return of(point), point

    tried = along(1.0)
    if tried[0] < best[0]:
        tried = min(tried, along(2.0))
    elif tried[0] >= kept[-1][0]:
        tried = min(tried, along(0.5 if tried[0] < worst[0] else -0.5))
    if tried[0] < worst[0]:
        return sorted([*kept, tried])
    near = [_between(point, best[1]) for _, point in simplex[1:]]
    return sorted([best, *((of(point), point) for point in near)])


def _between(one: Point, other: Point) -> Point:
    return tuple((x + y) / 2 for x, y in zip(one, other, strict=True))


def _is_small(simplex: Sequence[Corner]) -> bool:
    least, best = simplex[0]
    if simplex[-1][0] - least > 1e-10 * (1 + abs(least)):
        return False
    return all(
        abs(x - y) < 1e-6 for _, p in simplex for x, y in zip(p, best, strict=True)
    )
