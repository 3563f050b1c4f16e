"""The answer of a what-if in a few sentences, for all its readings together."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from attrs import frozen

from simulator.errors import LastdayError
from simulator.experiment.findings import Estimate
from simulator.experiment.whatif.findings import (
    Goal,
    Sufficient,
    WhatIf,
    WhatIfReading,
)
from simulator.report.whatif_words import (
    aim,
    between,
    does,
    goal_share,
    labels_of,
    price,
    set_name,
    the_same,
)
from simulator.report.words import listing, percent

_FOUND = "Smallest sets that {aim}{worst}: {sets}."
_FOUND_ALONE = "Alone, each of these would {aim}{worst}: {sets}."
_NONE = "No set that was played is known to {aim}."
_NONE_ALONE = "None of them would, alone, {aim}."
_IN_SHORT = 5
"""Sets named in the first sentences; the tables have all."""
_TRIED = 2_000
"""Unions of sets that are looked at, the smallest first."""


def in_short(found: WhatIf) -> Iterator[str]:
    """Answer the question, goal by goal, for all readings together."""
    answer = _needed if found.design == "without" else _enough
    told = set[tuple[tuple[str, ...], ...]]()
    for number, goal in enumerate(found.readings[0].sufficient):
        enough = enough_everywhere(found.readings, number)
        if enough in told and answer is _enough:
            yield the_same(goal, _everywhere(found))
        else:
            yield answer(found, number)
        told |= {enough} if enough else set()


def enough_everywhere(
    readings: Sequence[WhatIfReading], number: int
) -> tuple[tuple[str, ...], ...]:
    """Return the smallest sets that are enough for a goal in every reading.

    Args:
        readings: All readings of a what-if.
        number: The position of the goal among their `Sufficient`.
    """
    goals = [reading.sufficient[number] for reading in readings]
    # What is enough everywhere holds a set that is enough in each reading: so it is
    # looked for among the unions of one such set from each.
    unions = {frozenset[str]().union(*some) for some in product(*map(labels_of, goals))}
    found: list[frozenset[str]] = []
    for union in sorted(unions, key=lambda one: (len(one), sorted(one)))[:_TRIED]:
        smaller = any(other <= union for other in found)
        if not smaller and _is_enough(union, readings, goals):
            found.append(union)
    known = {frozenset(labels): n for n, labels in enumerate(labels_of(goals[0]))}
    in_order = sorted(found, key=lambda one: (len(one), known.get(one, len(known))))
    return tuple(tuple(sorted(labels)) for labels in in_order)


@frozen
class Watched:
    """The answer of which it is worth knowing what moves it.

    Attributes:
        labels: The candidates that are on.
        switched: Those whose state differs from what is in force.
        measure: What is watched, a name of `simulator.experiment.watched.MEASURES`.
        chosen: The reading, as (axis, option).
    """

    labels: tuple[str, ...]
    switched: tuple[str, ...]
    measure: str
    chosen: tuple[tuple[str, str], ...]


def worth_moving(found: WhatIf) -> Watched:
    """Choose the first set that is enough in every reading, where it does worst.

    Looked for is first what stops it, then what stops it or catches it in time. Where
    no set is enough, it is the listed one that comes closest; of the design without,
    all of them together.
    """
    goals = [goal.goal for goal in found.readings[0].sufficient]
    goal: Goal = "held"
    labels = _closest_labels(found, goal)
    for number in reversed(range(len(goals))):
        if enough := enough_everywhere(found.readings, number):
            labels, goal = enough[0], goals[number]
    if found.design == "without":
        labels = found.candidates
    reading = min(
        found.readings,
        key=lambda one: goal_share(one.arm(labels), goal).share,
    )
    switched = set(labels) ^ set(reading.reference.labels)
    return Watched(
        labels=labels,
        switched=tuple(sorted(switched)),
        measure="stopped" if goal == "stopped" else "held",
        chosen=reading.chosen,
    )


def _is_enough(
    labels: Iterable[str],
    readings: Iterable[WhatIfReading],
    goals: Iterable[Sufficient],
) -> bool:
    """Say whether a set was played, and is enough in every reading."""
    try:
        return all(
            goal_share(reading.arm(labels), goal.goal).share >= goal.at_least
            for reading, goal in zip(readings, goals, strict=True)
        )
    except LastdayError:
        # Of designs other than the lattice, most sets were not played.
        return False


def _enough(found: WhatIf, number: int) -> str:
    """Say which sets are enough, in every reading if there are several."""
    goal = found.readings[0].sufficient[number]
    does_it = f"{aim(goal)}{_everywhere(found)}"
    enough = enough_everywhere(found.readings, number)
    alone = found.design == "alone"
    if not enough:
        none = (_NONE_ALONE if alone else _NONE).format(aim=does_it)
        return f"{none} {_closest(found, goal.goal)}"
    if enough == ((),):
        return f"No candidate is needed to {does_it}."
    told = [_told(found, labels, goal.goal) for labels in enough[:_IN_SHORT]]
    if left := len(enough) - len(told):
        told.append(f"{left} more, see below")
    form = _FOUND_ALONE if alone else _FOUND
    unsure = [
        set_name(labels, found.candidates)
        for labels in enough[:_IN_SHORT]
        if _worst(found, labels, goal.goal).low < goal.at_least
    ]
    worst = ", told for the worst" if len(found.readings) > 1 else ""
    answer = form.format(aim=does_it, worst=worst, sets="; ".join(told))
    return " ".join(filter(None, (answer, _doubt(unsure, of=len(enough[:_IN_SHORT])))))


def _doubt(unsure: Sequence[str], *, of: int) -> str:
    """Say of which sets more runs are needed to be sure; "" if of none."""
    if not unsure:
        return ""
    if len(unsure) == of:
        return "More replications are needed to be sure of that."
    return f"More replications are needed to be sure of {listing(unsure)}."


def _needed(found: WhatIf, number: int) -> str:
    """Say what all of them together reach, and which of them that needs."""
    goal = found.readings[0].sufficient[number]
    reached = _worst(found, found.candidates, goal.goal)
    told = f"All of them {does(goal)} in {between(reached)} of the runs"
    told += " of the worst reading." if len(found.readings) > 1 else "."
    least = f"{percent(goal.at_least)} %"
    if reached.share < goal.at_least:
        return f"{told} That is less than {least}."
    missed = []
    for label in found.candidates:
        rest = tuple(other for other in found.candidates if other != label)
        without = _worst(found, rest, goal.goal)
        if without.share < goal.at_least:
            missed.append((without.share, f"{label} ({between(without)} without it)"))
    if not missed:
        return f"{told} Any one of them can be left out, and it is still {least}."
    return f"{told} To reach {least} needs {listing(s for _, s in sorted(missed))}."


def _told(found: WhatIf, labels: Sequence[str], goal: Goal) -> str:
    """Name a set with how often it reaches a goal where it does least, and its price.

    The price is that of the reading in which honest work pays most.
    """
    share = between(_worst(found, labels, goal)).replace(" (", ", ").rstrip(")")
    paid = max(
        (reading.arm(labels).friction for reading in found.readings),
        key=lambda burden: (burden.refused, burden.added_s, burden.alarms_per_shift),
    )
    return f"{set_name(labels, found.candidates)} ({share}; {price(paid)})"


def _worst(found: WhatIf, labels: Sequence[str], goal: Goal) -> Estimate:
    """Return how often a set reaches a goal, in the reading where it does least."""
    return min(
        (goal_share(reading.arm(labels), goal) for reading in found.readings),
        key=lambda share: (share.share, share.low),
    )


def _closest(found: WhatIf, goal: Goal) -> str:
    """Name the listed set that comes closest where it does worst."""
    best = _closest_labels(found, goal)
    if not _worst(found, best, goal).count:
        return "None came anywhere near."
    worst = " in the worst reading" if len(found.readings) > 1 else ""
    return f"The closest of those listed{worst}: {_told(found, best, goal)}."


def _closest_labels(found: WhatIf, goal: Goal) -> tuple[str, ...]:
    known = [{arm.labels for arm in reading.arms} for reading in found.readings]
    smallest_first = sorted(set.intersection(*known), key=lambda one: (len(one), one))
    return max(smallest_first, key=lambda one: _worst(found, one, goal).share)


def _everywhere(found: WhatIf) -> str:
    n = len(found.readings)
    return f" in each of the {n} readings" if n > 1 else ""
