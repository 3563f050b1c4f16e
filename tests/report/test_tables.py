"""The tables of the text report."""

from attrs import evolve

from simulator.report import tables
from tests.report.builders import (
    CUTOFF,
    FOUR_EYES,
    IN_FORCE,
    LOCK,
    findings,
    reading,
    row,
    spread,
    target,
)


def first_words(text):
    """Return the first word of each line but the two of the head."""
    return [line.split()[0] for line in text.splitlines()[2:]]


def test_rows_are_sorted_best_first():
    """The day as it was comes first, then what held most often."""
    found = tables.verdicts(reading(CUTOFF, IN_FORCE, LOCK, FOUR_EYES))

    assert first_words(found) == [
        "as",
        "protected-lock",
        "four-eyes",
        "last-day-cutoff",
        "soft-delete*",
    ]


def test_the_table_fits_80_columns_whatever_the_numbers():
    """Long labels are clipped and extreme numbers abbreviated."""
    wide = row(
        "a-label-of-more-than-22-characters",
        counts={"stopped": 100},
        detect=spread(10_000_000, happened=10),
        restore=spread(10_000_000, happened=10),
        cost={"added_s": 123_456.0, "alarms_per_shift": 123_456.0},
    )

    assert max(map(len, tables.verdicts(reading(wide)).splitlines())) <= 80


def test_the_mark_of_what_was_in_force_is_explained():
    """A footnote stands where a row is marked, and only there."""
    assert tables.footnote(findings(reading(LOCK))) == ""
    assert "the day without it" in tables.footnote(findings(reading(IN_FORCE)))


def test_readings_that_agree_share_a_row():
    """A target that all readings meet alike is told once."""
    same = tables.replayed((reading(), reading(option="slip")))

    assert same.count("outage") == 1
    assert "gesture" not in same


def test_readings_that_differ_are_told_apart():
    """A target on which readings differ has a row for each."""
    slower = reading(option="slip", targets=(target(simulated=spread(900), met=False),))
    found = tables.replayed((reading(), slower))

    assert "  gesture" in found
    assert "  slip" in found
    assert found.splitlines()[3].endswith("MISSED")


def test_a_target_that_never_varies_says_so():
    """A count that is the same in all runs has no range."""
    fixed = evolve(spread(246), low=246, high=246)
    found = tables.replayed(
        (reading(targets=(target("able", metric="people-able", simulated=fixed),)),)
    )

    assert (found.splitlines()[1].split()) == [
        "able",
        "11",
        "min",
        "246",
        "always",
        "predicted",
        "met",
    ]


def test_only_rows_that_differ_by_option_are_shown():
    """A swept question gets a table of the rows it makes a difference to."""
    found = tables.by_option(reading(CUTOFF, FOUR_EYES))

    assert "four-eyes" in found
    assert "last-day-cutoff" not in found
    assert tables.by_option(reading(CUTOFF)) == ""
