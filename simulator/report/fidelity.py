"""The fidelity page: every replay target of every incident against what the runs show.

A target is one row, or one for each reading of the incident where they disagree. A miss
stands where it is; nothing is left out.
"""

from collections.abc import Iterator, Sequence

from simulator.experiment.findings import Findings, Reading, Spread, TargetCheck
from simulator.report.pipes import pipe_table
from simulator.report.words import plural, spread

_HEAD = (
    "incident",
    "target",
    "reading",
    "documented",
    "source",
    "simulated median (5 to 95 %)",
    "happened",
    "basis",
    "",
)


def fidelity(found: Sequence[Findings]) -> str:
    """Write the page as Markdown, from the runs of each incident as it was."""
    rows = [row for findings in found for row in _incident(findings)]
    checks = [check for findings in found for check in _each_once(findings)]
    parts = (
        "# Fidelity",
        "What is documented of each incident, and what the replay of it shows. A "
        "**predicted** value is evidence: no parameter was set to meet it. A "
        "calibrated one was set to be met. *Inside* means that the central 90 % of "
        "the runs in which it happened reach into the documented range, and that it "
        "happened in at least half of all runs. Misses stay.",
        _summary(found, checks),
        pipe_table(_HEAD, rows),
        "Sources are tagged D documented, R reported, A assumed from those; the "
        "letters are those of the scenario file. Written by `lastday report "
        "--fidelity`.",
    )
    return "\n\n".join(parts) + "\n"


def _summary(found: Sequence[Findings], checks: Sequence[TargetCheck]) -> str:
    predicted = [check for check in checks if check.basis == "predicted"]
    inside = sum(check.met for check in predicted)
    set_to = [check for check in checks if check.basis == "calibrated"]
    runs = min((findings.finished for findings in found), default=0)
    return (
        f"{plural(len(found), 'incident')}, {plural(len(checks), 'target')}, "
        f"{plural(runs, 'run')} of each reading. Predicted: {len(predicted)}, of which "
        f"{inside} inside. Calibrated: {len(set_to)}, of which "
        f"{sum(check.met for check in set_to)} inside."
    )


def _each_once(findings: Findings) -> Iterator[TargetCheck]:
    """Yield every target once: the worst reading of it counts."""
    for group in _by_target(findings).values():
        yield min((check for _, check in group), key=lambda check: check.met)


def _by_target(findings: Findings) -> dict[str, list[tuple[Reading, TargetCheck]]]:
    groups: dict[str, list[tuple[Reading, TargetCheck]]] = {}
    for reading in findings.readings:
        for check in reading.targets:
            groups.setdefault(check.name, []).append((reading, check))
    return groups


def _incident(findings: Findings) -> Iterator[tuple[str, ...]]:
    name = findings.incident or findings.title
    for group in _by_target(findings).values():
        first = group[0][1]
        if all(_says(check) == _says(first) for _, check in group):
            yield _row(name, "", first)
            continue
        for reading, check in group:
            yield _row(name, ", ".join(o for _, o in reading.chosen), check)


def _says(check: TargetCheck) -> tuple[str, Spread]:
    return check.documented, check.simulated


def _row(incident: str, reading: str, check: TargetCheck) -> tuple[str, ...]:
    found = check.simulated
    return (
        incident,
        f"{check.name} ({check.metric})",
        reading,
        check.documented,
        check.source,
        spread(found, check.metric),
        f"{found.happened} of {found.of}",
        check.basis,
        "inside" if check.met else "**outside**",
    )
