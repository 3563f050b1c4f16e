"""The what-if that is committed is the one that its last line makes."""

import re
import shlex

import pytest
from click.testing import CliRunner

from simulator.cli import main

pytestmark = pytest.mark.slow


def test_committed_what_if_is_current(root, golden, monkeypatch):
    """The command of the last line writes the page again, byte for byte."""
    committed = root / "reports" / "microblog-lastday-2017" / "whatif.md"
    last = committed.read_text(encoding="utf-8").splitlines()[-1]
    (command,) = re.findall(r"^Written by `lastday (whatif .+)`\.$", last)
    monkeypatch.chdir(root)
    done = CliRunner().invoke(main, shlex.split(command))

    assert (done.exit_code, done.stderr) == (0, "")
    assert "--design lattice" in command
    assert "--candidates" not in command
    golden(committed, done.stdout)
