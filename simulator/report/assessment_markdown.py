"""An assessment as a Markdown document, with every interval.

It holds no date and nothing of the machine: the same seed gives the same bytes.
"""

from collections.abc import Iterable, Sequence

from simulator.experiment.assessed import (
    ActorAccess,
    Assessment,
    ByLabel,
    IncidentRow,
    Remedy,
)
from simulator.experiment.findings import Estimate
from simulator.outcome.outcome import VERDICTS
from simulator.report import assessment_words as words
from simulator.report.pipes import pipe_table, plain_text
from simulator.report.words import (
    MEANING,
    interval,
    listing,
    percent,
    plural,
    signed,
    spread,
)

LIMITS = (
    "Intervals cover chance alone: they do not cover a number that is assumed wrongly.",
    "Each gap is closed on its own; what closes several gaps together is not played.",
    "A plan of misuse is carried over to this organisation, with its fallbacks. "
    "Somebody more inventive gets further.",
    "A way to be seen that nobody can buy, such as users who complain, is no remedy.",
)


def assessment_markdown(assessment: Assessment) -> str:
    """Write the whole assessment."""
    parts = [
        *_opening(assessment),
        *_matrix(assessment),
        *_times(assessment),
        *_answers(assessment),
        *_impossible(assessment),
        *_gaps(assessment),
        "## What the words mean",
        "\n".join(f"- **{verdict}**: {text}" for verdict, text in MEANING.items()),
        *map(plain_text, words.legend(assessment)),
        "## Limits",
        "\n".join(f"- {line}" for line in LIMITS),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _opening(assessment: Assessment) -> Iterable[str]:
    yield f"# {plain_text(assessment.title)}: what could happen here?"
    yield f"**In short.** {plain_text(words.conclude(assessment))}"
    yield plain_text(f"{words.asked(assessment)} lastday {assessment.version}.")
    yield plain_text(words.cut_short(assessment))


def _matrix(assessment: Assessment) -> Iterable[str]:
    if not assessment.possible:
        return
    yield "## How each incident would end"
    yield "Shares of runs in % (95 % interval)."
    head = ("incident", "held", *VERDICTS, "possible", "who did it first (runs)")
    body = [
        (
            f"{_code(row.name)}{' **gap**' if row.gap else ''}",
            _share(row.held),
            *(_share(row.verdicts[verdict]) for verdict in VERDICTS),
            percent(row.possible.share),
            _counted(row.done_by),
        )
        for row in words.ranked(assessment.possible)
    ]
    yield pipe_table(head, body)


def _times(assessment: Assessment) -> Iterable[str]:
    if not assessment.possible:
        return
    yield "## Who would notice first, and how long it would take"
    yield "Medians (5 to 95 %) of the runs in which it happened."
    head = (
        "incident",
        "first to notice (runs)",
        "noticed after",
        "detected after",
        "restored after",
        "access left to whoever did it",
    )
    body = [
        (
            _code(row.name),
            _counted(row.noticed_by),
            *(spread(found, "") for found in (row.notice, row.detect, row.restore)),
            _left(row.residual),
        )
        for row in words.ranked(assessment.possible)
    ]
    yield pipe_table(head, body)


def _left(access: ActorAccess) -> str:
    """Say how often access was left, and for how long."""
    if not access.leavers:
        return "nobody had left"
    if not access.left.count:
        return "none"
    told = [f"in {percent(access.left.share)} % of the runs"]
    if access.lasted.happened:
        told.append(spread(access.lasted, ""))
    if access.beyond.count:
        told.append(f"open at the end in {percent(access.beyond.share)} %")
    return "; ".join(told)


def _answers(assessment: Assessment) -> Iterable[str]:
    body = [
        (_code(row.name), _code(f"{a.axis}={a.option}"), _share(a.held), str(a.held.of))
        for row in words.ranked(assessment.possible)
        for a in row.by_answer
    ]
    if body:
        yield "## By the answer to open questions"
        yield "None of the answers is told as truth; the runs are spread over them."
        yield pipe_table(("incident", "answer", "held", "runs"), body)


def _impossible(assessment: Assessment) -> Iterable[str]:
    if assessment.impossible:
        yield "## Not possible here"
        yield "\n".join(
            f"- {_code(row.name)}: {plain_text(words.reason(row))}"
            for row in assessment.impossible
        )


def _gaps(assessment: Assessment) -> Iterable[str]:
    if not assessment.gaps:
        return
    yield "## Gaps, and the cheapest that closes each"
    head = (
        "gap",
        "with",
        "held",
        "more of 100 requests refused",
        "seconds added to an action (95 %)",
        "more alarms a shift",
    )
    body: list[Sequence[str]] = []
    for row in words.ranked(assessment.gaps):
        body += _closing(row)
    yield pipe_table(head, body)


def _closing(row: IncidentRow) -> Iterable[Sequence[str]]:
    gap = row.gap
    if gap is None:
        return
    pairs = f", {plural(gap.pairs, 'pair')}" if gap.pairs else ""
    played = f"as it is (played: {gap.tried} of {gap.heard} additions heard{pairs})"
    yield _code(row.name), played, _share(row.held), "", "", ""
    for remedy in gap.remedies:
        yield "", _labels(remedy), *_friction(remedy)
    if gap.closest is not None:
        yield "", f"closest: {_labels(gap.closest)}", *_friction(gap.closest)


def _friction(remedy: Remedy) -> Sequence[str]:
    paid = remedy.friction
    added = signed(paid.added_s)
    if paid.added_low is not None and paid.added_high is not None:
        added += f" ({signed(paid.added_low)} to {signed(paid.added_high)})"
    return (
        _share(remedy.held),
        signed(paid.refused * 100),
        added,
        signed(paid.alarms_per_shift),
    )


def _labels(remedy: Remedy) -> str:
    return listing(map(_code, remedy.labels))


def _counted(counted: Sequence[ByLabel]) -> str:
    return ", ".join(f"{_code(one.label)} {one.runs}" for one in counted) or "nobody"


def _share(found: Estimate) -> str:
    share, between = interval(found).split()
    return f"{share} ({between})"


def _code(text: str) -> str:
    return f"`{text.replace('`', chr(39))}`"
