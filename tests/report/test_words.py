"""Numbers as people read them."""

import pytest

from simulator.report import words
from tests.report.builders import estimate, spread


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, "-"),
        (0, "0s"),
        (99, "99s"),
        (100, "2m"),
        (640, "11m"),
        (5970, "1.7h"),
        (86_400, "24h"),
        (400_000, "4.6d"),
        (-7200, "-2.0h"),
    ],
)
def test_short_spans_fit_five_characters(seconds, text):
    """A span in a column has one unit and at most five characters."""
    assert text == words.short(seconds)


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0"), (0.001, "<1"), (0.005, "0"), (0.5, "50"), (0.999, ">99"), (1, "100")],
)
def test_a_share_is_never_rounded_to_nothing_or_to_all(share, text):
    """Only a share that is 0 or 1 is written as 0 or 100."""
    written = words.percent(share)

    assert text == written or (share == 0.005 and written in ("0", "1", "<1"))


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "T0"), (640, "+10 min 40 s"), (-7200, "-2 h")],
)
def test_an_offset_carries_its_sign(seconds, text):
    """A distance from the effect says on which side it lies."""
    assert text == words.offset(seconds)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.01, "+0"), (3.24, "+3.2"), (-12.2, "-12"), (12_000, "+12k")],
)
def test_friction_is_signed(seconds, text):
    """Seconds added and saved are told apart in at most five characters."""
    assert text == words.signed(seconds)


def test_a_median_of_the_few_stands_in_brackets():
    """A median that under half of the runs reached is marked as such."""
    assert words.typical(spread(640, happened=50)) == "11m"
    assert words.typical(spread(640, happened=49)) == "(11m)"
    assert words.typical(spread(None)) == "-"


def test_counts_are_not_written_as_spans():
    """A metric that counts is written as a number, others as time."""
    assert words.spread(spread(246), "people-able deactivate") == "246 (221.4 to 270.6)"
    assert words.quantity(246, "outage head-of-state") == "4 min 6 s"
    assert words.spread(spread(None), "outage") == "did not happen"


def test_an_interval_follows_its_share():
    """A share is written with the ends of its interval, all in per cent."""
    assert words.interval(estimate(50)) == "50 40-60"


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("it is refused", "It is refused."),
        ("Why?", "Why?"),
        ("head-of-state is locked", "head-of-state is locked."),
        ("", ""),
    ],
)
def test_a_sentence_leaves_ids_alone(phrase, told):
    """A phrase gets a capital and a stop, but an id keeps its spelling."""
    assert told == words.sentence(phrase)


@pytest.mark.parametrize(
    ("items", "text"),
    [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")],
)
def test_a_listing_reads_like_a_sentence(items, text):
    """Items are joined by commas and a last word."""
    assert text == words.listing(items)
