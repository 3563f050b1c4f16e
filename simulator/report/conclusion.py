"""One sentence of conclusion, derived from the numbers and hedged by their intervals.

A control or alert *holds* where the lower end of the 95 % interval of its share of
runs held (stopped, limited or caught) is at least `RELIABLE`. It *helps* where that
lower end lies above the upper end of what was in force alone.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from attrs import frozen

from simulator.experiment.findings import Cost, Findings, Reading, Row
from simulator.report.words import WEIGHT, listing, percent, plural, rate, signed

RELIABLE = 0.9
"""Assumption: a careful person calls reliable what is proven for nine runs in ten."""


class Price(NamedTuple):
    """What honest work pays beyond the day as it was; the first counts most.

    Attributes:
        added_s: Seconds added to one honest action; ``low`` and ``high`` are its ends.
        refused: Share of honest requests refused.
        alarms: Alarms for each analyst shift.
    """

    added_s: float
    refused: float
    alarms: float
    low: float
    high: float


@frozen
class Standing:
    """One candidate over all readings.

    Attributes:
        label: The candidate.
        rows: Its row in each reading, in order.
        usual: What was in force alone, in each reading.
        helps: Whether it is clearly better than what was in force, in every reading.
    """

    label: str
    rows: tuple[Row, ...]
    usual: tuple[Row, ...]
    helps: bool

    @property
    def worst(self) -> Row:
        """The row of the reading in which it held least surely."""
        return min(self.rows, key=lambda row: row.held.low)

    @property
    def holds(self) -> bool:
        """Whether it holds in every reading."""
        return self.worst.held.low >= RELIABLE

    @property
    def stops(self) -> float:
        """How well it holds: 3 for stopped in all runs, 1 for caught in all."""
        return min(
            sum(WEIGHT[v] * found.share for v, found in row.verdicts.items())
            for row in self.rows
        )

    @property
    def price(self) -> Price:
        """What honest work pays in the reading in which it pays most."""
        both = zip(self.rows, self.usual, strict=True)
        return max(_price(row.cost, usual.cost) for row, usual in both)


def conclude(findings: Findings) -> str:
    """Say which single control or alert would have held in every reading, if any."""
    readings = findings.readings
    if not any(reading.baseline.possible for reading in readings):
        return (
            "There was nothing to stop: the scenario has no misuse, or nobody in it "
            "could try one."
        )
    if all(_is_enough(r.baseline) for r in readings):
        return _held_already(readings)
    found = standings(readings)
    helping = [s for s in found if s.helps]
    holding = [s for s in helping if s.holds]
    if holding:
        return _held(holding, readings)
    if helping and helping[0].worst.held.count == helping[0].worst.held.of:
        return _perhaps(helping[0], readings)
    if helping:
        return _came_closest(helping[0], readings)
    return _none(found, readings)


def standings(readings: Sequence[Reading]) -> list[Standing]:
    """Return every candidate that was not in force and is in all readings, best first.

    Best is: holds, holds better, costs less.
    """
    by_label = [_by_label(reading) for reading in readings]
    shared = set.intersection(*(set(rows) for rows in by_label)) if by_label else set()
    usual = tuple(reading.baseline for reading in readings)
    found = []
    for label in sorted(shared):
        rows = tuple(rows[label] for rows in by_label)
        pairs = zip(rows, usual, strict=True)
        helps = all(row.held.low > day.held.high for row, day in pairs)
        found.append(Standing(label, rows, usual, helps))
    return sorted(found, key=_rank)


def _rank(standing: Standing) -> tuple[object, ...]:
    held, price = standing.worst.held.low, standing.price
    if standing.holds:
        return False, -standing.stops, price, -held, standing.label
    return True, -held, price, -standing.stops, standing.label


def _price(cost: Cost, usual: Cost) -> Price:
    """Take the difference, to a tenth of a second, and nothing below zero."""
    return Price(
        max(round(cost.added_s, 1), 0.0),
        max(cost.refused - usual.refused, 0.0),
        max(cost.alarms_per_shift - usual.alarms_per_shift, 0.0),
        cost.added_low,
        cost.added_high,
    )


def _by_label(reading: Reading) -> Mapping[str, Row]:
    return {row.label: row for row in reading.rows if not row.in_force}


def _is_enough(usual: Row) -> bool:
    return usual.held.low >= RELIABLE or usual.held.count == usual.held.of > 0


def _held_already(readings: Sequence[Reading]) -> str:
    worst = min((r.baseline for r in readings), key=lambda row: row.held.low)
    how = _how(worst)
    done = "no harm was done" if how == "stopped" else f"the misuse was {how}"
    return (
        f"What was in force was enough{_everywhere(readings)}: {done} in "
        f"{_share(worst)}."
    )


def _held(holding: Sequence[Standing], readings: Sequence[Reading]) -> str:
    best, *others = holding
    more = f"; {_others(others)}" if others else ""
    return (
        f"On its own, {best.label} would have held{_everywhere(readings)}: the misuse "
        f"was {_how(best.worst)} in {_share(best.worst)}{_worst_note(readings)}, at "
        f"{_cost(best)}{more}."
    )


def _perhaps(best: Standing, readings: Sequence[Reading]) -> str:
    return (
        f"As far as so few runs can tell, {best.label} would have held on its own"
        f"{_everywhere(readings)}: the misuse was {_how(best.worst)} in "
        f"{_share(best.worst)}{_worst_note(readings)}, at {_cost(best)}; more "
        "replications are needed to be sure."
    )


def _came_closest(best: Standing, readings: Sequence[Reading]) -> str:
    return (
        f"No single control or alert held reliably{_everywhere(readings)}; "
        f"{best.label} came closest, as the misuse was {_how(best.worst)} in "
        f"{_share(best.worst)}{_worst_note(readings)}, at {_cost(best)}."
    )


def _none(found: Sequence[Standing], readings: Sequence[Reading]) -> str:
    runs = sum(r.baseline.held.of for r in readings)
    return (
        f"None of the {len(found)} controls and alerts tried was, on its own, clearly "
        f"better than what was in force{_everywhere(readings)}, as far as "
        f"{plural(runs, 'run')} of each can tell."
    )


def _everywhere(readings: Sequence[Reading]) -> str:
    return f" in each of the {len(readings)} readings" if len(readings) > 1 else ""


def _worst_note(readings: Sequence[Reading]) -> str:
    return " of the worst reading" if len(readings) > 1 else ""


def _how(row: Row) -> str:
    """Name the verdicts that make up most of what held: "stopped", "caught"."""
    held = [v for v in ("stopped", "limited", "caught") if row.verdicts[v].count]
    return listing(held, "or") if held else "held"


def _share(row: Row) -> str:
    held = row.held
    low, high = f"{held.low * 100:.0f}", percent(held.high)
    return f"{held.count} of {plural(held.of, 'run')} (95 % interval {low}-{high} %)"


def _cost(standing: Standing) -> str:
    """Name what honest work pays in the dearest reading: delay, refusals, alarms."""
    price, paid = standing.price, []
    if price.added_s:
        interval = f"{signed(price.low)} to {signed(price.high)}"
        added = f"{signed(price.added_s)} s ({interval})"
        paid.append(f"{added} for each honest privileged action")
    if price.refused:
        more = rate(price.refused * 100)
        paid.append(f"{more} more of every 100 honest requests refused")
    if price.alarms:
        paid.append(f"{rate(price.alarms)} more alarms for each analyst shift")
    return listing(paid) if paid else "no cost to honest work that these runs show"


def _others(others: Sequence[Standing]) -> str:
    named = [s.label for s in others[:4]]
    if len(others) > len(named):
        named.append(f"{len(others) - len(named)} more")
    return f"{listing(named)} would have held as well"
