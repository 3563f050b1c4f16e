"""The wide tables of a reading, for Markdown: verdicts and times, costs, reasons."""

from collections.abc import Sequence

from simulator.experiment.findings import Cost, Estimate, Row
from simulator.outcome.outcome import VERDICTS
from simulator.report.pipes import pipe_table
from simulator.report.tables import AS_IT_WAS
from simulator.report.words import percent, rate, span, spread


def verdicts(rows: Sequence[Row]) -> str:
    """Write shares with their intervals, and times with theirs."""
    head = ("", "shelf", "held", *VERDICTS, "detect", "first notice", "restore")
    body = [
        (
            name(row),
            row.shelf,
            *map(_share, (row.held, *(row.verdicts[v] for v in VERDICTS))),
            *(spread(found, "") for found in (row.detect, row.notice, row.restore)),
        )
        for row in rows
    ]
    return pipe_table(head, body)


def costs(rows: Sequence[Row]) -> str:
    """Write what honest work paid."""
    head = (
        "",
        "seconds added to an action (95 %)",
        "refused %",
        "approvals a day",
        "wait of a ticket",
        "alarms a shift",
        "false %",
        "wait of an alarm",
        "slips caught %",
    )
    return pipe_table(head, [(name(row), *_cost(row.cost)) for row in rows])


def reasons_given(rows: Sequence[Row]) -> str:
    """Write what did it first, how often the row spoke, and its commonest reason."""
    head = ("", "did it first (runs)", "spoke in runs", "commonest reason (times)")
    body = [
        (name(row), _counted(row.did_it), str(row.fired), _top(row)) for row in rows
    ]
    return pipe_table(head, body)


def name(row: Row) -> str:
    """Name a row, marking what was in force."""
    if not row.label:
        return AS_IT_WAS
    return f"`{row.label}`{' *' if row.in_force else ''}"


def _share(found: Estimate) -> str:
    return f"{percent(found.share)} ({found.low * 100:.0f} to {found.high * 100:.0f})"


def _cost(cost: Cost) -> tuple[str, ...]:
    return (
        f"{cost.added_s:+.1f} ({cost.added_low:+.1f} to {cost.added_high:+.1f})",
        percent(cost.refused),
        rate(cost.approvals_per_day),
        span(cost.queue_wait_s),
        rate(cost.alarms_per_shift),
        _maybe_share(cost.false_share),
        "-" if cost.alarm_wait_s is None else span(cost.alarm_wait_s),
        _maybe_share(cost.slips_caught),
    )


def _maybe_share(share: float | None) -> str:
    return "-" if share is None else percent(share)


def _counted(labels: Sequence[tuple[str, int]]) -> str:
    told = [f"`{label}` {count}" for label, count in labels if label]
    return ", ".join(told) or "nothing"


def _top(row: Row) -> str:
    if not row.why:
        return "-"
    why, count = row.why[0]
    return f"{why} ({count})"
