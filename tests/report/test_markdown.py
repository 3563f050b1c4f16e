"""The report as Markdown."""

import re

from markdown_it import MarkdownIt

from simulator.report import render
from simulator.report.pipes import pipe_table, plain_text
from tests.report.builders import findings, replay

REPORT = render(replay(), findings(), form="markdown")


def section(title):
    """Return the text below a heading."""
    return REPORT.split(f"## {title}\n")[1].split("\n## ")[0]


def test_the_picture_is_linked():
    """The report shows the timeline that lies beside it."""
    assert "![The replay on a time axis](timeline.svg)" in REPORT


def test_assumptions_stand_apart_from_sources():
    """A number without a source is listed as an assumption, the others are not."""
    found = section("Where the numbers come from")
    sourced, assumed = found.split("### Assumptions")

    assert "`misuse.when.at`" in sourced
    assert "`clock.horizon`" in assumed
    assert "`clock.horizon`" not in sourced


def test_every_control_says_what_it_does_not_stop():
    """In force or tried, a control's blind spot is in the report."""
    found = section("What each control and alert does not stop")

    assert "An approver who consents without a look" in found
    assert "`soft-delete`" in found


def test_limits_are_stated():
    """The report ends with what its numbers cannot say."""
    assert "assumed wrongly" in section("Limits")


def test_it_holds_no_date_of_its_making():
    """Two reports of the same findings are the same, byte for byte."""
    assert render(replay(), findings(), form="markdown") == REPORT
    assert re.findall(r"\b20(?!17)\d\d-\d\d-\d\d", REPORT) == []


def test_tables_hold_together():
    """All rows of a table have as many cells as its head, whatever they say."""
    table = pipe_table(("a", "b"), [("x | y", "line\nbreak"), ("<b>", "")])

    assert {2} == {line.replace("\\|", "").count("|") - 1 for line in table.split("\n")}


def test_text_of_a_scenario_is_not_markup():
    """Signs that Markdown would read as its own are escaped."""
    assert plain_text("*not* [bold]") == r"\*not\* \[bold\]"


def test_every_table_is_read_as_a_table():
    """A Markdown reader finds each table that the report sets."""
    tokens = MarkdownIt("commonmark").enable("table").parse(REPORT)

    assert REPORT.count("| --- |\n") == sum(t.type == "table_open" for t in tokens)
