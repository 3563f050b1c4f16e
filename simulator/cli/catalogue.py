"""``lastday catalogue``: what is on the two shelves, and what it is good for."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.output import Output, writable_folder

if TYPE_CHECKING:
    from simulator.shelf import Entry, Framework

FRAMEWORKS = ("nist", "cis", "iso", "attack", "d3fend", "itm", "csg")


@click.command(
    epilog="Examples: lastday catalogue four-eyes; lastday catalogue --framework nist"
)
@click.argument("name", metavar="[ID]", required=False)
@click.option("--search", metavar="TEXT", help="Only entries that say all these words.")
@click.option(
    "--framework",
    type=click.Choice(FRAMEWORKS),
    help="Which ids of a framework are covered, and by what.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people, or JSON.",
)
@click.option(
    "--write",
    "folder",
    callback=writable_folder,
    metavar="DIRECTORY",
    help="Write the reference pages of the whole catalogue as Markdown.",
)
@click.option(
    "--notice", is_flag=True, help="Say whose ids are cited, and under which terms."
)
def command(
    name: str | None,
    search: str | None,
    framework: "Framework | None",
    form: str,
    folder: Path | None,
    notice: bool,
) -> None:
    """List controls and alerts, show the one of that ID in full, or show coverage."""
    if folder is not None or notice:
        if name or search or framework or (folder and notice):
            raise click.UsageError("--write and --notice stand alone")
        _write_pages(folder) if folder else _print_notice()
        return
    found = _found(name, search)
    if form == "json":
        text = _as_json(found, framework)
    else:
        text = _as_text(found, name, framework) + "\n"
    Output(None).write(text)


def _write_pages(folder: Path) -> None:
    from simulator.alerts import CATALOGUE as ALERTS
    from simulator.controls import CATALOGUE as CONTROLS
    from simulator.report.reference import pages

    written = pages(tuple(CONTROLS.values()), tuple(ALERTS.values()))
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")
        click.echo(folder / name)


def _print_notice() -> None:
    from simulator.report.notice import notice

    Output(None).write(notice() + "\n")


def _found(name: str | None, search: str | None) -> "list[type[Entry]]":
    from simulator.alerts import CATALOGUE as ALERTS
    from simulator.controls import CATALOGUE as CONTROLS
    from simulator.errors import CatalogueError, nearest
    from simulator.report.shelves import matches

    known: dict[str, type[Entry]] = {**CONTROLS, **ALERTS}
    if name is not None and name not in known:
        hint = nearest(name, known) or "accepted: an id that `lastday catalogue` lists"
        raise CatalogueError(f"unknown control or alert ({name!r}); {hint}")
    found = [known[name]] if name is not None else list(known.values())
    kept = [entry for entry in found if matches(entry, search or "")]
    if not kept:
        raise CatalogueError(f"nothing found ({search!r}); accepted: other words")
    return kept


def _as_text(
    found: "list[type[Entry]]", name: str | None, framework: "Framework | None"
) -> str:
    from simulator.report.shelves import coverage, in_full, listed

    if framework is not None:
        return coverage(found, framework)
    return in_full(found[0]) if name is not None else listed(found)


def _as_json(found: "list[type[Entry]]", framework: "Framework | None") -> str:
    from simulator.report import data
    from simulator.report.shelves import as_data, coverage_as_data

    if framework is not None:
        return data.to_json(coverage_as_data(found, framework))
    return data.to_json([as_data(entry) for entry in found])
