"""Plain text in 80 columns: wrapped paragraphs, headings, tables with wrapped cells.

Everything is text in, text out; nothing here knows what it is about.
"""

import re
import textwrap
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from attrs import frozen

WIDTH = 80

# A number and its unit stay on one line: they are glued while the text is wrapped.
_GLUE = "\u00a0"
_UNIT = re.compile(r"(?<=\d) (?=(%|(s|min|h|d)\b))")


@frozen
class Column:
    """One column of a table: its width in characters and the side it keeps to."""

    width: int
    right: bool = False


def fill(text: str, *, indent: int = 0, hang: int = 0, width: int = WIDTH) -> str:
    """Wrap a paragraph; lines after the first are indented by ``hang`` more."""
    lines = textwrap.wrap(
        _UNIT.sub(_GLUE, text),
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_on_hyphens=False,
    )
    return "\n".join(lines).replace(_GLUE, " ")


def heading(text: str, rule: str = "-") -> str:
    """Underline a heading, wrapping it if it is long."""
    wrapped = fill(text)
    longest = max(map(len, wrapped.splitlines()), default=0)
    return f"{wrapped}\n{rule * longest}"


def entry(term: str, text: str, *, indent: int = 0, term_width: int) -> str:
    """Set a term beside its wrapped text; a term too long gets a line of its own."""
    lead = " " * indent
    gap = " " * (indent + term_width + 2)
    wrapped = fill(text, width=WIDTH - len(gap)).splitlines() or [""]
    if len(term) > term_width:
        return "\n".join([fill(term, indent=indent), *(gap + w for w in wrapped)])
    first, *rest = wrapped
    lines = [f"{lead}{term:<{term_width}}  {first}".rstrip(), *(gap + w for w in rest)]
    return "\n".join(lines)


def table(rows: Iterable[Sequence[str]], columns: Sequence[Column]) -> str:
    """Set rows in columns one space apart, wrapping cells that are too wide."""
    return "\n".join(line for row in rows for line in _lines(row, columns))


def clipped(text: str, width: int) -> str:
    """Shorten a text that is too long, showing that it was."""
    return text if len(text) <= width else text[: width - 1] + "…"


def _lines(row: Sequence[str], columns: Sequence[Column]) -> list[str]:
    cells = [
        fill(cell, width=column.width).splitlines() or [""]
        for cell, column in zip(row, columns, strict=True)
    ]
    return [_line(parts, columns) for parts in zip_longest(*cells, fillvalue="")]


def _line(parts: Sequence[str], columns: Sequence[Column]) -> str:
    placed = (
        part.rjust(column.width) if column.right else part.ljust(column.width)
        for part, column in zip(parts, columns, strict=True)
    )
    return " ".join(placed).rstrip()
