"""The report of an experiment as Markdown, with everything the text leaves out.

It holds no date and nothing of the machine: the same seed gives the same bytes.
"""

from collections.abc import Callable, Iterable, Sequence

from simulator.experiment.findings import Findings, Reading
from simulator.report.conclusion import conclude
from simulator.report.costs import costs, reasons_given, verdicts
from simulator.report.pipes import pipe_table, plain_text
from simulator.report.reasons import Reason
from simulator.report.replay import Replay
from simulator.report.residual import TITLE, grouped, in_full, of_run
from simulator.report.tables import AS_IT_WAS, ranked
from simulator.report.text import judged, numbers
from simulator.report.words import (
    MEANING,
    chosen,
    listing,
    offset,
    plural,
    sentence,
    spread,
)
from simulator.scenario.scenario import Provenance, Scenario

PICTURE = "timeline.svg"

LIMITS = (
    "Intervals cover chance alone: they do not cover a number that is assumed wrongly.",
    "Each row changes one control or alert; sets of several are another experiment.",
    "People act by stated chances and do not learn from earlier incidents.",
    "Honest work exists in the declared windows only, and friction is measured there.",
    "A control is modelled as it is defined, not as a product carries it out.",
    "One replay is one run of many; the tables, not the story, are the finding.",
)


