"""Where results go: standard output or a file that is known to be writable."""

import sys
from pathlib import Path

import click


class Output:
    """Takes text piece by piece; a file is written whole, when all is done."""

    def __init__(self, path: Path | None = None) -> None:
        """Take the file to write to; None is standard output."""
        self.path = path
        self._kept = ""

    def write(self, text: str) -> None:
        """Show text now, or keep it for the file."""
        if self.path is not None:
            self._kept += text
        elif sys.stdout.isatty():
            _show_in_colour(text)
        else:
            click.echo(text, nl=False)
            sys.stdout.flush()

    def close(self) -> None:
        """Write the file, if there is one."""
        if self.path is not None:
            self.path.write_text(self._kept, encoding="utf-8")


def writable_file(
    ctx: click.Context, parameter: click.Parameter, name: str | None
) -> Path | None:
    """Accept a file name only if it can be written, before any long work."""
    if name is None:
        return None
    path = Path(name)
    is_new = not path.exists()
    try:
        with path.open("a"):
            pass
        if is_new:
            path.unlink()
    except (OSError, ValueError) as error:
        raise _unwritable(name, error, ctx, parameter) from None
    return path


def writable_folder(
    ctx: click.Context, parameter: click.Parameter, name: str | None
) -> Path | None:
    """Accept a folder only if files can be written to it; it is made if missing."""
    if name is None:
        return None
    try:
        return made(Path(name))
    except (OSError, ValueError) as error:
        raise _unwritable(name, error, ctx, parameter) from None


def made(folder: Path) -> Path:
    """Make a folder and prove that it can be written to.

    Raises:
        OSError: It cannot.
    """
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / ".lastday-probe"
    probe.write_bytes(b"")
    probe.unlink()
    return folder


def _unwritable(
    name: str, error: Exception, ctx: click.Context, parameter: click.Parameter
) -> click.BadParameter:
    why = getattr(error, "strerror", None) or str(error)
    what = f"{name}: cannot be written ({why.lower()})"
    return click.BadParameter(what, ctx, parameter)


def _show_in_colour(text: str) -> None:
    """Show the same words with headings and misses picked out."""
    # Imported here: rich is slow to load, and only a terminal has a use for it.
    from rich.console import Console
    from rich.text import Text

    painted = Text(text)
    painted.highlight_regex(r"(?m)^.*\n(?=[-=]{4,}$)", "bold")
    painted.highlight_regex(r"(?m)^[-=]{4,}$", "dim")
    painted.highlight_regex(r"(?m)^\d\d:\d\d:\d\d +(T0|[-+].*? (s|min|h|d))  ", "cyan")
    painted.highlight_regex(r"\bMISSED\b", "bold red")
    Console(highlight=False).print(painted, end="", soft_wrap=True)
