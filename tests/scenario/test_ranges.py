"""The range in which an assumed number may lie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.clock import DAY, MINUTE, Clock, Moment, Seconds, TimeOfDay
from simulator.scenario.organisation import Approvals, Leaving, Registry, Team
from simulator.scenario.organisation import Desk as DeskNoun
from simulator.scenario.ranges import (
    Range,
    centre,
    declared_range,
    default_range,
    with_centre,
    write_number,
)
from simulator.scenario.shapes import form_of
from simulator.streams import (
    Constant,
    Empirical,
    Exponential,
    LogNormal,
    Triangular,
    Uniform,
)
from tests.scenario.sample import edited, loaded, marked, problems

SHARE = form_of(Approvals).slots["present"]
TIME = form_of(Approvals).slots["pick_up"]
COUNT = form_of(Team).slots["size"]
RATE = form_of(DeskNoun).slots["tickets_per_hour"]
DATE = form_of(Leaving).slots["notice"]
OF_DAY = form_of(Registry).slots["sync"]
CLOCK = Clock.from_text("2017-10-30", "UTC")

shares = st.floats(0.01, 0.99)
durations = st.integers(1, DAY)
varying = st.one_of(
    st.builds(lambda a, b: LogNormal(a, a + b), durations, durations),
    st.builds(lambda a, b: Uniform(a, a + b), durations, durations),
    st.builds(lambda a, b, c: Triangular(a, a + b, a + b + c), *[durations] * 3),
    st.builds(Exponential, durations),
    st.builds(Constant, durations),
    st.builds(Empirical, st.lists(durations, min_size=1, max_size=5)),
)


# Laws.


@given(shares, st.floats(0, 1))
def test_a_default_range_holds_its_value_in_the_middle(share, place):
    """Half and twice the odds, and nothing outside."""
    span = default_range(SHARE, share)

    assert span.low < share < span.high
    assert span.at(0.5) == pytest.approx(share)
    assert span.low <= span.at(place) <= span.high


@given(varying, st.floats(0.5, 2))
def test_a_time_is_scaled_as_a_whole(time, by):
    """Whatever the distribution, its centre goes where it is put, in whole seconds."""
    scaled = with_centre(time, max(1.0, by * centre(time)))

    assert type(scaled) is type(time)
    assert centre(scaled) == pytest.approx(max(1.0, by * centre(time)), abs=1)
    assert with_centre(time, centre(time)) == time


@given(varying)
def test_every_time_above_zero_has_a_range_that_can_be_reached(time):
    """Both default ends make distributions, and the low one is not above the high."""
    span = default_range(TIME, time)

    assert centre(with_centre(time, span.low)) <= centre(with_centre(time, span.high))


@given(st.integers(0, 100_000))
def test_a_count_moves_by_a_step_and_stays_within_its_field(count):
    """Even none and the most allowed have somewhere to go, and nothing is exceeded."""
    span = default_range(COUNT, count)

    assert 0 <= span.low <= count <= span.high <= 100_000
    assert span.high - span.low >= 1


# Closed forms.


def test_the_default_range_of_a_share_is_in_its_odds():
    """0.2 is odds of 1 to 4: 1 to 8 is a ninth, 1 to 2 a third."""
    span = default_range(SHARE, 0.2)

    assert (span.low, span.high) == pytest.approx((1 / 9, 1 / 3))


def test_default_ranges_of_times_and_rates_are_half_to_twice():
    """And spread by ratio; the shape of a time is kept."""
    time = LogNormal(Seconds(180), Seconds(480))
    span = default_range(TIME, time)

    assert Range(90, 360, "ratio", declared=False) == span
    assert with_centre(time, span.high) == LogNormal(Seconds(360), Seconds(960))
    assert Range(18, 72, "ratio", declared=False) == default_range(RATE, 36.0)


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        (SHARE, 0.0),
        (SHARE, 1.0),
        (RATE, 0.0),
        (TIME, Constant(Seconds(0))),
        (DATE, Moment(3600)),
        (OF_DAY, TimeOfDay(3600)),
    ],
)
def test_some_numbers_have_no_default_range(slot, value):
    """Nothing is half of a date, and twice nothing is nothing."""
    assert default_range(slot, value) is None


def test_a_declared_range_is_read_with_its_unit():
    """A share, a duration in seconds, a date from the start; all spread evenly."""
    assert declared_range(SHARE, ("1e-1", "0.5"), None) == Range(0.1, 0.5, "even", True)
    assert declared_range(TIME, ("5m", "1h"), None) == Range(300, 3600, "even", True)
    days = declared_range(DATE, ("2017-10-30", "2017-10-31"), CLOCK)
    assert days == Range(0, DAY, "even", True)
    assert days.at(0.25) == DAY / 4


@pytest.mark.parametrize(
    ("slot", "value", "written"),
    [
        (SHARE, 0.123456, "0.123"),
        (COUNT, 4, "4"),
        (TIME, Constant(Seconds(90)), "1m 30s"),
        (TIME, LogNormal(Seconds(90), Seconds(100)), "median 1m 30s"),
        (TIME, Uniform(Seconds(60), Seconds(120)), "mean 1m 30s"),
        (DATE, Moment(90 * MINUTE), "2017-10-30T01:30"),
        (OF_DAY, TimeOfDay(90 * MINUTE), "01:30"),
    ],
)
def test_numbers_are_written_as_in_a_file(slot, value, written):
    """Shortly, with their units."""
    assert write_number(slot, value, CLOCK) == written


# Files.

RESTORE = "{is: {dist: triangular, low: 1m, mode: 5m, high: 20m}, source: R 1b}"


def test_a_file_may_declare_a_range_beside_a_source_or_alone():
    """It is kept as written; the value is the same as without."""
    text = edited(
        ("missing: {is: 0.25, source: A}", "missing: {is: 0.25, between: [0.1, 5e-1]}"),
        ("source: R 1j 1k}", "source: R 1j 1k, between: [40, 90]}"),
        (RESTORE, RESTORE.replace("R 1b}", "R 1b, between: [4m, 1h]}")),
    )
    found = {known.path: known for known in loaded(text).provenance}
    plain = loaded()

    assert loaded(text) == plain
    missing = found["organisation.registries.contractor.missing"]
    assert (missing.tag, missing.between) == ("A", ("0.1", "5e-1"))
    rate = found["organisation.desks.abuse-reports.tickets_per_hour"]
    assert (rate.tag, rate.source, rate.between) == ("R", "1j 1k", ("40", "90"))
    assert found["organisation.response.restore"].between == ("4m", "1h")
    assert {known.between for known in plain.provenance} == {None}


@pytest.mark.parametrize(
    ("between", "line"),
    [
        ("‸0.3", "not a range (0.3); accepted: [LOW, HIGH], such as [5m, 30m] or"),
        ("‸[0.1]", "not a range (a list); accepted: [LOW, HIGH]"),
        ("‸[null, 0.5]", "not a range (a list); accepted: [LOW, HIGH]"),
        ("‸[0.5, 0.1]", "range upside down (0.5 to 0.1); accepted: the lower end firs"),
        (
            "‸[0.5, 0.9]",
            "range without its value (0.5 to 0.9); accepted: a range that ",
        ),
        ("[0.1, ‸1.5]", "1.5 is too large; at most 1 is accepted"),
        ("[‸5m, 0.5]", "not a number ('5m'); accepted: 3, 0.25 or 1e-4"),
    ],
)
def test_a_wrong_range_is_answered_with_its_place(between, line):
    """What is wrong with it, and what is accepted."""
    change = ("source: A}", f"between: {between}}}")
    text, place = marked(
        (f"missing: {{is: 0.25, {change[0]}", f"missing: {{is: 0.25, {change[1]}")
    )

    assert [found for found in problems(text) if found.startswith(place)] != []
    assert any(line in found for found in problems(text)), problems(text)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("triage: {dist: exponential, mean: 10m}", "triage: {is: {dist: exponential, "
         "mean: 10m}, between: [0, 1h]}", "range of a time that varies reaches zero"),
        ("exactly: {is: 11m, source: D 1a}", "exactly: {is: 11m, source: D 1a, "
         "between: [1m, 1h]}", "unknown key 'between'; accepted: is, source"),
        ("intent: {is: gesture, source: R 1c}", "intent: {is: gesture, source: R 1c, "
         "between: [slip, bribe]}", "unknown key 'between'; accepted: is, source"),
        ("ttl: 30m", "ttl: {between: [1m, 1h]}", "missing key 'is'"),
    ],
)  # fmt: skip
def test_where_no_range_can_be_none_is_accepted(old, new, line):
    """Choices and expectations have none, and no time that varies reaches zero."""
    if old == "ttl: 30m":
        old, new = "size: 40}", f"size: {new.removeprefix('ttl: ')}}}"
    found = problems(edited((old, new)))

    assert any(line in one for one in found), found