def markdown(replay: Replay, findings: Findings) -> str:
    """Write the report; it links the picture `PICTURE` beside it."""
    parts = [
        *_opening(replay, findings),
        *_open_questions(replay.scenario),
        *_what_happens(replay),
        *_left_open(replay),
        *_why(replay),
        *_record(findings),
        *_comparison(findings),
        *_left_over(findings),
        *_shelf(replay),
        *_sources(replay.scenario),
        "## Limits",
        "\n".join(f"- {line}" for line in LIMITS),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _opening(replay: Replay, findings: Findings) -> Iterable[str]:
    yield f"# {plain_text(replay.scenario.title)}"
    yield plain_text(replay.scenario.question)
    yield f"**In one sentence.** {plain_text(conclude(findings))}"
    runs = plural(findings.finished, "run")
    short = findings.replications - findings.finished
    missing = (
        f" Interrupted: {plural(short, 'run')} of each were left out." if short else ""
    )
    incident = f"Incident `{findings.incident}`. " if findings.incident else ""
    yield (
        f"{incident}Seed {findings.seed}; {runs} for each row and reading; lastday "
        f"{findings.version}.{missing} {numbers(replay.scenario)}"
    )


def _open_questions(scenario: Scenario) -> Iterable[str]:
    if not scenario.axes:
        return
    yield "## Open questions"
    yield "None of the answers is told as truth."
    rows = [
        (axis.question, axis.show, f"`{axis.id}={option.id}`", sentence(option.says))
        for axis in scenario.axes
        for option in axis.options
    ]
    yield pipe_table(("question", "shown", "answer", "says"), rows)


def _what_happens(replay: Replay) -> Iterable[str]:
    opened, wall = replay.scene.opened, replay.scenario.wall
    variant = f", with {chosen(opened.chosen)}" if opened.chosen else ""
    yield "## What happens"
    yield f"One run, seed {opened.seed}{variant}. Times are local."
    yield f"![The replay on a time axis]({PICTURE})"
    rows = [
        (wall.local(event.at), offset(event.at - replay.scene.anchor), event.text)
        for event in replay.story.events
    ]
    yield pipe_table(("local time", "from T0", "what happens"), rows)
    yield plain_text(" ".join(replay.story.meanwhile))
    yield plain_text(judged(replay.outcome))


def _left_open(replay: Replay) -> Iterable[str]:
    residual = replay.outcome.times.residual
    if residual:
        yield f"## {TITLE}"
        yield of_run(residual).set_out(pipe_table)


def _left_over(findings: Findings) -> Iterable[str]:
    groups = grouped(findings.readings)
    if groups:
        yield f"## {TITLE}, over all runs"
    for residual, among in groups:
        yield f"Reading {', '.join(map(_name, among))}:"
        yield in_full(residual).set_out(pipe_table)


def _why(replay: Replay) -> Iterable[str]:
    groups = replay.story.reasons.groups()
    if not groups:
        return
    yield "## Why, in the words of each control and alert"
    if len(replay.scene.requests) > 1:
        yield f"About {replay.scene.counted(replay.scene.decisive)}."
    for title, found in groups:
        yield f"**{title}**"
        yield "\n".join(map(_reason, found))


def _reason(reason: Reason) -> str:
    labels = listing(f"`{label}`" for label in reason.labels)
    said = f" ({reason.said})" if reason.said else ""
    return f"- {labels}{said}: {plain_text(sentence(reason.why))}"


def _record(findings: Findings) -> Iterable[str]:
    if not any(reading.targets for reading in findings.readings):
        return
    yield "## Against the record"
    yield "Only a predicted value is evidence; a calibrated one was set to be met."
    rows = [
        (
            check.name,
            check.metric,
            _name(reading),
            check.documented,
            check.source,
            spread(check.simulated, check.metric),
            f"{check.simulated.happened} of {check.simulated.of}",
            check.basis,
            "met" if check.met else "**missed**",
        )
        for reading in findings.readings
        for check in reading.targets
    ]
    yield pipe_table(
        (
            "target",
            "metric",
            "reading",
            "documented",
            "source",
            "median (5 to 95 %)",
            "happened",
            "basis",
            "",
        ),
        rows,
    )


def _comparison(findings: Findings) -> Iterable[str]:
    yield "## What would have stopped or caught it"
    yield (
        "Each row adds one control or alert to the day as it was; a row marked * was "
        "in force and shows the day without it. All rows share the same chance."
    )
    yield "\n".join(f"- **{verdict}**: {text}" for verdict, text in MEANING.items())
    for reading in findings.readings:
        yield f"### Reading {_name(reading)}"
        yield plain_text(" ".join(map(sentence, reading.says)))
        rows = (reading.baseline, *ranked(reading.rows))
        for title, table in (
            ("Shares of runs in % (95 % interval)", verdicts(rows)),
            ("What honest work paid", costs(rows)),
            ("What did it, and the commonest reason", reasons_given(rows)),
        ):
            yield f"{title}:"
            yield table
        yield from _swept(reading)


def _swept(reading: Reading) -> Iterable[str]:
    keys = list(reading.baseline.by_option)
    if not keys:
        return
    yield "Share held in % for each answer to the questions spread over the runs:"
    rows = [
        (
            f"`{row.label}`" if row.label else AS_IT_WAS,
            *(f"{row.by_option[key].share * 100:.0f}" for key in keys),
        )
        for row in (reading.baseline, *ranked(reading.rows))
    ]
    yield pipe_table(("", *("=".join(key) for key in keys)), rows)


def _shelf(replay: Replay) -> Iterable[str]:
    yield "## What each control and alert does not stop"

    def said(name: str) -> Callable[[object], str]:
        return lambda item: str(getattr(item, name, "not said"))

    columns = ("title", "stops", "does_not_stop", "cost")
    rows = [
        (f"`{label}`", *(said(name)(item) for name in columns))
        for label, item in sorted(replay.shelf.items())
    ]
    yield pipe_table(("", "title", "stops", "does not stop", "cost"), rows)


def _sources(scenario: Scenario) -> Iterable[str]:
    known = scenario.provenance
    if not known:
        return
    yield "## Where the numbers come from"
    yield "D is documented, R is reported. Paths are those of the scenario file."
    yield _numbers([number for number in known if number.tag != "A"])
    yield "### Assumptions"
    yield "Guesses, or arithmetic on facts: never to be quoted as facts."
    yield _numbers([number for number in known if number.tag == "A"])


def _numbers(known: Sequence[Provenance]) -> str:
    rows = [(f"`{n.path}`", n.value, n.tag, n.source) for n in known]
    return pipe_table(("number", "value", "tag", "source"), rows) if rows else "None."


def _name(reading: Reading) -> str:
    return f"`{chosen(reading.chosen)}`" if reading.chosen else "of all runs"
