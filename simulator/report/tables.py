"""The tables of an experiment's findings, in 80 columns of plain text.

verdicts   one reading: every control and alert, best first
replayed   documented against simulated values, over all readings
by_option  share held for each option of a swept question, where it differs
"""

from collections.abc import Iterable, Sequence

from simulator.experiment.findings import Findings, Reading, Row, TargetCheck
from simulator.report.layout import WIDTH, Column, clipped, fill, table
from simulator.report.words import (
    MEANING,
    WEIGHT,
    interval,
    is_count,
    percent,
    plural,
    quantity,
    rate,
    short,
    signed,
    typical,
)

LABEL = 22
AS_IT_WAS = "as it was"

_SHORT = ("lim", "cau", "not", "mis")
_SHARE = Column(3, right=True)
_VERDICTS = (
    Column(LABEL),
    Column(10, right=True),
    *(_SHARE,) * 4,
    Column(6, right=True),
    Column(7, right=True),
    Column(5, right=True),
    _SHARE,
    Column(5, right=True),
)
_HEAD = (
    ("", "stopped", *_SHORT, "detect", "restore", "sec.", "ref", "alarm"),
    ("", "% (95 %)", *("%",) * 4, "median", "median", "/act", "%", "/8 h"),
)
_REPLAYED = (
    Column(19),
    Column(17),
    Column(12, right=True),
    Column(11, right=True),
    Column(10),
    Column(6),
)


def ranked(rows: Iterable[Row]) -> list[Row]:
    """Sort best first: share held, how well it held, friction, label."""
    return sorted(rows, key=lambda row: (*_merit(row), row.cost.added_s, row.label))


def name(row: Row, width: int) -> str:
    """Name a row in so many characters, with a star for what was in force."""
    if not row.label:
        return AS_IT_WAS
    if row.in_force:
        return f"{clipped(row.label, width - 1)}*"
    return clipped(row.label, width)


def verdicts(reading: Reading) -> str:
    """Set the table of one reading, the day as it was on top.

    Rows that show nothing but what was in force shows are only named below it.
    """
    as_it_was = _verdict_cells(reading.baseline)
    rows = [(row, _verdict_cells(row)) for row in ranked(reading.rows)]
    told = [cells for _, cells in rows if cells[1:] != as_it_was[1:]]
    alike = [row.label for row, cells in rows if cells[1:] == as_it_was[1:]]
    parts = [table((*_HEAD, as_it_was, *told), _VERDICTS)]
    if alike:
        parts.append(fill(f"No different from as it was: {', '.join(alike)}."))
    return "\n\n".join(parts)


def legend(findings: Findings) -> tuple[str, ...]:
    """Say what the columns of `verdicts` mean."""
    meanings = "; ".join(f"{verdict}: {text}" for verdict, text in MEANING.items())
    return (
        f"Each row adds one control or alert to the day as it was; "
        f"{plural(findings.finished, 'run')} for each row and reading, the same chance "
        "in all rows. Shares are in % of the runs, with a 95 % interval for stopped; "
        "lim, cau, not, mis: limited, caught, noticed, missed.",
        f"{meanings[:1].upper()}{meanings[1:]}.",
        "detect and restore: time from the effect until a signal from inside is "
        "confirmed, and until all is back; s, m, h, d: seconds to days; in brackets "
        "where under half of the runs got there, - where none did.",
        "sec./act: seconds added to one honest privileged action, beyond what was in "
        "force; ref: honest requests refused, in %; alarm/8 h: signals from inside for "
        "each analyst shift of 8 hours.",
    )


def footnote(findings: Findings) -> str:
    """Explain the mark of what was in force; "" if nothing is marked."""
    marked = any(row.in_force for reading in findings.readings for row in reading.rows)
    if not marked:
        return ""
    return "* was in force; its row shows the day without it."


def replayed(readings: Sequence[Reading]) -> str:
    """Hold documented against simulated values; readings that agree share a row."""
    head = ("target", "documented", "median", "5 to 95 %", "basis", "")
    checks: dict[str, list[tuple[Reading, TargetCheck]]] = {}
    for reading in readings:
        for check in reading.targets:
            checks.setdefault(check.name, []).append((reading, check))
    rows = [row for group in checks.values() for row in _target_rows(group)]
    return table((head, *rows), _REPLAYED)


def by_option(reading: Reading) -> str:
    """Set the share held by option of each swept question, where options differ."""
    blocks = []
    for axis in dict.fromkeys(axis for axis, _ in reading.baseline.by_option):
        options = [o for a, o in reading.baseline.by_option if a == axis]
        rows = [
            (name(row, LABEL), *_held(row, axis, options))
            for row in (reading.baseline, *ranked(reading.rows))
            if _differs(row, axis, options)
        ]
        if rows:
            width = min((WIDTH - LABEL) // len(options) - 1, 10)
            columns = (Column(LABEL), *(Column(width, right=True),) * len(options))
            head = (clipped(f"held, % by {axis}", LABEL), *options)
            blocks.append(table((head, *rows), columns))
    return "\n\n".join(blocks)


def _merit(row: Row) -> tuple[float, float]:
    weighed = sum(WEIGHT[v] * found.share for v, found in row.verdicts.items())
    return -row.held.share, -weighed


def _verdict_cells(row: Row) -> tuple[str, ...]:
    rest = (row.verdicts[v].share for v in ("limited", "caught", "noticed", "missed"))
    return (
        name(row, LABEL),
        interval(row.verdicts["stopped"]),
        *map(percent, rest),
        typical(row.detect),
        typical(row.restore),
        signed(row.cost.added_s),
        percent(row.cost.refused),
        rate(row.cost.alarms_per_shift),
    )


def _target_rows(
    group: Sequence[tuple[Reading, TargetCheck]],
) -> list[tuple[str, ...]]:
    first, ranges = group[0][1], {check.documented for _, check in group}
    if len(ranges) == 1 and all(c.simulated == first.simulated for _, c in group):
        return [(first.name, first.documented, *_simulated(first))]
    shared = first.documented if len(ranges) == 1 else ""
    rows: list[tuple[str, ...]] = [(first.name, shared, *("",) * 4)]
    for reading, check in group:
        name = ", ".join(option for _, option in reading.chosen)
        own = "" if shared else check.documented
        rows.append((f"  {name}", own, *_simulated(check)))
    return rows


def _simulated(check: TargetCheck) -> tuple[str, str, str, str]:
    found, metric = check.simulated, check.metric
    return (
        quantity(found.median, metric),
        _range(found.low, found.high, metric),
        check.basis,
        "met" if check.met else "MISSED",
    )


def _range(low: float | None, high: float | None, metric: str) -> str:
    if low is None or high is None:
        return ""
    if low == high:
        return "always"
    write = "{:g}".format if is_count(metric) else short
    return f"{write(low)}-{write(high)}"


def _held(row: Row, axis: str, options: Sequence[str]) -> list[str]:
    return [percent(row.by_option[axis, option].share) for option in options]


def _differs(row: Row, axis: str, options: Sequence[str]) -> bool:
    """Say whether the intervals of two options do not overlap."""
    found = [row.by_option[axis, option] for option in options]
    return max(f.low for f in found) > min(f.high for f in found)
