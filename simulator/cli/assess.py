"""``lastday assess``: all incidents against one organisation, and its gaps."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.exits import DONE, EXPECTATION_FAILED, INTERRUPTED
from simulator.cli.log import canonical
from simulator.cli.options import choices, diagnostics, experiment
from simulator.cli.output import Output, writable_file
from simulator.cli.progress import progress

if TYPE_CHECKING:
    from simulator.experiment.assessed import Assessment
    from simulator.scenario.scenario import Scenario

LIBRARY = "scenarios"
ORGANISATIONS = "organisations"
_SHARE = click.FloatRange(0, 1)


@click.command(
    epilog="Example: lastday assess scenarios/organisations/ORGANISATION.yaml "
    "--fail-under 0.5 --results kept.jsonl"
)
@click.argument("organisation", metavar="ORGANISATION", type=click.Path())
@click.argument("files", metavar="[SCENARIO]...", nargs=-1, type=click.Path())
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json", "junit"]),
    default="text",
    show_default=True,
    help="Text for people, a Markdown document, JSON, or JUnit XML for pipelines.",
)
@click.option(
    "--gap-under",
    type=_SHARE,
    default=0.9,
    show_default=True,
    metavar="SHARE",
    help="An incident held in a smaller share of its runs is a gap.",
)
@click.option(
    "--fail-under",
    type=_SHARE,
    metavar="SHARE",
    help="End with 1 if a possible incident is held in a smaller share of its runs.",
)
@click.option(
    "--remedies",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    metavar="N",
    help="How many are looked for in each gap, the cheapest first.",
)
@click.option(
    "--results",
    callback=writable_file,
    metavar="PATH",
    help="Keep each finished incident in this file, and take it from there next time.",
)
@experiment
@click.option(
    "--output", callback=writable_file, metavar="FILE", help="Write to a file instead."
)
@diagnostics
def command(
    organisation: str,
    files: tuple[str, ...],
    form: str,
    gap_under: float,
    fail_under: float | None,
    remedies: int,
    results: Path | None,
    variants: tuple[str, ...],
    seed: int,
    replications: int,
    jobs: int | None,
    output: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Play incidents against the organisation in ORGANISATION, and find its gaps.

    Without SCENARIO files all incidents of the library are played: those beside the
    folder of organisations, or in ./scenarios. Each ends in a row of a matrix. Where
    the organisation holds an incident too seldom, the cheapest controls and alerts that
    would close the gap are searched for, one at a time and then in pairs.

    The exit code is 1 if --fail-under is not met, 2 for bad input and 130 after an
    interrupt; what was finished is printed then, and kept in --results.
    """
    from simulator.catalogue import load
    from simulator.experiment.assessment import assess

    with canonical(
        "assessment.finished", verbose=verbose, organisation=organisation, seed=seed
    ) as learnt:
        place = load(organisation)
        place = place.variant(*choices(place, variants))
        if place.misuse is not None:
            click.echo(f"{organisation}: its own misuse is left out", err=True)
        incidents = tuple(_incidents(Path(organisation), files))
        shown = Output(output)
        with progress(quiet=quiet) as step:
            assessment = assess(
                place,
                incidents,
                replications=replications,
                seed=seed,
                jobs=jobs,
                gap_under=gap_under,
                remedies=remedies,
                results=results,
                progress=step,
            )
        shown.write(_rendered(assessment, form))
        shown.close()
        code = _ended(assessment, fail_under)
        learnt.update(incidents=len(incidents), exit_code=code)
    raise click.exceptions.Exit(code)


def _incidents(organisation: Path, files: tuple[str, ...]) -> "Iterator[Scenario]":
    """Load the scenarios that were named, or those of the library with a misuse."""
    from attrs import evolve

    from simulator.catalogue import load

    for file in map(Path, files or _library(organisation)):
        scenario = load(file)
        if scenario.misuse is not None:
            yield evolve(scenario, incident=scenario.incident or file.stem)
        elif files:
            raise click.BadParameter(
                f"{file}: has no misuse, so there is nothing to play; accepted: "
                "scenarios in which something goes wrong",
                param_hint="SCENARIO",
            )


def _library(organisation: Path) -> list[Path]:
    """Find the incidents that belong to an organisation's file, but not that file."""
    folder = organisation.resolve().parent
    if folder.name == ORGANISATIONS:
        library = folder.parent
    elif folder.name == LIBRARY:
        library = folder
    else:
        library = Path(LIBRARY)
    found = sorted(library.glob("*.yaml"))
    known = [path for path in found if path.resolve() != organisation.resolve()]
    if not known:
        raise click.UsageError(
            f"no incidents in {library}; accepted: SCENARIO files after ORGANISATION, "
            f"or an organisation in {LIBRARY}/{ORGANISATIONS}"
        )
    return known


def _rendered(assessment: "Assessment", form: str) -> str:
    match form:
        case "markdown":
            from simulator.report.assessment_markdown import assessment_markdown

            return assessment_markdown(assessment)
        case "json":
            from simulator.report.assessment_data import assessment_document
            from simulator.report.data import to_json

            return to_json(assessment_document(assessment))
        case "junit":
            from simulator.report.assessment_junit import assessment_junit

            return assessment_junit(assessment)
        case _:
            from simulator.report.assessment import assessment_text

            return assessment_text(assessment)


def _ended(assessment: "Assessment", fail_under: float | None) -> int:
    """Return the exit code, and say on the standard error why it is not 0."""
    if assessment.unfinished:
        done = len(assessment.rows)
        total = done + len(assessment.unfinished)
        click.echo(f"interrupted after {done} of {total} incidents", err=True)
        return INTERRUPTED
    failing = assessment.under(fail_under) if fail_under is not None else ()
    if failing:
        names = ", ".join(row.name for row in failing)
        click.echo(f"held too seldom: {names}, see above", err=True)
        return EXPECTATION_FAILED
    return DONE
