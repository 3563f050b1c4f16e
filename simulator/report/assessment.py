"""An assessment in plain text, 80 columns: matrix, who notices, gaps and remedies."""

from collections.abc import Iterable, Sequence

from simulator.experiment.assessed import ActorAccess, Assessment, IncidentRow, Remedy
from simulator.outcome.outcome import VERDICTS
from simulator.report import assessment_words as words
from simulator.report.layout import (
    Column,
    clipped,
    entry,
    fill,
    heading,
    table,
)
from simulator.report.words import interval, percent, signed, typical

_NAME = 31
_MATRIX = (
    Column(_NAME),
    Column(10, right=True),
    *(Column(len(verdict), right=True) for verdict in VERDICTS),
)
_TIMES = (
    Column(_NAME),
    Column(26),
    Column(6, right=True),
    Column(7, right=True),
    Column(6, right=True),
)
_LABELS = 50
_COLUMNS = (
    "first to notice: who most often did; in brackets what held it where nobody "
    "noticed. ref: honest requests refused, in %; sec./act: seconds added to one "
    "honest request; alarm/8 h: alarms for each analyst shift; all beyond what is in "
    "force. resid.: residual access."
)
_GAPS = (
    Column(_LABELS),
    Column(10, right=True),
    Column(5, right=True),
    Column(5, right=True),
    Column(6, right=True),
)


def assessment_text(assessment: Assessment) -> str:
    """Write the whole assessment, with a final line break."""
    parts = [
        *_opening(assessment),
        *_matrix(assessment),
        *_times(assessment.possible),
        *_depending(assessment.possible),
        *_impossible(assessment.impossible),
        *_gaps(assessment),
        "\n".join(map(fill, (*words.legend(assessment), _COLUMNS))),
        f"{heading('In short')}\n\n{fill(words.conclude(assessment))}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _opening(assessment: Assessment) -> Iterable[str]:
    yield heading(f"{assessment.title}: what could happen here?", "=")
    yield fill(words.asked(assessment))
    yield fill(words.cut_short(assessment))


def _matrix(assessment: Assessment) -> Iterable[str]:
    if not assessment.possible:
        return
    yield heading("How each incident would end, in % of the runs")
    head = ("incident", "held, 95 %", *VERDICTS)
    gaps = [row for row in assessment.possible if row.gap]
    fine = [row for row in assessment.possible if not row.gap]
    least = percent(assessment.gap_under)
    body: list[Sequence[str]] = [head]
    for title, rows in ((f"GAPS, under {least} %", gaps), ("HELD", fine)):
        if rows and gaps and fine:
            body += [("",) * 7, (title, *("",) * 6)]
        body += [_shares(row) for row in words.ranked(rows)]
    yield table(body, _MATRIX)


def _shares(row: IncidentRow) -> Sequence[str]:
    shares = (percent(row.verdicts[verdict].share) for verdict in VERDICTS)
    return clipped(row.name, _NAME), interval(row.held), *shares


def _times(rows: Sequence[IncidentRow]) -> Iterable[str]:
    if not rows:
        return
    yield heading("Who would notice first, and how long it would take")
    head = ("incident", "first to notice, in %", "detect", "restore", "resid.")
    body = [
        (
            clipped(row.name, _NAME),
            _first(row),
            typical(row.detect),
            typical(row.restore),
            residual(row.residual),
        )
        for row in words.ranked(rows)
    ]
    yield table((head, *body), _TIMES)


def _first(row: IncidentRow) -> str:
    """Name who most often noticed first, or what stopped it unnoticed."""
    if row.noticed_by:
        first = row.noticed_by[0]
        return f"{clipped(first.label, 22)} {percent(first.runs / row.held.of)}"
    return f"({clipped(row.done_by[0].label, 24)})" if row.done_by else "nobody"


def residual(access: ActorAccess) -> str:
    """Write how long access was left, in a narrow column."""
    if not access.leavers:
        return "-"
    if not access.left.count:
        return "none"
    if 2 * access.beyond.count >= access.leavers:
        return "open"
    return typical(access.lasted)


def _depending(rows: Sequence[IncidentRow]) -> Iterable[str]:
    lines = [
        fill(
            f"{row.name}, {axis}: "
            + ", ".join(f"{a.option} {percent(a.held.share)} %" for a in answers),
            indent=2,
            hang=2,
        )
        for row in words.ranked(rows)
        for axis, answers in words.depending(row)
    ]
    if lines:
        yield heading("Where it depends on the answer to an open question")
        yield "\n".join(["Share of the runs held:", *lines])


def _impossible(rows: Sequence[IncidentRow]) -> Iterable[str]:
    if rows:
        yield heading("Not possible here")
        yield "\n".join(
            entry(row.name, words.reason(row), term_width=_NAME) for row in rows
        )


def _gaps(assessment: Assessment) -> Iterable[str]:
    if not assessment.gaps:
        return
    yield heading("Gaps, and the cheapest that closes each")
    body: list[Sequence[str]] = [
        ("", "held", "ref", "sec.", "alarm"),
        ("", "%, 95 %", "%", "/act", "/8 h"),
    ]
    for row in words.ranked(assessment.gaps):
        body.append((clipped(row.name, _LABELS), interval(row.held), "", "", ""))
        body += _closing(row)
    yield table(body, _GAPS)


def _closing(row: IncidentRow) -> Iterable[Sequence[str]]:
    gap = row.gap
    if gap is None:
        return
    for remedy in gap.remedies:
        yield from _remedy(remedy)
    if gap.closest is not None:
        yield "  no one or two close it; the closest:", *("",) * 4
        yield from _remedy(gap.closest)
    elif not gap.remedies:
        yield "  nothing in the catalogue helps", *("",) * 4


def _remedy(remedy: Remedy) -> Iterable[Sequence[str]]:
    """Set a remedy on one line, or a pair with long labels on two."""
    friction = remedy.friction
    fits = len(remedy.name) + 4 <= _LABELS
    first, *others = [remedy.name] if fits else remedy.labels
    yield (
        clipped(f"  + {first}", _LABELS),
        interval(remedy.held),
        signed(friction.refused * 100),
        signed(friction.added_s),
        signed(friction.alarms_per_shift),
    )
    for other in others:
        yield clipped(f"    with {other}", _LABELS), *("",) * 4
