"""What scenarios/README.md tells of starting from lists is true."""

import re
from pathlib import Path

import pytest

from simulator.cli.new import organisation
from simulator.exchange.fitting import FEW
from simulator.exchange.layouts import LAYOUTS
from simulator.exchange.tables import normalised

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="module")
def section():
    """Return the section of the page, without its commands."""
    page = (SCENARIOS / "README.md").read_text("utf-8")
    return re.search(r"## Start from your own data\n(.*?)\n## ", page, re.DOTALL)[1]


def test_the_section_is_short(section):
    """A page of how-to does not grow into a reference."""
    assert len(section.splitlines()) <= 50


def test_options_are_those_of_the_command(section):
    """Each option that the section names is one."""
    known = {name for option in organisation.params for name in option.opts}

    assert {*re.findall(r"`(--[a-z-]+)", section)} <= known


def test_columns_are_those_of_the_lists(section):
    """Each column that the table names is found by that heading."""
    rows = re.findall(r"^\| `--(\w+)` \|.*\| (.*) \|$", section, re.MULTILINE)

    assert [kind for kind, _ in rows] == list(LAYOUTS)
    for kind, columns in rows:
        named = re.split(r"[,;] | or ", re.sub(r" \(.*?\)", "", columns))
        known = {word for words in LAYOUTS[kind].words.values() for word in words}
        assert {normalised(name) for name in named} <= known


def test_numbers_are_those_of_the_code(section):
    """Few means what it says."""
    told = " ".join(section.split())

    assert told.count(f"fewer than {FEW} ") == 2
