"""``lastday report``: the findings as a Markdown document with a picture beside it."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.exits import DONE, INTERRUPTED
from simulator.cli.fidelity import write as write_fidelity
from simulator.cli.log import canonical
from simulator.cli.options import choices, diagnostics, experiment
from simulator.cli.output import made, writable_folder
from simulator.cli.trying import Size

if TYPE_CHECKING:
    from simulator.experiment.findings import Findings
    from simulator.report import Replay


REFERENCE = Path("reports/reference")


@click.command(epilog="Example: lastday report scenarios/microblog-lastday-2017.yaml")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path())
@click.option(
    "--fidelity",
    is_flag=True,
    help="Instead, hold the replays of all FILEs against the record, on one page.",
)
@click.option(
    "--output",
    callback=writable_folder,
    metavar="DIR",
    help="Folder to write to; reports/NAME OF THE FILE if not given.",
)
@experiment
@diagnostics
def command(
    files: tuple[str, ...],
    fidelity: bool,
    output: Path | None,
    variants: tuple[str, ...],
    seed: int,
    replications: int,
    jobs: int | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Write report.md and timeline.svg about the scenario in FILE.

    With --fidelity write fidelity.md about the replays of all FILEs instead. The same
    seed and number of replications always give the same bytes.
    """
    size = Size(seed=seed, replications=replications, jobs=jobs, quiet=quiet)
    if fidelity:
        whole = write_fidelity(files, output or made(REFERENCE), size)
        raise click.exceptions.Exit(DONE if whole else INTERRUPTED)
    if len(files) > 1:
        raise click.UsageError(f"{len(files)} files; accepted: one, or --fidelity")
    (file,) = files
    from simulator.catalogue import load
    from simulator.cli.trying import compared, ended, replayed

    with canonical("report.written", verbose=verbose, file=file, seed=seed) as learnt:
        scenario = load(file)
        chosen = choices(scenario, variants)
        folder = output or _default_folder(file)
        replay = replayed(scenario, chosen, seed)
        findings = compared(scenario, chosen, size)
        if findings is not None:
            _write(folder, replay, findings)
        learnt["folder"] = str(folder)
    raise click.exceptions.Exit(ended(findings, asked=replications))


def _write(folder: Path, replay: "Replay", findings: "Findings") -> None:
    """Write both files, and say where they are and what was found."""
    from simulator.report import conclusion, layout, render, timeline

    written = {
        "report.md": render(replay, findings, form="markdown"),
        "timeline.svg": timeline(replay),
    }
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")
        click.echo(folder / name)
    click.echo(f"\n{layout.fill(conclusion.conclude(findings))}")


def _default_folder(file: str) -> Path:
    """Make reports/SLUG, the slug being the file's name without its ending."""
    slug = re.sub(r"[^a-z0-9]+", "-", Path(file).stem.casefold()).strip("-")
    folder = Path("reports") / (slug or "scenario")
    try:
        return made(folder)
    except OSError as error:
        why = error.strerror or str(error)
        raise click.UsageError(f"{folder}: cannot be written ({why.lower()})") from None
