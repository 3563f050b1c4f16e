"""A what-if as a Markdown document, with every interval.

It holds no date and nothing of the machine: the same seed gives the same bytes.
"""

from collections.abc import Iterable, Iterator, Sequence

from simulator.experiment.statistics import Difference
from simulator.experiment.tornado import Sensitivity
from simulator.experiment.whatif.findings import (
    Arm,
    Burden,
    Sufficient,
    WhatIf,
    WhatIfReading,
)
from simulator.outcome.outcome import VERDICTS
from simulator.report import tornado
from simulator.report import whatif_tables as tables
from simulator.report import whatif_trust as trust
from simulator.report import whatif_words as words
from simulator.report.pipes import pipe_table, plain_text
from simulator.report.whatif_answer import in_short
from simulator.report.words import MEANING, percent, plural, rate, sentence, span

LIMITS = (
    "Intervals cover chance alone: they do not cover a number that is assumed wrongly.",
    "A set is enough against this plan and its fallbacks. Somebody more inventive gets "
    "further.",
    "Each candidate has one setting; a set with other settings is another experiment.",
    "Honest work exists in the declared windows only, and what it pays is measured "
    "there.",
)
_PAID = (
    "seconds added to an action (95 %)",
    "refused, %",
    "approvals a day",
    "wait of a ticket",
    "alarms a shift",
    "false alarms a shift",
)


def whatif_markdown(
    found: WhatIf, moved: Sensitivity | None = None, *, made_by: str = ""
) -> str:
    """Write the whole what-if.

    Args:
        found: What was found.
        moved: Which assumptions matter; left out if not given.
        made_by: The command that writes it, for the last line.
    """
    parts = [
        *_opening(found),
        *(part for reading in found.readings for part in _reading(reading, found)),
        "## How sure this is, and how it was computed",
        *map(plain_text, trust.how_sure(found)),
        tornado.markdown(moved).rstrip() if moved else "",
        "## What the words mean",
        "\n".join(f"- **{verdict}**: {text}" for verdict, text in MEANING.items()),
        *map(plain_text, trust.legend(found)),
        "## Limits",
        "\n".join(f"- {line}" for line in LIMITS),
        f"Written by `{made_by}`." if made_by else "",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _opening(found: WhatIf) -> Iterator[str]:
    yield f"# What is enough? {plain_text(found.title)}"
    yield plain_text(found.question)
    yield "**In short.**"
    yield "\n".join(f"- {plain_text(line)}" for line in in_short(found))
    incident = f"Incident `{found.incident}`. " if found.incident else ""
    yield f"{incident}{plain_text(words.asked(found))} lastday {found.version}."
    yield words.cut_short(found)


def _reading(reading: WhatIfReading, found: WhatIf) -> Iterator[str]:
    name = "".join(f" `{axis}={option}`" for axis, option in reading.chosen)
    yield f"## Reading{name or ' of all runs'}"
    yield plain_text(" ".join(map(sentence, reading.says)))
    yield plain_text(words.reference(reading))
    for goal in reading.sufficient:
        yield from _sets(goal, reading.sufficient[0], found)
    yield f"### {words.FRONTIER}"
    yield words.FRONTIER_SAYS
    yield _arms([("", arm) for arm in reading.frontier.points], found)
    yield from _shares(reading)
    for title, lines in (
        (words.REDUNDANT, words.redundant(reading, found)),
        (words.WORSE, (words.worse(one, found) for one in reading.worse)),
        (words.SILENT, words.silent(reading)),
    ):
        yield from _points(title, lines)
    yield f"### {'Every set' if found.design != 'lattice' else 'The sets that matter'}"
    yield "Shares of runs in % (95 % interval)."
    top, ordered = tables.best_first(reading, found)
    shown = tables.news(ordered) if found.design == "pairs" else ordered
    rows = [(tables.top_name(found), top), *(("", arm) for arm in shown)]
    yield _verdicts(rows, found)
    if left := len(ordered) - len(shown):
        yield f"{plural(left, 'pair')} {tables.PAIRS_LEFT_OUT}"
    yield "What honest work pays:"
    yield _arms(rows, found)


def _sets(goal: Sufficient, first: Sufficient, found: WhatIf) -> Iterator[str]:
    yield f"### Smallest sets that {words.aim(goal)}"
    if not goal.sets:
        yield words.none_enough(goal)
        return
    if goal is not first and words.labels_of(goal) == words.labels_of(first):
        yield words.the_same(goal)
    rows = [
        (
            _name(arm, found),
            words.between(words.goal_share(arm, goal.goal)),
            "yes" if is_sure else "no",
            *_paid(arm.friction),
        )
        for arm, is_sure in zip(goal.sets, goal.sure, strict=True)
    ]
    yield pipe_table(("", "share of runs", "sure", *_PAID), rows)
    yield words.how_many(goal, len(goal.sets))


def _arms(rows: Sequence[tuple[str, Arm]], found: WhatIf) -> str:
    body = [
        (name or _name(arm, found), words.between(arm.held), *_paid(arm.friction))
        for name, arm in rows
    ]
    return pipe_table(("", "held", *_PAID), body)


def _verdicts(rows: Sequence[tuple[str, Arm]], found: WhatIf) -> str:
    head = ("", "held", "more than as it was, points", "in time", *VERDICTS)
    body = [
        (
            name or _name(arm, found),
            words.between(arm.held),
            _against(arm.against),
            words.between(arm.caught),
            *(words.between(arm.verdicts[verdict]) for verdict in VERDICTS),
        )
        for name, arm in rows
    ]
    return pipe_table(head, body)


def _shares(reading: WhatIfReading) -> Iterator[str]:
    if not reading.shapley:
        return
    yield "### Fair shares of the protection"
    yield words.SHARES
    rows = [
        (f"`{one.label}`", _between(*tables.points(one))) for one in reading.shapley
    ]
    yield pipe_table(("", "points (95 %)"), rows)


def _points(title: str, lines: Iterable[str]) -> Iterator[str]:
    if told := [f"- {plain_text(line)}" for line in lines]:
        yield f"### {title.removesuffix(':')}"
        yield "\n".join(told)


def _paid(paid: Burden) -> tuple[str, ...]:
    return (
        _between(*tables.added(paid)),
        percent(paid.refused),
        rate(paid.approvals_per_day),
        span(paid.queue_wait_s),
        rate(paid.alarms_per_shift),
        rate(paid.false_alarms_per_shift),
    )


def _against(found: Difference | None) -> str:
    if found is None:
        return "-"
    return _between(
        _points_more(found.mean), tables.ends(_points_more, found.low, found.high)
    )


def _points_more(share: float) -> str:
    return f"{share * 100:+.0f}"


def _between(value: str, ends: str) -> str:
    return f"{value} ({ends})" if ends else value


def _name(arm: Arm, found: WhatIf) -> str:
    """Name an arm, its labels as code."""
    name = words.set_name(arm.labels, found.candidates)
    if name in (words.NONE, words.EVERY):
        return name
    parts = (part for part in name.removeprefix("all but ").split(" + "))
    coded = " + ".join(f"`{part}`" for part in parts)
    return f"all but {coded}" if name.startswith("all but ") else coded
