"""The reference pages of the catalogue, in Markdown: all that its entries say.

    controls.md    every control in full
    alerts.md      every alert and witness in full
    frameworks.md  every id of a framework that is answered to, and by what

Each begins with a table of contents. They hold no date and nothing of the machine: the
same catalogue gives the same bytes.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from simulator.report.notice import notice_in_markdown
from simulator.report.pipes import pipe_table, plain_text
from simulator.report.shelves import (
    FRAMEWORKS,
    KINDS,
    NOT_GIVEN,
    REQUIRED,
    SAID,
    Citation,
    Parameter,
    cited,
    covered,
    kind,
    parameters,
)
from simulator.report.words import sentence
from simulator.shelf import Entry

MADE_BY = "Written by `lastday catalogue --write DIRECTORY` from the catalogue itself."


def pages(
    controls: Sequence[type[Entry]], alerts: Sequence[type[Entry]]
) -> Mapping[str, str]:
    """Return every page by the name of its file."""
    return {
        "controls.md": _entries("Controls", controls),
        "alerts.md": _entries("Alerts and witnesses", alerts),
        "frameworks.md": _frameworks((*controls, *alerts)),
    }


def _entries(title: str, found: Sequence[type[Entry]]) -> str:
    parts = [
        f"# {title}",
        MADE_BY,
        "What is marked ~ only comes nearest. A default whose source is called "
        "assumption is a guess: set it to what is true of you.",
    ]
    for name, heading in KINDS.items():
        lines = [f"- [{e.id}](#{e.id}): {e.title}" for e in found if kind(e) == name]
        if lines:
            parts += [f"**{heading}**", "\n".join(lines)]
    for one in found:
        parts += _entry(one)
    return _joined(parts)


def _entry(found: type[Entry]) -> Iterable[str]:
    yield f"## {found.id}"
    (_, what), *rest = SAID
    yield f"**{plain_text(found.title)}.** {plain_text(getattr(found, what))}"
    lines = [f"- **{term}**: {plain_text(getattr(found, name))}" for term, name in rest]
    yield "\n".join(lines)
    own, shared = parameters(found)
    if own:
        yield _parameters(own)
    if shared:
        yield "How it can fail:"
        yield _parameters(shared)
    yield pipe_table(
        ("framework", "ids"), [(name, ", ".join(ids)) for name, ids in cited(found)]
    )


def _parameters(known: Sequence[Parameter]) -> str:
    rows = [
        (f"`{p.name}`", _value(p.default), p.unit, sentence(p.doc), p.source)
        for p in known
    ]
    return pipe_table(("parameter", "default", "unit", "says", "source"), rows)


def _value(default: str) -> str:
    return default if default in (NOT_GIVEN, REQUIRED) else f"`{default}`"


def _frameworks(entries: Sequence[type[Entry]]) -> str:
    home = {e.id: "controls" if kind(e) == "control" else "alerts" for e in entries}

    def linked(citing: Iterable[Citation], page: str) -> str:
        found = (c for c in citing if home[c.entry] == page)
        return ", ".join(
            f"[{c.entry}]({page}.md#{c.entry}){'~' if c.weak else ''}" for c in found
        )

    parts = [
        "# Frameworks",
        MADE_BY,
        "Which ids are answered to, and by which controls and alerts; ~ only comes "
        "nearest. Ids not listed are answered by nothing here.",
        "\n".join(
            f"- [{name}](#{_anchor(name)})" for name in (*FRAMEWORKS.values(), "Notice")
        ),
    ]
    for key, name in FRAMEWORKS.items():
        rows = [
            (id_, linked(citing, "controls"), linked(citing, "alerts"))
            for id_, citing in covered(entries, key).items()
        ]
        parts += [
            f"## {name}",
            pipe_table(("id", "controls", "alerts"), rows),
        ]
    return _joined([*parts, "## Notice", notice_in_markdown()])


def _anchor(heading: str) -> str:
    """Return what a heading is linked by, as readers of Markdown make it."""
    return re.sub(r"[^\w -]", "", heading.casefold()).replace(" ", "-")


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"
