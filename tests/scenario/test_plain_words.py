"""What an unquoted word means."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scenario.plain_words import meaning


@pytest.mark.parametrize(
    "word",
    [
        "17:30",  # 1050 in YAML 1.1
        "1:30:00",
        "no",  # false in YAML 1.1, and a country
        "NO",
        "on",
        "off",
        "yes",
        "y",
        "2017-11-02",  # a date object in YAML 1.1
        "2017-11-02T18:57:00Z",
        "1_000",  # 1000 in YAML 1.1
        "0b11",
        "<<",
        "tRUE",
        "4h",
        "1.2.3",
        "e3",
        ".",
        "9" * 41 + "x",
    ],
)
def test_words_that_other_readers_change_stay_text(word):
    """Times, dates and the many spellings of yes and no stay what was written."""
    assert word == meaning(word)


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("010", 10),  # 8 in YAML 1.1
        ("0o10", 8),
        ("0x1F", 31),
        ("-7", -7),
        ("+7", 7),
        ("1e3", 1000.0),  # text in YAML 1.1
        ("1E-4", 0.0001),
        (".5", 0.5),
        ("5.", 5.0),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("-.inf", -math.inf),
    ],
)
def test_the_core_schema_decides(word, value):
    """Numbers, booleans and null mean what YAML 1.2 says, with the same type."""
    found = meaning(word)

    assert value == found
    assert type(value) is type(found)


@given(st.text())
def test_every_word_has_a_meaning(word):
    """No word is refused, and what is no number, boolean or null is left alone."""
    found = meaning(word)

    assert found == word or not isinstance(found, str)


def test_a_number_too_long_to_count_is_not_finite():
    """Thousands of digits become infinity instead of an error."""
    assert math.inf == meaning("9" * 100_000)
