"""Markdown tables and text whose signs mean nothing to Markdown."""

import re
from collections.abc import Iterable, Sequence

_SIGNS = re.compile(r"([\\*_\[\]<>|#])")


def pipe_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; cells may hold code spans and bold, but never a bar or a break."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def plain_text(text: str) -> str:
    """Escape what Markdown would read as its own, and join broken lines."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
