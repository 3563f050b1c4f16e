"""One sentence of conclusion, derived from the numbers and hedged by their intervals.

A control or alert *holds* where the lower end of the 95 % interval of its share of
runs held (stopped, limited or caught) is at least `RELIABLE`. It *helps* where that
lower end lies above the upper end of what was in force alone.
"""

from collections.abc import Mapping, Sequence

from attrs import frozen

from simulator.experiment.findings import Cost, Findings, Reading, Row
from simulator.report.words import WEIGHT, listing, percent, plural, rate, signed

RELIABLE = 0.9
"""Assumption: a careful person calls reliable what is proven for nine runs in ten."""


@frozen
class Standing:
    """One candidate over all readings.

    Attributes:
        label: The candidate.
        rows: Its row in each reading, in order.
        helps: Whether it is clearly better than what was in force, in every reading.
    """

    label: str
    rows: tuple[Row, ...]
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
    def cost(self) -> float:
        """Largest friction over the readings: seconds added to one honest action."""
        return max(row.cost.added_s for row in self.rows)


def conclude(findings: Findings) -> str:
    """Say which single control or alert would have held in every reading, if any."""
    readings = findings.readings
    if all(r.baseline.held.low >= RELIABLE for r in readings):
        return _held_already(readings)
    found = standings(readings)
    helping = [s for s in found if s.helps]
    holding = [s for s in helping if s.holds]
    if holding:
        return _held(holding, readings)
    if helping:
        return _came_closest(helping[0], readings)
    return _none(found, readings)


def standings(readings: Sequence[Reading]) -> list[Standing]:
    """Return every candidate that was not in force and is in all readings, best first.

    Best is: holds, holds better, costs less.
    """
    by_label = [_by_label(reading) for reading in readings]
    shared = set.intersection(*(set(rows) for rows in by_label)) if by_label else set()
    found = []
    for label in sorted(shared):
        rows = tuple(rows[label] for rows in by_label)
        pairs = zip(rows, readings, strict=True)
        helps = all(row.held.low > r.baseline.held.high for row, r in pairs)
        found.append(Standing(label, rows, helps))
    return sorted(found, key=_rank)


def _rank(standing: Standing) -> tuple[bool, float, float, float, str]:
    held = standing.worst.held.low
    if standing.holds:
        return False, -standing.stops, standing.cost, -held, standing.label
    return True, -held, standing.cost, -standing.stops, standing.label


def _by_label(reading: Reading) -> Mapping[str, Row]:
    return {row.label: row for row in reading.rows if not row.in_force}


def _held_already(readings: Sequence[Reading]) -> str:
    worst = min((r.baseline for r in readings), key=lambda row: row.held.low)
    return (
        f"What was in force was enough{_everywhere(readings)}: the misuse was "
        f"{_how(worst)} in {_share(worst)}."
    )


def _held(holding: Sequence[Standing], readings: Sequence[Reading]) -> str:
    best, *others = holding
    more = f"; {_others(others)}" if others else ""
    return (
        f"On its own, {best.label} would have held{_everywhere(readings)}: the misuse "
        f"was {_how(best.worst)} in {_share(best.worst)}{_worst_note(readings)}, at "
        f"{_cost(best)}{more}."
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
    row = max(standing.rows, key=lambda row: row.cost.added_s)
    cost = row.cost
    interval = f"{signed(cost.added_low)} to {signed(cost.added_high)}"
    return (
        f"{signed(cost.added_s)} s for each honest privileged action ({interval}) and "
        f"{_alarms(cost)} for each analyst shift"
    )


def _alarms(cost: Cost) -> str:
    return (
        f"{rate(cost.alarms_per_shift)} alarms" if cost.alarms_per_shift else "no alarm"
    )


def _others(others: Sequence[Standing]) -> str:
    named = [s.label for s in others[:4]]
    if len(others) > len(named):
        named.append(f"{len(others) - len(named)} more")
    return f"{listing(named)} would have held as well"
