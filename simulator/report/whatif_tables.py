"""The tables of a what-if in 80 columns: sets, the frontier, shares of protection."""

import math
from collections.abc import Callable, Sequence

from simulator.experiment.whatif.findings import (
    Arm,
    Burden,
    Frontier,
    Shapley,
    Sufficient,
    WhatIf,
    WhatIfReading,
)
from simulator.report.layout import Column, fill, table
from simulator.report.whatif_words import AS_IT_WAS, EVERY, NONE, goal_share, set_name
from simulator.report.words import interval, listing, percent, plural, rate, signed

MOST = 25
"""Rows of a table of arms."""
NAMED = 60
"""Rows named below it."""
PAIRS_LEFT_OUT = "that do just what one of the two does alone are left out."
SETS = 10
"""Rows of a table of smallest sets."""
BAR = 36

_COST = (Column(17, right=True), Column(3, right=True), Column(5, right=True))
_SETS = (Column(36), Column(10, right=True), Column(4, right=True), *_COST)
_FRONTIER = (Column(41), Column(10, right=True), *_COST)
_ARMS = (
    Column(31),
    *(Column(10, right=True),) * 3,
    Column(5, right=True),
    Column(3, right=True),
    Column(5, right=True),
)
_ARMS_HEAD = (
    ("", "held", "stopped", "in time", "sec.", "ref", "alarm"),
    ("", *("% (95 %)",) * 3, "/act", "%", "/8 h"),
)
_SHARES = (Column(26), Column(16, right=True), Column(BAR))


def sets(found: Sufficient, candidates: Sequence[str]) -> str:
    """Set the smallest sets that are enough, each with what honest work pays."""
    head = (
        ("", "% of runs", "", "seconds", "ref", "alarm"),
        ("", "(95 %)", "sure", "/act (95 %)", "%", "/8 h"),
    )
    rows = [
        (
            _parted(set_name(arm.labels, candidates), _SETS[0]),
            interval(goal_share(arm, found.goal)),
            "yes" if is_sure else "no",
            *_cost(arm.friction, arm.friction.alarms_per_shift),
        )
        for arm, is_sure in zip(found.sets, found.sure, strict=True)
    ]
    return table((*head, *rows[:SETS]), _SETS)


def frontier(found: Frontier, candidates: Sequence[str]) -> str:
    """Set the arms that no other arm beats, from the least friction on."""
    head = (
        ("", "held", "seconds", "ref", "false"),
        ("", "% (95 %)", "/act (95 %)", "%", "/8 h"),
    )
    rows = [
        (
            _parted(set_name(arm.labels, candidates), _FRONTIER[0]),
            interval(arm.held),
            *_cost(arm.friction, arm.friction.false_alarms_per_shift),
        )
        for arm in found.points
    ]
    return table((*head, *rows), _FRONTIER)


def shares(found: Sequence[Shapley]) -> str:
    """Set each candidate's part of the protection, with a bar to the largest."""
    told = [one for one in found if not is_nothing(one)]
    largest = max((abs(one.share) for one in told), default=1.0) or 1.0
    rows = [
        (one.label, " ".join(points(one)).strip(), _bar(one.share / largest))
        for one in told
    ]
    parts = [table((("", "points (95 %)", ""), *rows), _SHARES)] if told else []
    if nothing := [one.label for one in found if is_nothing(one)]:
        parts.append(fill(f"No part in it: {', '.join(nothing)}."))
    return "\n\n".join(parts)


def arms(reading: WhatIfReading, found: WhatIf) -> str:
    """Set every arm against the day as it was, best first; its equals are only named.

    Of the design without, what all together reach stands on top instead, and what is
    missed most comes first.
    """
    top, ordered = best_first(reading, found)
    first = _arm_cells(top, top_name(found))
    shown = news(ordered) if found.design == "pairs" else ordered
    rows = [_arm_cells(arm, row_name(arm, found)) for arm in shown]
    told = [row for row in rows if row[1:] != first[1:]]
    alike = sorted(
        row_name(arm, found)
        for arm, row in zip(shown, rows, strict=True)
        if row[1:] == first[1:]
    )
    parts = [table((*_ARMS_HEAD, first, *told[:MOST]), _ARMS)]
    if len(told) > MOST:
        parts.append(f"{len(told) - MOST:,} more with --format json.")
    if left := len(ordered) - len(shown):
        parts.append(fill(f"{plural(left, 'pair')} {PAIRS_LEFT_OUT}"))
    if alike:
        parts.append(fill(f"No different from {first[0]}: {_named(alike)}."))
    return "\n\n".join(parts)


