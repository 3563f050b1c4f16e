"""The plain-text report of a run: 80 columns, made to be read aloud.

    asked      what the scenario asks, and what it rests on
    happened   the replay, minute by minute
    left_open  the access that was left after separation in it
    explained  why nothing, or what, stopped it
    compared   documented values, tables of controls and alerts, access left after
               separation over all runs, one conclusion

Every function returns text without a final line break.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from simulator.experiment.findings import Findings, Reading
from simulator.outcome.outcome import Harm, Outcome
from simulator.report.conclusion import conclude
from simulator.report.layout import entry, fill, heading
from simulator.report.reasons import Reason, first_verdicts
from simulator.report.replay import Replay
from simulator.report.residual import TITLE, grouped, text_of_run, text_of_runs
from simulator.report.tables import by_option, footnote, legend, replayed, verdicts
from simulator.report.told import Told
from simulator.report.words import (
    MEANING,
    chosen,
    listing,
    offset,
    plural,
    sentence,
    span,
)
from simulator.scenario.scenario import Axis, Scenario

_SHOWN = {
    "apart": "each answer on its own",
    "swept": "runs spread evenly over the answers",
    "on-request": "the first answer unless --variant asks for another",
}


def report(replay: Replay, findings: Findings) -> str:
    """Write the whole report, as `lastday run` prints it."""
    return f"{told(replay)}\n\n{compared(findings)}\n"


def told(replay: Replay) -> str:
    """Write all that one run has to tell."""
    parts = (happened(replay), left_open(replay), explained(replay))
    return "\n\n".join([asked(replay.scenario), *filter(None, parts)])


def asked(scenario: Scenario) -> str:
    """Say what was asked, which questions are open, and what the numbers rest on."""
    parts = [heading(scenario.title, "="), fill(scenario.question)]
    if scenario.axes:
        opening = "Open questions. None of the answers is told as truth."
        parts.append("\n".join([opening, *map(_axis, scenario.axes)]))
    parts.append(fill(numbers(scenario)))
    return "\n\n".join(parts)


def numbers(scenario: Scenario) -> str:
    """Say how many numbers of a scenario are sourced and how many assumed."""
    tags = Counter(known.tag for known in scenario.provenance)
    sourced = tags["D"] + tags["R"]
    return (
        f"The file rests on {plural(tags.total(), 'number')}: {sourced} sourced "
        f"({tags['D']} documented, {tags['R']} reported), {tags['A']} assumed."
    )


def happened(replay: Replay) -> str:
    """Tell the replay minute by minute, in local time, and judge it."""
    story = replay.story
    events = [_event(event, replay) for event in _dated(story.events, replay)]
    parts = [heading("What happens"), fill(_which_run(replay)), "\n".join(events)]
    if replay.scenario.misuse is None:
        parts.append("There is no misuse in this scenario: honest work goes on.")
    if story.meanwhile:
        parts.append(fill(f"Meanwhile: {' '.join(story.meanwhile)}"))
    if replay.scenario.misuse is not None:
        parts.append(fill(judged(replay.outcome)))
    return "\n\n".join(filter(None, parts))


def _which_run(replay: Replay) -> str:
    opened, zone = replay.scene.opened, replay.scenario.clock.zone
    variant = f", with {chosen(opened.chosen)}" if opened.chosen else ""
    run = f"One run, seed {opened.seed}{variant}. Local time of {zone}"
    if not replay.story.events:
        return f"{run}."
    anchor = "the first request" if replay.scene.zero is None else "the effect, T0"
    return f"{run}; the second column counts from {anchor}."


def left_open(replay: Replay) -> str:
    """Say how long those who left could still get in, in this run."""
    residual = replay.outcome.times.residual
    if not residual:
        return ""
    return f"{heading(TITLE)}\n\n{text_of_run(residual)}"


def judged(outcome: Outcome) -> str:
    """Say the verdict of one run, with what did it and the harm."""
    if not outcome.possible:
        return "Verdict: nobody in this organisation could try it."
    by = f", by {outcome.by}" if outcome.by else ""
    verdict = f"Verdict: {outcome.verdict}{by} ({MEANING[outcome.verdict]})."
    return " ".join([verdict, *_harm(outcome.harm)])


def _harm(harm: Harm) -> Iterator[str]:
    if harm.intended > 1:
        yield f"Touched: {harm.touched:,} of {plural(harm.intended, 'target')}."
    if harm.outage_s is not None:
        yield f"Longest outage: {span(harm.outage_s)}."
    if harm.data_loss_s is not None:
        yield f"Data lost: {span(harm.data_loss_s)}."


def explained(replay: Replay) -> str:
    """Give every control's and alert's own sentence on the misuse, grouped."""
    groups = replay.story.reasons.groups()
    if not groups:
        return ""
    parts = [heading("Why, in the words of each control and alert")]
    if len(replay.scene.requests) > 1:
        parts.append(f"About {replay.scene.counted(replay.scene.decisive)}.")
    parts += ["\n".join([title, *map(_reason, found)]) for title, found in groups]
    return "\n\n".join(parts)


def first_look(replay: Replay) -> str:
    """List the first verdict of every control and alert, from the one run alone."""
    found = first_verdicts(replay.scene)
    lines = [
        entry(said, listing(labels), indent=2, term_width=20) for said, labels in found
    ]
    note = (
        "Each was asked in this one run; those marked * were in force, the others "
        "changed nothing. Shares, intervals and costs need more runs: leave out "
        "--replications 1."
    )
    return "\n\n".join([heading("First verdicts"), fill(note), "\n".join(lines)])


def compared(findings: Findings) -> str:
    """Set the replay targets, the tables of every reading, and the conclusion."""
    parts = [_cut_short(findings), _against_the_record(findings), _tables(findings)]
    parts.append(_left_over(findings.readings))
    parts.append(f"{heading('In one sentence')}\n\n{fill(conclude(findings))}")
    return "\n\n".join(part for part in parts if part)


def _axis(axis: Axis) -> str:
    lines = [
        fill(f"{axis.id}: {axis.question} ({_SHOWN[axis.show]})", indent=2, hang=2)
    ]
    lines += [
        entry(option.id, sentence(option.says), indent=4, term_width=16)
        for option in axis.options
    ]
    return "\n".join(lines)


def _dated(events: tuple[Told, ...], replay: Replay) -> list[Told | str]:
    """Put each new local day before its first event."""
    lines: list[Told | str] = []
    day = ""
    for event in events:
        if (today := _day(event.at, replay)) != day:
            lines.append(f"\n{today}" if day else today)
            day = today
        lines.append(event)
    return lines


def _day(at: int, replay: Replay) -> str:
    *date, _, zone = replay.scenario.wall.local(at).split()
    return f"{' '.join(date)} ({zone})"


def _event(event: Told | str, replay: Replay) -> str:
    if isinstance(event, str):
        return event
    clock = replay.scenario.wall.local_time(event.at)
    away = offset(event.at - replay.scene.anchor)
    return entry(f"{clock} {away:>13}", event.text, term_width=22)


def _reason(reason: Reason) -> str:
    said = f"[{reason.said}] " if reason.said else ""
    *most, last = reason.labels
    lines = [f"  {label}," for label in most]
    lines.append(entry(last, f"{said}{sentence(reason.why)}", indent=2, term_width=22))
    return "\n".join(lines)


def _cut_short(findings: Findings) -> str:
    if findings.finished >= findings.replications:
        return ""
    return f"Interrupted after {findings.finished} of {findings.replications} runs."


def _against_the_record(findings: Findings) -> str:
    if not any(reading.targets for reading in findings.readings):
        return ""
    missed = sorted({c.name for r in findings.readings for c in r.targets if not c.met})
    note = "Only a predicted value is evidence; a calibrated one was set to be met."
    if missed:
        note += f" Missed in some reading: {listing(missed)}."
    parts = [heading("Against the record"), replayed(findings.readings), fill(note)]
    return "\n\n".join(parts)


def _tables(findings: Findings) -> str:
    parts = [heading("What would have stopped or caught it")]
    for reading in findings.readings:
        parts += _reading(reading)
    parts.append("\n".join(fill(line) for line in legend(findings)))
    parts.append(footnote(findings))
    return "\n\n".join(part for part in parts if part)


def _left_over(readings: Sequence[Reading]) -> str:
    parts = []
    for residual, among in (groups := grouped(readings)):
        if len(groups) > 1:
            names = "; ".join(chosen(reading.chosen) for reading in among)
            parts.append(fill(f"Reading {names}:"))
        parts.append(text_of_runs(residual))
    if not parts:
        return ""
    return "\n\n".join([heading(f"{TITLE}, over all runs"), *parts])


def _reading(reading: Reading) -> list[str]:
    lines = []
    if reading.chosen:
        says = " ".join(map(sentence, reading.says))
        lines.append(fill(f"Reading {chosen(reading.chosen)}: {says}"))
    lines.append(verdicts(reading))
    if swept := by_option(reading):
        lines.append(swept)
    return lines
