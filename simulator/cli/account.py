"""What became of an organisation's lists, told in 80 columns."""

import math
from collections.abc import Iterable, Iterator
from pathlib import Path

from simulator.errors import Problem
from simulator.exchange.dates import write_day
from simulator.exchange.delays import Removal
from simulator.exchange.drafting import Draft
from simulator.exchange.ledger import Ledger
from simulator.exchange.lists import Lists
from simulator.report.layout import Column, fill, heading, table
from simulator.report.words import listing, plural, short
from simulator.scenario.scenario import Scenario

SHOWN_MAX = 12
"""Most broken rows, or lines of a kind, that are shown of one list."""

_ROWS = (
    Column(40),
    Column(10, right=True),
    Column(10, right=True),
    Column(10, right=True),
)
_FITS = (
    Column(14),
    Column(10),
    *(Column(width, right=True) for width in (6, 5, 5, 5, 5, 5, 5)),
    Column(11),
)


def found(lists: Lists) -> str:
    """Say how the lists were read, and what became of their rows."""
    parts = [heading("Your lists"), *_columns(lists), "", _rows(lists)]
    for ledger in lists.ledgers:
        parts += _aside(ledger)
    for ledger in lists.ledgers:
        parts += _notes(ledger)
    return "\n".join(parts) + "\n"


def _columns(lists: Lists) -> Iterator[str]:
    for reader in lists.readers:
        one = reader.table
        yield fill(f"{one.name}: {one.form}", hang=4)
        pairs = [(field, one.headings[at]) for field, at in one.columns.items()]
        pairs += [(f"system {name}", one.headings[at]) for name, at in one.wide.items()]
        told = ", ".join(f"{field} = {said!r}" for field, said in pairs)
        yield fill(f"columns: {told}", indent=4, hang=4)
        if one.unread:
            said = ", ".join(map(repr, one.unread))
            yield fill(f"not read: {said}", indent=4, hang=4)
        if reader.order is not None:
            yield fill(f"dates such as 03/04/2024 are {reader.order}", indent=4)
        if one.wide:
            told = "an empty cell of a system means not removed; n/a means no access"
            yield fill(told, indent=4)
    yield fill(f"time zone: {lists.zone[0]}, {lists.zone[1]}", hang=4)
    if lists.as_of is not None:
        day, why = lists.as_of
        yield fill(f"as of: {write_day(day)}, {why}", hang=4)


def _rows(lists: Lists) -> str:
    rows: list[tuple[str, ...]] = [("rows", "read", "used", "set aside")]
    for ledger in lists.ledgers:
        counts = ledger.read, ledger.used, len(ledger.aside)
        rows.append((ledger.file, *(f"{count:,}" for count in counts)))
    return table(rows, _ROWS)


def _aside(ledger: Ledger) -> Iterator[str]:
    """Tell of each row set aside, the broken ones in full, as far as there is room."""
    if not ledger.aside:
        return
    yield f"\n{heading(f'Set aside of {ledger.file}')}"
    broken = sorted((a.problem for a in ledger.aside if a.broken), key=_place)
    for problem in broken[:SHOWN_MAX]:
        yield fill(str(problem), hang=4)
    if len(broken) > SHOWN_MAX:
        rest = broken[SHOWN_MAX:]
        yield f"and {len(rest):,} more; --problems FILE has all of them:"
        yield from _kinds(rest)
    yield from _kinds(a.problem for a in ledger.aside if not a.broken)


def _notes(ledger: Ledger) -> Iterator[str]:
    if ledger.notes:
        yield f"\n{heading(f'Used of {ledger.file}, with something assumed')}"
        yield from _kinds(ledger.notes)


def _kinds(problems: Iterable[Problem]) -> Iterator[str]:
    """Count problems by what is wrong, with the first of their lines."""
    lines: dict[str, list[int]] = {}
    for problem in sorted(problems, key=_place):
        what = problem.what.partition(" (")[0]
        path = f"{problem.path}: " if problem.path else ""
        accepted = f"; {problem.accepted}" if problem.accepted and problem.path else ""
        lines.setdefault(f"{path}{what}{accepted}", []).append(problem.line)
    for what, at in lines.items():
        shown = [str(line) for line in at[:SHOWN_MAX]]
        if len(at) > SHOWN_MAX:
            shown.append(f"{len(at) - SHOWN_MAX:,} more")
        noun = "line" if len(at) == 1 else "lines"
        yield fill(
            f"{plural(len(at), 'row')}: {what} ({noun} {listing(shown)})", hang=4
        )


def _place(problem: Problem) -> tuple[int, int]:
    return problem.line, problem.column


def problems_told(lists: Lists) -> str:
    """Write a line for each row that is set aside, and for each that is assumed of."""
    told = [
        (ledger.file, problem.line, problem.column, f"{what}: {problem}")
        for ledger in lists.ledgers
        for what, problems in (("set aside", ledger.problems), ("used", ledger.notes))
        for problem in problems
    ]
    return "".join(f"{line}\n" for *_, line in sorted(told))


def written(draft: Draft, scenario: Scenario, output: Path | None) -> str:
    """Say what the starter file has, and how well the fits do."""
    parts = []
    if draft.removals:
        parts += [heading("How long access outlives the last day"), _fits(draft), ""]
    crew = draft.crew
    tags = [number.tag for number in scenario.provenance]
    parts.append(heading("The starter"))
    if any(crew.fates.values()):
        fates = [f"{count:,} {what}" for what, count in crew.fates.items() if count]
        parts.append(fill(f"Of the staff list: {listing(fates)}.", hang=2))
    for what, count in crew.merged.items():
        told = f"{what} of {count:,} people are not told apart: there are too many"
        parts.append(fill(f"The {told}."))
    counts = (
        plural(len(crew.teams), "team"),
        plural(len(crew.leavers), "leaver"),
        plural(len(draft.systems), "system"),
        f"{plural(len(tags), 'number')}: {len(tags) - tags.count('A')} from lists",
        f"{tags.count('A')} assumed",
    )
    parts.append(fill(f"{output or 'Written'}: {', '.join(counts)}.", hang=2))
    file = output or "FILE"
    parts.append(f"Next: lastday check {file}")
    parts.append(f"      lastday run {file} --replications 1")
    return "\n".join(parts)


def _fits(draft: Draft) -> str:
    head = (
        "system",
        "who",
        "cases",
        "early",
        "open",
        "half",
        "fit",
        "9in10",
        "fit",
        "",
    )
    told = table([head, *map(_fit, draft.removals)], _FITS)
    legend = (
        "early: removed before the last day was over. open: not removed so far. half, "
        "9in10: when that share was removed, as seen and as fitted; - is not reached, "
        "0s is on the last day. empirical: the times as they are."
    )
    pooled = sorted({r.pooled for r in draft.removals if r.pooled})
    if pooled:
        legend = f"{legend} * few cases, so more were taken together, as the file says."
    return f"{told}\n{fill(legend)}"


def _fit(removal: Removal) -> tuple[str, ...]:
    whom = "+".join(e[:10] for e in removal.employments) or "all"
    pairs = zip(removal.observed, removal.fitted, strict=True)
    times = [_short(seconds) for pair in pairs for seconds in pair]
    return (
        removal.system,
        f"{whom}{'*' * bool(removal.pooled)}",
        str(removal.cases),
        str(removal.early),
        str(removal.fit.going_on),
        *times,
        removal.fit.form,
    )


def _short(seconds: float) -> str:
    return short(None if math.isinf(seconds) else seconds)
