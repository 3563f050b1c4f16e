"""The group of commands: help, lazy loading, near misses."""

import subprocess
import sys

import pytest

from simulator.cli import COMMANDS
from tests.cli.conftest import ROOT

HEAVY = {
    "attrs",
    "attr",
    "cattrs",
    "hypothesis",
    "rich",
    "simpy",
    "structlog",
    "whenever",
    "yaml",
    "asyncio",
    "ssl",
    "numpy",
}


@pytest.mark.slow
@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["--version"]])
def test_help_loads_nothing_but_click(words):
    """Help and version import none of the libraries that do the work."""
    found = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "simulator", *words],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    loaded = {
        line.rpartition("|")[2].strip().partition(".")[0]
        for line in found.stderr.splitlines()
        if line.startswith("import time:")
    }

    assert "click" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_shows_an_example(lastday, name):
    """The help of a command ends with a call that can be copied."""
    found = lastday(name, "--help")

    assert found.exit_code == 0
    assert f"lastday {name}" in found.output.split("Example")[1]


def test_the_group_lists_its_commands(lastday):
    """Help of the group names each command with one line."""
    found = lastday("--help").output

    assert all(f"  {name} " in found for name in COMMANDS)


def test_a_misspelt_command_is_answered_with_the_nearest(lastday):
    """An unknown command ends with 2 and a suggestion."""
    found = lastday("rnu")

    assert found.exit_code == 2
    assert "did you mean 'run'?" in found.output


def test_a_misspelt_option_is_answered_with_the_nearest(lastday):
    """An unknown option ends with 2 and a suggestion."""
    found = lastday("run", "x.yaml", "--repplications", "3")

    assert found.exit_code == 2
    assert "--replications" in found.output


def test_the_version_can_be_asked(lastday):
    """The version is one line."""
    found = lastday("--version")

    assert found.exit_code == 0
    assert found.output.startswith("lastday ")
