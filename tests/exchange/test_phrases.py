"""Values as the text of a scenario file: what is written is read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.clock import DAY, HOUR, parse_days, parse_duration
from simulator.exchange.phrases import (
    WIDTH,
    comment,
    days,
    distribution,
    entry,
    key,
    quoted,
    time_of_day,
)
from simulator.scenario.yaml_nodes import parse_yaml
from simulator.streams import Constant, Empirical, Exponential, LogNormal

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=120)


def read(text):
    """Read a text as a file would be."""
    return parse_yaml(text, "a test").data


@pytest.mark.parametrize("name", ["care", "007", "1e3", "0x1f", "null", "true", "a-1"])
def test_an_id_is_read_back_as_a_text(name):
    """A department that is called 007 is not the number seven."""
    assert read(f"{key(name)}: 1\n") == {name: 1}
    assert read(f"[{key(name)}]\n") == [name]


@given(words)
def test_any_text_can_be_quoted(text):
    """Names of files may hold quotes, backslashes and worse."""
    found = read(f"a: {quoted(text)}\n")["a"]

    assert all(have in (wanted, " ") for have, wanted in zip(found, text, strict=True))


@given(words, st.integers(0, 8))
def test_an_entry_keeps_its_source_and_the_width(text, indent):
    """A value and its source come back, however long the source is."""
    text = " ".join(text.split())
    lines = list(entry("size", "12", f"D {text}", indent))

    assert all(len(line) <= WIDTH for line in lines if " " in line.strip()[80:])
    found = read("\n".join(lines))["size"]
    assert found["is"] == 12
    assert found["source"].split() == read(quoted(f"D {text}")).split()


def test_an_entry_without_a_source_is_plain():
    """An assumption is a bare number."""
    assert list(entry("size", "12", "", 2)) == ["  size: 12"]


@given(words)
def test_a_comment_is_only_a_comment(text):
    """Whatever stands in it, a comment changes nothing."""
    assert read("\n".join([*comment(text, 2), "a: 1"])) == {"a": 1}


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        (WEEK, "daily"),
        (WEEK[:5], "mon-fri"),
        (("mon", "tue", "wed", "thu", "sun"), "sun-thu"),
        (("sat", "sun"), '"sat,sun"'),
        (("mon", "wed", "fri"), '"mon,wed,fri"'),
        (("tue",), '"tue"'),
    ],
)
def test_days_are_written_short(chosen, text):
    """Days that follow each other are a range, round the end of the week too."""
    assert days(chosen) == text
    assert parse_days(text.strip('"')) == chosen


def test_times_of_day_are_texts():
    """An unquoted time would be for other readers a number."""
    assert time_of_day(22 * HOUR + 1800) == '"22:30"'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Constant(0), "0s"),
        (Constant(5 * HOUR), "5h"),
        (Exponential(12 * DAY + 61), "{dist: exponential, mean: 12d}"),
        (LogNormal(59, 12345), "{dist: lognormal, median: 59s, p90: 3h 26m}"),
        (
            Empirical((60, 120), (0.25, 0.5)),
            "{dist: empirical, values: [1m, 2m], weights: [0.25, 0.5]}",
        ),
        (Empirical((60, 120), (0.5, 0.5)), "{dist: empirical, values: [1m, 2m]}"),
    ],
)
def test_distributions_are_written_as_exactly_as_they_deserve(value, text):
    """What is less than a hundredth of a time is left out."""
    assert distribution(value) == text


@given(st.integers(0, 36_500 * DAY))
def test_rounding_is_less_than_a_hundredth(seconds):
    """No fit is changed by how it is written."""
    written = parse_duration(distribution(Constant(seconds)))

    assert abs(written - seconds) <= seconds / 100