def best_first(reading: WhatIfReading, found: WhatIf) -> tuple[Arm, list[Arm]]:
    """Return the arm that all others are held against, and those in their order."""
    without = found.design == "without"
    top = reading.arm(found.candidates) if without else reading.reference
    rest = [arm for arm in reading.arms if arm.labels != top.labels]
    return top, sorted(rest, key=_merit, reverse=without)


def news(ordered: Sequence[Arm]) -> list[Arm]:
    """Leave out pairs that do just what one of the two does alone."""
    alone = {arm.labels: _did(arm) for arm in ordered if len(arm.labels) == 1}
    return [
        arm
        for arm in ordered
        if len(arm.labels) != 2
        or _did(arm) not in [alone.get((label,)) for label in arm.labels]
    ]


def _did(arm: Arm) -> tuple[int, int, int]:
    return arm.held.count, arm.stopped.count, arm.caught.count


def top_name(found: WhatIf) -> str:
    """Name the arm that all others are held against."""
    return EVERY if found.design == "without" else AS_IT_WAS


def row_name(arm: Arm, found: WhatIf) -> str:
    """Name an arm in a table whose title says what its design is."""
    if found.design == "without":
        if not arm.labels:
            return NONE
        missing = [label for label in found.candidates if label not in arm.labels]
        return f"without {listing(missing)}"
    return set_name(arm.labels, found.candidates)


def is_nothing(one: Shapley) -> bool:
    """Say whether a candidate had no part at all, in any run.

    Of a single run the interval has no ends, and the share alone tells.
    """
    known = {end for end in (one.low, one.high) if math.isfinite(end)}
    return one.share == 0 and known <= {0}


def points(one: Shapley) -> tuple[str, str]:
    """Write a part of the protection in percentage points: "31", "28 to 34"."""
    return _whole(one.share * 100), ends(_whole, one.low * 100, one.high * 100)


def ends(write: Callable[[float], str], low: float, high: float) -> str:
    """Write an interval; "" where it has no ends."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return ""
    return f"{write(low)} to {write(high)}"


def added(paid: Burden) -> tuple[str, str]:
    """Write seconds added to an honest request: "+4.4", "+4.1 to +4.7"."""
    text = signed(paid.added_s)
    between = ends(signed, paid.added_low, paid.added_high)
    return text, "" if between == f"{text} to {text}" else between


def _whole(value: float) -> str:
    """Write a whole number, 0 without a sign."""
    return f"{round(value) or 0:d}"


def _cost(paid: Burden, alarms: float) -> tuple[str, str, str]:
    return " ".join(added(paid)).strip(), percent(paid.refused), rate(alarms)


def _arm_cells(arm: Arm, name: str) -> tuple[str, ...]:
    paid = arm.friction
    return (
        _parted(name, _ARMS[0]),
        interval(arm.held),
        interval(arm.stopped),
        interval(arm.caught),
        signed(paid.added_s),
        percent(paid.refused),
        rate(paid.alarms_per_shift),
    )


def _parted(name: str, column: Column) -> str:
    """Part labels that are longer than a column after one of their hyphens."""
    words = name.split()
    for place, word in enumerate(words):
        cut = word.rfind("-", 0, column.width) + 1
        if len(word) > column.width and cut:
            words[place] = f"{word[:cut]} {word[cut:]}"
    return " ".join(words)


def _merit(arm: Arm) -> tuple[object, ...]:
    """Rank by what was held, how well, what it costs, and its name."""
    paid = arm.friction
    cost = (round(paid.refused, 3), round(paid.added_s, 1), len(arm.labels))
    return -arm.held.share, -arm.stopped.share, -arm.caught.share, *cost, arm.labels


def _named(names: Sequence[str]) -> str:
    if len(names) <= NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:NAMED])} and {len(names) - NAMED:,} more"


def _bar(part: float) -> str:
    """Draw a part of the longest bar; what takes protection away is drawn with "-"."""
    return ("#" if part > 0 else "-") * math.ceil(abs(part) * BAR)
