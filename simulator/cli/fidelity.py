"""``lastday report --fidelity``: all replays against the record, on one page."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.progress import Step, progress
from simulator.cli.trying import Size

if TYPE_CHECKING:
    from simulator.experiment.findings import Findings

PAGE = "fidelity.md"


def write(files: Sequence[str], folder: Path, size: Size) -> bool:
    """Replay every file as it was, and write the page. Returns whether all was played.

    Files without replay targets have nothing to be held against and are left out.
    """
    from simulator.report.fidelity import fidelity

    found = _replayed(files, size)
    whole = len(found) > 0 and all(f.finished == f.replications for f in found)
    if found:
        (folder / PAGE).write_text(fidelity(found), encoding="utf-8")
        click.echo(folder / PAGE)
    return whole


def _replayed(files: Sequence[str], size: Size) -> "list[Findings]":
    from simulator.catalogue import load
    from simulator.experiment import repeat

    scenarios = [s for s in map(load, sorted(files)) if s.expect]
    if not scenarios:
        raise click.UsageError("no file with replay targets; accepted: 'expect' in one")
    found: list[Findings] = []
    with progress(quiet=size.quiet) as step:
        for number, scenario in enumerate(scenarios):
            findings = repeat(
                scenario,
                replications=size.replications,
                seed=size.seed,
                jobs=size.jobs,
                progress=_of_all(step, number, len(scenarios)),
            )
            if findings.finished:
                found.append(findings)
            if findings.finished < size.replications:
                break
    return found


def _of_all(step: Step | None, number: int, of: int) -> Step | None:
    """Tell how far one experiment among several of one size has come, of all."""
    if step is None:
        return None
    return lambda done, each: step(number * each + done, of * each)
