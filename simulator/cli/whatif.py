"""``lastday whatif``: which sets of controls and alerts are enough, at what price."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.exits import DONE, INTERRUPTED
from simulator.cli.log import canonical
from simulator.cli.options import choices, diagnostics, experiment
from simulator.cli.output import Output, writable_file
from simulator.cli.progress import progress
from simulator.cli.whatif_options import asked, check, kept, repeated

if TYPE_CHECKING:
    from simulator.experiment.tornado import Sensitivity
    from simulator.experiment.whatif.findings import WhatIf
    from simulator.scenario.scenario import Scenario


@click.command(
    epilog="Example: lastday whatif scenarios/microblog-lastday-2017.yaml "
    "--design lattice --candidates four-eyes,last-day-cutoff,peer-report"
)
@click.argument("file", metavar="SCENARIO", type=click.Path())
@asked
@experiment
@kept
@click.option(
    "--sensitivity",
    is_flag=True,
    help="Say too which assumed numbers move the answer of the first set that is "
    "enough.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="Text for people, a Markdown document, or JSON for machines.",
)
@click.option(
    "--output", callback=writable_file, metavar="FILE", help="Write to a file instead."
)
@diagnostics
def command(
    file: str,
    form: str,
    variants: tuple[str, ...],
    sensitivity: bool,
    output: Path | None,
    quiet: bool,
    verbose: bool,
    **played: Any,
) -> None:
    """Find which sets of controls and alerts would have been enough in SCENARIO.

    Every set of the design is played on the same chance. Said are the smallest sets
    that stop the misuse, or catch it in time, often enough; what honest work pays for
    each; how much of the protection each candidate brings; which add nothing, which
    make things worse, and which were never put to the test.

    The exit code is 2 for bad input and 130 after an interrupt; what was finished is
    printed then, and kept in --results.
    """
    ctx = click.get_current_context()
    check(ctx, played)
    from simulator.catalogue import load

    with canonical(
        "whatif.finished", verbose=verbose, file=file, seed=played["seed"]
    ) as learnt:
        scenario = load(file)
        _check_misuse(scenario, file)
        chosen = choices(scenario, variants)
        shown = Output(output)
        found = _played(scenario, quiet=quiet, choose=dict(chosen), **played)
        shown.write(_first(found, form))
        moved, code = None, _ended(found)
        if sensitivity and code == DONE:
            moved, code = _moved(scenario, found, played["jobs"], quiet=quiet)
        shown.write(_rest(found, moved, form, repeated(ctx)))
        shown.close()
        learnt.update(finished=found.finished, exit_code=code)
    raise click.exceptions.Exit(code)


def _check_misuse(scenario: "Scenario", file: str) -> None:
    if scenario.misuse is None:
        raise click.BadParameter(
            f"{file}: has no misuse, so there is nothing to stop; accepted: a scenario "
            "in which something goes wrong",
            param_hint="SCENARIO",
        )


def _played(scenario: "Scenario", *, quiet: bool, **asked: Any) -> "WhatIf":
    from simulator.experiment.whatif.verb import whatif

    try:
        with progress(quiet=quiet) as step:
            return whatif(scenario, progress=step, screening=step, **asked)
    except KeyboardInterrupt:
        click.echo("interrupted before the first replication", err=True)
        raise click.exceptions.Exit(INTERRUPTED) from None


def _ended(found: "WhatIf") -> int:
    """Return the exit code, and say on the standard error why it is not 0."""
    if found.ended != "interrupted":
        return DONE
    done = f"{found.finished} of {found.replications}"
    click.echo(f"interrupted after {done} replications", err=True)
    return INTERRUPTED


def _moved(
    scenario: "Scenario", found: "WhatIf", jobs: int | None, *, quiet: bool
) -> "tuple[Sensitivity | None, int]":
    """Move the assumptions; an interrupt loses that, and nothing that was found."""
    from simulator.experiment.sensitivity import sensitivity
    from simulator.report.whatif_answer import worth_moving

    watched = worth_moving(found)
    try:
        with progress(quiet=quiet) as step:
            moved = sensitivity(
                scenario,
                arm=watched.switched,
                measure=watched.measure,
                replications=found.finished,
                seed=found.seed,
                jobs=jobs,
                choose=dict(watched.chosen),
                progress=step,
            )
    except KeyboardInterrupt:
        click.echo("interrupted before all assumptions were moved", err=True)
        return None, INTERRUPTED
    return moved, DONE


def _first(found: "WhatIf", form: str) -> str:
    """Write what can be shown before the assumptions are moved."""
    if form != "text" or not found.finished:
        return ""
    from simulator.report.whatif import whatif_text

    return whatif_text(found)


def _rest(found: "WhatIf", moved: "Sensitivity | None", form: str, made_by: str) -> str:
    if not found.finished:
        return ""
    match form:
        case "markdown":
            from simulator.report.whatif_markdown import whatif_markdown

            return whatif_markdown(found, moved, made_by=made_by)
        case "json":
            from simulator.report.data import to_json
            from simulator.report.whatif_data import whatif_document

            return to_json(whatif_document(found, moved))
        case _:
            from simulator.report import tornado

            return f"\n{tornado.text(moved)}" if moved else ""
