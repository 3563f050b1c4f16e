"""``lastday check``: scenario files without problems, or all their problems at once."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.exits import BAD_INPUT
from simulator.cli.log import canonical
from simulator.cli.output import Output, writable_file

if TYPE_CHECKING:
    from simulator.scenario.scenario import Scenario


@click.command(epilog="Example: lastday check scenarios/*.yaml")
@click.argument("files", nargs=-1, metavar="FILE...", type=click.Path())
@click.option("--schema", is_flag=True, help="Print the JSON Schema of scenario files.")
@click.option(
    "--output",
    callback=writable_file,
    metavar="FILE",
    help="Write the schema to a file instead.",
)
@click.option("-v", "--verbose", is_flag=True, help="Log what was done to stderr.")
def command(
    files: tuple[str, ...], schema: bool, output: Path | None, verbose: bool
) -> None:
    """Check scenario files: each is fine, or all its problems are told at once.

    Problems read file:line:column: path: what is wrong; what is accepted. The exit code
    is 2 if any file has one.
    """
    if bool(files) == schema:
        raise click.UsageError("give scenario files, or --schema alone")
    with canonical("check.finished", verbose=verbose, files=len(files)) as learnt:
        if schema:
            shown = Output(output)
            shown.write(_schema())
            shown.close()
            return
        if output is not None:
            raise click.UsageError("--output goes with --schema")
        wrong = [file for file in files if not _is_fine(file)]
        learnt["wrong"] = len(wrong)
    if wrong:
        raise click.exceptions.Exit(BAD_INPUT)


def _schema() -> str:
    from simulator.catalogue import SHELVES
    from simulator.scenario.schema import json_schema

    return json.dumps(json_schema(SHELVES), indent=2, ensure_ascii=False) + "\n"


def _is_fine(file: str) -> bool:
    """Check one file and say what was found: for this command the problems are it."""
    from simulator.catalogue import load
    from simulator.errors import ScenarioError

    try:
        scenario = load(file)
    except ScenarioError as wrong:
        click.echo(str(wrong))
        return False
    click.echo(f"{file}: fine\n  {_facts(scenario)}")
    return True


def _facts(scenario: "Scenario") -> str:
    from simulator.report.words import plural

    tags = [number.tag for number in scenario.provenance]
    assumed = tags.count("A")
    return ", ".join(
        (
            plural(len(tags), "number"),
            f"{len(tags) - assumed} sourced",
            f"{assumed} assumed",
            plural(len(scenario.expect), "replay target"),
            plural(len(scenario.axes), "open question"),
        )
    )
