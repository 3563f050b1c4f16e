"""``lastday catalogue``: what is on the two shelves, and what it is good for."""

from typing import TYPE_CHECKING, Any

import click

from simulator.cli.output import Output

if TYPE_CHECKING:
    from simulator.shelf import Entry

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
def command(
    name: str | None, search: str | None, framework: str | None, form: str
) -> None:
    """List controls and alerts, show the one of that ID in full, or show coverage."""
    from simulator.report import data

    found = _found(name, search)
    shown = Output(None)
    if form == "json":
        shown.write(data.to_json(_as_data(found, framework)))
    else:
        shown.write(_as_text(found, name, framework) + "\n")


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
    found: "list[type[Entry]]", name: str | None, framework: str | None
) -> str:
    from simulator.report.shelves import coverage, in_full, listed

    if framework is not None:
        return coverage(found, framework)  # type: ignore[arg-type]
    return in_full(found[0]) if name is not None else listed(found)


def _as_data(found: "list[type[Entry]]", framework: str | None) -> list[dict[str, Any]]:
    from simulator.report.shelves import as_data

    entries = [as_data(entry) for entry in found]
    if framework is None:
        return entries
    return [
        entry
        for entry in entries
        if any(source["framework"] == framework for source in entry["sources"])
    ]
