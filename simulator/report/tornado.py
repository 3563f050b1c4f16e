"""Which assumptions move the answer: a tornado table, for terminals and as a document.

bar   from the lowest to the highest answer of the table: "|" the answer as it is, "-"
      how far the low end of a range takes it, "+" how far the high end does
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from simulator.experiment.statistics import Difference
from simulator.experiment.tornado import Answer, End, Moved, Sensitivity
from simulator.experiment.variance import Parted
from simulator.report.layout import Column, fill, heading, table
from simulator.report.pipes import pipe_table, plain_text
from simulator.report.words import chosen, listing, percent, plural, typical

TITLE = "Which assumptions move the answer"
NOTHING = "None of them does, beyond the noise of simulation."
BAR = 15
LABEL = 30
TOLD = 0.1
"""Assumption: a reader cares about a tenth more or less of the time until all is back.
"""

_MARKS = (
    "* the file declares the range; all others are the default one: half to twice as "
    "much, of a share half to twice the odds.",
    "< this end makes no sense in the scenario; the range was drawn in as far as need "
    "be.",
)
_EFFECT_NOTE = (
    "size: mean absolute change of the answer over the whole range of a number, while "
    "all others wander; interaction: standard deviation of that change, large where it "
    "depends on the others."
)
_BARS = ("number", "from - to", "low", "", "high")
_BACK = ("time until all is back", "from - to", "low", "high")
_EFFECT = ("elementary effects", "size", "interaction")
_SAID = ("number", "what it is", "as it is", "range", "low", "high", "swing")
_COLUMNS = (
    Column(LABEL),
    Column(18),
    Column(6, right=True),
    Column(BAR),
    Column(6, right=True),
)
_TIMES = (Column(LABEL), Column(18), Column(7, right=True), Column(7, right=True))
_EFFECTS = (Column(LABEL), Column(9, right=True), Column(12, right=True))


def text(found: Sensitivity) -> str:
    """Set what moving the assumptions found, in 80 columns."""
    rows = [row for row in found.rows if row.moves]
    parts = [heading(TITLE), *map(fill, _opening(found))]
    if rows:
        parts.append(table((_BARS, *_bars(found, rows)), _COLUMNS))
        parts += [fill(mark, hang=2) for mark in _marks(rows)]
    else:
        parts.append(NOTHING)
    if times := _times(found):
        parts.append(table((_BACK, *times), _TIMES))
    if effects := _effects(found):
        parts.append(table((_EFFECT, *effects), _EFFECTS))
        parts.append(fill(_EFFECT_NOTE))
    return "\n\n".join((*parts, *map(fill, _closing(found)))) + "\n"


def markdown(found: Sensitivity) -> str:
    """Write the same as a document, with the interval of each change."""
    parts = [f"## {TITLE}", *map(plain_text, _opening(found))]
    body = [
        (
            f"`{row.path}`",
            row.says,
            f"{row.value} ({row.source})",
            f"{_span(row)}, {'declared' if row.declared else 'default'}",
            _with_change(found, row.low),
            _with_change(found, row.high),
            _number(found, row.swing),
        )
        for row in found.rows
        if row.moves
    ]
    parts.append(pipe_table(_SAID, body) if body else NOTHING)
    if times := _times(found):
        parts.append(pipe_table(_BACK, times))
    if effects := _effects(found):
        parts.append(pipe_table(_EFFECT, effects))
        parts.append(_EFFECT_NOTE)
    return "\n\n".join((*parts, *map(plain_text, _closing(found)))) + "\n"


def _opening(found: Sensitivity) -> Iterator[str]:
    arm = f" with {listing(found.arm)}" if found.arm else " with what is in force"
    gain = ", how much that changes it" if found.difference else ""
    reading = f", {chosen(found.chosen)}" if found.chosen else ""
    yield (
        f"{found.measure} ({found.says}){arm}{gain}{reading}: "
        f"{_answer(found, found.base)} in {plural(found.replications, 'run')}, 95 % "
        f"interval {_ends(found, found.base.low, found.base.high)}. Time until all is "
        f"back, median: {typical(found.restore)}."
    )
    yield (
        "Each number is set to either end of its range, all else equal and on the same "
        "chance; low and high are the answers there."
    )


def _closing(found: Sensitivity) -> Iterator[str]:
    rows = (row for row in found.rows if row.swing and not row.moves)
    if noise := [_place(row.path) for row in rows]:
        yield f"Move the answer by no more than noise: {', '.join(noise)}."
    if found.joint is not None:
        yield _told_apart(found, found.joint)
    yield _counted(found)


def _told_apart(found: Sensitivity, joint: Parted) -> str:
    """Say in plain words what is due to parameters and what to simulation."""
    reach = (found.base.high - found.base.low) / 2
    return (
        f"Parameter uncertainty: with all ranges drawn at once, the answer lies "
        f"between {_number(found, joint.low)} and {_number(found, joint.high)} in 90 % "
        f"of {plural(joint.draws, 'draw')}, freed of noise; more runs do not narrow "
        f"that, better numbers do. Simulation noise: +-{_number(found, reach)} at "
        f"{plural(found.replications, 'run')}; four times as many halve it."
    )


def _counted(found: Sensitivity) -> str:
    said = (
        f"{len(found.without_effect)} of {plural(found.tried, 'assumed number')} "
        f"change nothing in any of {plural(found.screening, 'run')}; "
        f"{len(found.elsewhere)} change something, but neither the answer nor the time "
        f"until all is back."
    )
    if found.fixed:
        said += (
            f" {len(found.fixed)} more have no default range (dates, times of day, "
            "zeros, shares of 0 or 1) and stayed as they are."
        )
    return said


def _bars(found: Sensitivity, rows: Sequence[Moved]) -> Iterator[tuple[str, ...]]:
    answers = [a for row in rows for a in (row.low.answer, row.high.answer)]
    means = [a.mean for a in (*answers, found.base) if a.mean is not None]
    least, most = min(means), max(means)

    def at(answer: Answer) -> int:
        off = (answer.mean or 0.0) - least if answer.mean is not None else 0.0
        return round(off / (most - least) * (BAR - 1)) if most > least else 0

    for row in rows:
        yield (
            f"{_place(row.path, LABEL - 1)}{'*' * row.declared}",
            _span(row),
            _answer(found, row.low.answer),
            _bar(at(found.base), at(row.low.answer), at(row.high.answer)),
            _answer(found, row.high.answer),
        )


def _bar(base: int, low: int, high: int) -> str:
    """Draw how far either end reaches; the shorter one over the longer one."""
    cells = [" "] * BAR
    ends = sorted(((low, "-"), (high, "+")), key=lambda end: -abs(end[0] - base))
    for end, sign in ends:
        for place in range(min(base, end), max(base, end) + 1):
            cells[place] = sign
    cells[base] = "|"
    return "".join(cells).rstrip()


def _times(found: Sensitivity) -> list[tuple[str, ...]]:
    """Tell what moves the time until all is back, the most first."""
    middle = found.restore.median
    if middle is None:
        return []
    rows = [(_off(row, middle), row) for row in found.rows]
    rows = [(off, row) for off, row in rows if off >= TOLD * middle]
    return [
        (
            _place(row.path),
            _span(row),
            typical(row.low.restore),
            typical(row.high.restore),
        )
        for _, row in sorted(rows, key=lambda pair: (-pair[0], pair[1].path))
    ]


def _off(row: Moved, middle: float) -> float:
    medians = (row.low.restore.median, row.high.restore.median)
    return max(abs(m - middle) for m in (*medians, middle) if m is not None)


def _effects(found: Sensitivity) -> list[tuple[str, ...]]:
    rows = [(row.effect, row) for row in found.rows if row.effect is not None]
    return [
        (_place(row.path), _number(found, effect.size), _number(found, effect.spread))
        for effect, row in sorted(rows, key=lambda pair: -pair[0].size)
        if effect.size
    ]


def _marks(rows: Iterable[Moved]) -> Iterator[str]:
    told = list(rows)
    tests: tuple[Callable[[Moved], bool], ...] = (
        lambda row: row.declared,
        lambda row: row.low.drawn_back or row.high.drawn_back,
    )
    for mark, holds in zip(_MARKS, tests, strict=True):
        if any(map(holds, told)):
            yield mark


def _span(row: Moved) -> str:
    return " - ".join(map(_end, (row.low, row.high)))


def _end(end: End) -> str:
    plain = end.value.removeprefix("median ").removeprefix("mean ")
    return f"<{plain}" if end.drawn_back else plain


def _with_change(found: Sensitivity, end: End) -> str:
    if end.answer.mean is None:
        return "-"
    change = end.change
    return (
        f"{_answer(found, end.answer)} ({_change(found, change)}, "
        f"{_ends(found, change.low, change.high)})"
    )


def _change(found: Sensitivity, change: Difference) -> str:
    return f"{change.mean * 100:+.0f}" if found.share else f"{change.mean:+.3g}"


def _answer(found: Sensitivity, answer: Answer) -> str:
    return "-" if answer.mean is None else _number(found, answer.mean)


def _number(found: Sensitivity, value: float) -> str:
    if not found.share:
        return f"{value:.3g}"
    sign = "-" if value < 0 else ""
    return f"{sign}{percent(abs(value))} %"


def _ends(found: Sensitivity, low: float, high: float) -> str:
    scale = 100 if found.share else 1
    form = ".0f" if found.share else ".3g"
    return f"{low * scale:{form}} to {high * scale:{form}}"


def _place(path: str, width: int = LABEL) -> str:
    """Write a path so that it fits: what is between its first and last parts goes."""
    plain = path.removeprefix("organisation.")
    if len(plain) <= width:
        return plain
    first, *rest = plain.split(".")
    while len(rest) > 1 and len(f"{first}…{'.'.join(rest)}") > width:
        rest = rest[1:]
    said = f"{first}…{'.'.join(rest)}"
    return said if len(said) <= width else f"…{said[1 - width :]}"
