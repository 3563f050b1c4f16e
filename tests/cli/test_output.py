"""What a terminal shows, and what it does not."""

import io
import re

from simulator.cli.output import Output
from simulator.cli.progress import progress
from simulator.report import render
from tests.report.builders import findings, replay


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        """Say so."""
        return True


def test_a_terminal_shows_the_same_words(monkeypatch):
    """Colours are added on a terminal, and not a character else."""
    shown = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("sys.stdout", shown)
    text = render(replay(), findings())
    Output().write(text)

    assert "\x1b[" in shown.getvalue()
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown.getvalue()) == text


def test_progress_is_shown_on_a_terminal_only(monkeypatch):
    """There is a step to call on a terminal, unless quiet was asked for."""
    with progress(quiet=False) as step:
        assert step is None

    monkeypatch.setattr("sys.stderr", Terminal())
    with progress(quiet=True) as step:
        assert step is None


def test_progress_counts_runs(monkeypatch):
    """The bar says how many runs are done."""
    shown = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", shown)
    with progress(quiet=False) as step:
        step(3, 10)

    assert "3/10" in shown.getvalue()
