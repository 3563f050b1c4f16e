"""A progress bar on the standard error, only on a terminal and only if wanted."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Step = Callable[[int, int], None]
"""Told (done, total) as the work goes on."""


@contextmanager
def progress(*, quiet: bool) -> Iterator[Step | None]:
    """Show a bar while the block runs; None where nobody would see it."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    # Imported here: rich is slow to load, and only a terminal has a use for it.
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("runs"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("runs", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
