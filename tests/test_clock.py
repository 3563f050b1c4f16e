"""Time is whole seconds inside; text and zones turn into it and back without loss."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from simulator.clock import (
    DAY,
    DAYS,
    HOUR,
    LONGEST,
    MINUTE,
    Clock,
    Span,
    format_duration,
    parse_days,
    parse_duration,
    parse_time_of_day,
    parse_zone,
    shift_spans,
    write_duration,
)

# Half-hour steps, midnight gaps, midnight folds, no steps, and quarter-hour offsets.
ZONES = (
    "America/Havana",
    "America/Los_Angeles",
    "America/Santiago",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/London",
    "UTC",
)
CHANGES = (
    ("2026-03-29", "Europe/London"),
    ("2026-10-25", "Europe/London"),
    ("2025-03-09", "America/Havana"),
    ("2025-11-02", "America/Havana"),
    ("2024-04-06", "America/Santiago"),
    ("2024-09-08", "America/Santiago"),
    ("2026-04-05", "Australia/Lord_Howe"),
    ("2026-10-04", "Australia/Lord_Howe"),
)
HOUSE_STYLE = re.compile(r"|[a-z].* \(.*\); [a-z].*[^.]", re.DOTALL)
PACIFIC = Clock.from_text("2017-11-02T12:00", "America/Los_Angeles")

zones = st.sampled_from(ZONES)
spans = st.tuples(st.integers(-9, 9), st.integers(-9, 9)).map(
    lambda ends: Span(min(ends), max(ends))
)
times_of_day = st.integers(0, DAY // MINUTE - 1).map(lambda minutes: minutes * MINUTE)
# Any second of 2012 to 2100, or an hour of the week before a change of the clocks.
clocks = st.builds(Clock, st.integers(1_325_376_000, 4_102_444_800), zones) | st.builds(
    lambda change, hours: Clock(change.start_epoch_s - hours * HOUR, change.zone),
    st.sampled_from([Clock.from_text(*change) for change in CHANGES]),
    st.integers(0, 7 * 24),
)
fortnight = st.integers(-7 * DAY, 7 * DAY)


@given(st.integers(0, LONGEST))
def test_written_duration_reads_back(seconds: int) -> None:
    """Reading a written duration gives the same seconds, to the second."""
    assert seconds == parse_duration(write_duration(seconds))
    assert seconds == parse_duration(format_duration(seconds, units=4))


@given(st.integers(0, 10**9))
def test_two_units_are_near_the_truth(seconds: int) -> None:
    """Two neighbouring units are never off by more than a 48th."""
    shown = parse_duration(format_duration(seconds))

    assert abs(shown - seconds) * 48 <= seconds


@pytest.mark.parametrize(
    "parse",
    [parse_duration, parse_time_of_day, parse_days, PACIFIC.moment],
)
@settings(max_examples=50)
@given(text=st.text(max_size=9) | st.text("-P019:T.,dhm", max_size=5))
def test_refusal_says_what_is_accepted(
    parse: Callable[[str], object], text: str
) -> None:
    """Any text is read, or refused by value with what is accepted instead."""
    assert HOUSE_STYLE.fullmatch(_refusal(parse, text))


@settings(max_examples=5)
@given(st.text(max_size=9))
def test_refused_zone_says_what_is_accepted(text: str) -> None:
    """Any text names a zone, or is refused like every other value."""
    assert HOUSE_STYLE.fullmatch(_refusal(parse_zone, text))


def _refusal(parse: Callable[[str], object], text: str) -> str:
    try:
        parse(text)
    except ValueError as refusal:
        return str(refusal)
    return ""


@given(clocks, fortnight, zones)
def test_iso_text_reads_back(clock: Clock, seconds: int, zone: str) -> None:
    """The ISO text of an instant, told in any zone, means that instant."""
    assert seconds == clock.moment(clock.iso(seconds, zone))


@given(clocks, fortnight, times_of_day)
def test_next_time_of_day_is_the_first(clock: Clock, now: int, due: int) -> None:
    """No instant from now to the next time of day has an earlier next one."""
    then = clock.next_time_of_day(now, due)

    assert now <= then <= now + 25 * HOUR
    for between in (now, (now + then) // 2, then):
        assert then == clock.next_time_of_day(between, due)


@given(clocks, fortnight)
def test_next_day_starts_at_midnight(clock: Clock, now: int) -> None:
    """The date changes at the next midnight and not a second before."""
    midnight = clock.midnight_after(now)

    assert midnight == clock.next_time_of_day(now + 1, DAY)
    assert clock.iso(now)[:10] == clock.iso(midnight - 1)[:10]
    assert clock.iso(now)[:10] < clock.iso(midnight)[:10]


@given(clocks, fortnight)
def test_hour_of_week_is_the_local_one(clock: Clock, now: int) -> None:
    """The hour of the week agrees with the weekday and hour of the local text."""
    day, hour = divmod(clock.hour_of_week(now), 24)

    assert clock.local(now).startswith(DAYS[day].title())
    assert clock.local_time(now).startswith(f"{hour:02}")


@given(spans, spans)
def test_spans_are_half_open(one: Span, other: Span) -> None:
    """Spans overlap where some second lies in both, and last as many as they cover."""
    seconds = [{t for t in range(-10, 11) if span.covers(t)} for span in (one, other)]

    assert bool(seconds[0] & seconds[1]) is one.overlaps(other)
    assert len(seconds[0]) == one.length


@settings(max_examples=50)
@given(clocks, times_of_day, times_of_day)
@example(Clock.from_text("2026-03-27", "Europe/London"), 0, 90 * MINUTE)
@example(Clock.from_text("2026-10-23", "Europe/London"), 90 * MINUTE, 17 * HOUR)
def test_adjoining_shifts_hand_over(clock: Clock, early: int, late: int) -> None:
    """Shifts that adjoin on paper cover every second once, also as clocks change."""
    day, night = _shifts(clock, early, late), _shifts(clock, late, early)
    both = sorted({*day, *night}, key=lambda span: (span.start, span.end))

    assert both[0].start <= 0
    assert both[-1].end >= 7 * DAY
    assert all(before.end == after.start for before, after in pairwise(both))


@settings(max_examples=50)
@given(clocks, times_of_day, times_of_day, st.sets(st.sampled_from(DAYS), min_size=1))
def test_shifts_are_those_of_the_days(
    clock: Clock, start: int, end: int, days: set[str]
) -> None:
    """Every shift overlaps the horizon and is one of the daily ones."""
    chosen = _shifts(clock, start, end, days=days)
    daily = _shifts(clock, start, end)

    assert all(span.overlaps(Span(0, 7 * DAY)) for span in chosen)
    assert chosen == tuple(
        span for span in daily if DAYS[clock.hour_of_week(span.start) // 24] in days
    )


def _shifts(
    clock: Clock,
    start: int,
    end: int,
    *,
    days: Iterable[str] = DAYS,
    until: int = 7 * DAY,
) -> tuple[Span, ...]:
    return shift_spans(
        clock, days=days, start_of_day=start, end_of_day=end, until=until
    )


@pytest.mark.parametrize("time", ["00:30", "01:00", "01:30", "02:00", "12:00"])
@pytest.mark.parametrize("date", ["2026-03-29", "2026-10-25"])
def test_time_of_day_is_reached_when_a_watcher_first_sees_it(
    date: str, time: str
) -> None:
    """On both days of change, the instant is the first one not before that time."""
    clock = Clock.from_text(date, "Europe/London")
    watched = range(0, DAY, MINUTE)
    seen = next(t for t in watched if clock.local_time(t) >= f"{time}:00")

    assert seen == clock.next_time_of_day(0, parse_time_of_day(time))


@pytest.mark.parametrize(
    ("date", "start", "end", "hours"),
    [
        ("2026-03-21", "22:00", "06:00", [8]),
        ("2026-03-28", "22:00", "06:00", [7]),
        ("2026-10-24", "22:00", "06:00", [9]),
        ("2026-03-28", "12:00", "12:00", [23]),
        ("2026-10-24", "12:00", "12:00", [25]),
        ("2026-03-29", "00:00", "24:00", [23]),
        ("2026-03-29", "01:30", "05:00", [3]),  # starts as the gap ends, at 02:00
        ("2026-03-29", "01:15", "01:45", []),  # lies in the gap
        ("2026-10-25", "00:00", "01:30", [1.5]),  # ends at the first 01:30
        ("2026-10-25", "01:30", "03:00", [2.5]),  # starts at the first 01:30
        ("2026-03-28", "24:00", "06:00", [5]),
    ],
)
def test_shift_length_follows_the_local_clock(
    date: str, start: str, end: str, hours: list[float]
) -> None:
    """A London night is an hour short in spring and an hour long in autumn."""
    clock = Clock.from_text(date, "Europe/London")
    day = DAYS[clock.hour_of_week(0) // 24]
    ends = parse_time_of_day(start), parse_time_of_day(end)
    found = _shifts(clock, *ends, days=(day,), until=2 * DAY)

    assert hours == [span.length / HOUR for span in found]


def test_shift_already_running_is_kept_whole() -> None:
    """A shift that began before the start is told with its true start."""
    found = _shifts(PACIFIC, 9 * HOUR, 17 * HOUR, days=("thu",), until=HOUR)

    assert (Span(-3 * HOUR, 5 * HOUR),) == found


def test_empty_horizon_has_no_shifts() -> None:
    """Nothing overlaps a horizon of no length."""
    assert _shifts(PACIFIC, 0, DAY, until=0) == ()
    assert _shifts(PACIFIC, 0, DAY, until=-5) == ()


def test_shift_is_told_in_its_own_zone() -> None:
    """A shift elsewhere starts by the clock that hangs there."""
    found = shift_spans(
        PACIFIC,
        days=("fri",),
        start_of_day=9 * HOUR,
        end_of_day=17 * HOUR,
        until=DAY,
        zone="Asia/Manila",
    )

    assert [PACIFIC.local_time(s.start, "Asia/Manila") for s in found] == ["09:00:00"]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2d 30m", 174_600),
        ("2h30m", 9_000),
        ("90 s", 90),
        ("2 hours 30 min", 9_000),
        ("1 week", 604_800),
        ("1.5h", 5_400),
        ("PT2H30M", 9_000),
        ("P1D", 86_400),
        ("P1DT0.5H", 88_200),
        ("0", 0),
    ],
)
def test_duration_is_read(text: str, seconds: int) -> None:
    """Durations are read in the words people write."""
    assert seconds == parse_duration(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("90", "duration without a unit ('90'); add w, d, h, m or s"),
        ("-5m", "negative duration ('-5m'); accepted: 90s, 2h30m, 3d or PT2H30M"),
        ("0.5s", "finer than a second ('0.5s'); use whole seconds"),
        ("30m 2h", "not a duration ('30m 2h'); accepted: 90s, 2h30m, 3d or PT2H30M"),
        ("1h 1h", "not a duration ('1h 1h'); accepted: 90s, 2h30m, 3d or PT2H30M"),
        ("P1M", "not a duration ('P1M'); accepted: 90s, 2h30m, 3d or PT2H30M"),
        ("P1DT", "not a duration ('P1DT'); accepted: 90s, 2h30m, 3d or PT2H30M"),
        ("PT", "not a duration ('PT'); accepted: 90s, 2h30m, 3d or PT2H30M"),
        ("", "not a duration (''); accepted: 90s, 2h30m, 3d or PT2H30M"),
    ],
)
def test_wrong_duration_is_refused(text: str, said: str) -> None:
    """What is no duration is refused with its value and a way out."""
    with pytest.raises(ValueError, match=re.escape(said)):
        parse_duration(text)


def test_negative_duration_is_not_written() -> None:
    """A file cannot say a negative duration."""
    with pytest.raises(ValueError, match="negative duration"):
        write_duration(-1)


@pytest.mark.parametrize(
    ("seconds", "units", "text"),
    [
        (5_400, 2, "1 h 30 min"),
        (660, 2, "11 min"),
        (86_399, 2, "1 d"),
        (3_599, 1, "1 h"),
        (187_170, 2, "2 d 4 h"),
        (0.4, 2, "0 s"),
        (89.5, 2, "1 min 30 s"),
        (-300, 2, "-5 min"),
        (-0.2, 2, "0 s"),
        (86_401, 4, "1 d 1 s"),
    ],
)
def test_duration_is_told_to_a_reader(seconds: float, units: int, text: str) -> None:
    """A reader gets the largest units, rounded, without those that are zero."""
    assert text == format_duration(seconds, units=units)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("17:30", 63_000), ("17:30:15", 63_015), ("9:05", 32_700), ("24:00", 86_400)],
)
def test_time_of_day_is_read(text: str, seconds: int) -> None:
    """Times of day count from midnight, and the day ends at 24:00."""
    assert seconds == parse_time_of_day(text)


@pytest.mark.parametrize("text", ["24:01", "25:00", "12:60", "5pm", "1730", ""])
def test_wrong_time_of_day_is_refused(text: str) -> None:
    """What the 24-hour clock cannot show is refused."""
    with pytest.raises(ValueError, match="not a time of day"):
        parse_time_of_day(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", ("mon", "tue", "wed", "thu", "fri")),
        ("daily", DAYS),
        ("sat,sun", ("sat", "sun")),
        ("fri-mon", ("mon", "fri", "sat", "sun")),
        ("Mon, wed-wed ,mon", ("mon", "wed")),
    ],
)
def test_days_are_read(text: str, days: tuple[str, ...]) -> None:
    """Days come once each in the order of the week, over its end if need be."""
    assert days == parse_days(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("frj", "unknown day ('frj'); did you mean 'fri'?"),
        ("mon-", "unknown day (''); accepted: daily, mon-fri or sat,sun"),
    ],
)
def test_wrong_day_is_refused(text: str, said: str) -> None:
    """A word that is no day is refused, with the near miss."""
    with pytest.raises(ValueError, match=re.escape(said)):
        parse_days(text)


@pytest.mark.parametrize(
    "text", ["europe/london", "Europe/london", "Europe/Londn", "London"]
)
def test_misspelt_zone_is_refused(text: str) -> None:
    """A zone is spelt as the database spells it; a near miss is suggested."""
    with pytest.raises(ValueError, match="did you mean 'Europe/London'"):
        Clock(0, text)


@pytest.mark.parametrize("text", ["PST", "EST", "pst", "CEST", "GMT+1", "UTC-5", "Z"])
def test_abbreviated_zone_is_refused(text: str) -> None:
    """No other abbreviation is suggested, but a zone that is named by place."""
    with pytest.raises(ValueError, match="accepted: a zone named by place, such as"):
        parse_zone(text)


@pytest.mark.parametrize("text", ["UTC", "GMT", "CET", "Europe/Rome", "Japan"])
def test_short_name_of_a_zone_is_accepted(text: str) -> None:
    """What means the same zone everywhere is a name, short or not."""
    assert text == parse_zone(text)


def test_zone_of_this_machine_is_refused() -> None:
    """The name "localtime" means another zone elsewhere and would change a run."""
    with pytest.raises(ValueError, match="unknown time zone"):
        parse_zone("localtime")


def test_unknown_zone_is_refused_by_every_question() -> None:
    """A method asked for an unknown zone suggests the near miss too."""
    with pytest.raises(ValueError, match="did you mean 'Europe/Berlin'"):
        PACIFIC.local(0, "Europe/Berln")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2017-11-02", -12 * HOUR),
        ("2017-11-02 15:49", 13_740),
        ("2017-11-02T15:49:00", 13_740),
        ("2017-11-02T18:49-04:00", 13_740),
        ("2017-11-02T22:49Z", 13_740),
        ("2017-11-02T23:49[Europe/Berlin]", 13_740),
        ("2017-11-02T23:49+01:00[Europe/Berlin]", 13_740),
        ("2017-11-02T22:49Z[Europe/Berlin]", 13_740),
        ("2017-11-02T24:00", 12 * HOUR),
        ("2017-11-05T01:30-07:00", 61.5 * HOUR),
        ("2017-11-05T01:30-08:00", 62.5 * HOUR),
    ],
)
def test_moment_is_read(text: str, seconds: float) -> None:
    """Dates and times count from the start; an offset or zone in the text wins."""
    assert seconds == PACIFIC.moment(text)


def test_date_alone_is_its_first_instant() -> None:
    """Where midnight is skipped, the date starts after the gap."""
    clock = Clock.from_text("2024-09-08", "America/Santiago")

    assert clock.iso(0) == "2024-09-08T01:00:00-03:00"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "2026-10-25 01:30",
            "local time comes twice (2026-10-25T01:30 in Europe/London); write "
            "2026-10-25T01:30:00+01:00 or 2026-10-25T01:30:00+00:00",
        ),
        (
            "2026-03-29 01:30",
            "local time is skipped (2026-03-29T01:30 in Europe/London); write "
            "2026-03-29T02:00:00+01:00 or later",
        ),
        ("2026-02-30", "not a date or time ('2026-02-30'); accepted: 2017-11-02,"),
        ("yesterday", "not a date or time ('yesterday'); accepted: 2017-11-02,"),
        ("2026-02-03T25:00", "not a time of day ('25:00'); accepted: 00:00 to 24:00"),
        (
            "2026-07-01T12:00+00:00[Europe/London]",
            "offset is not that of the zone ('2026-07-01T12:00+00:00[Europe/London]')",
        ),
    ],
)
def test_unclear_moment_is_refused(text: str, said: str) -> None:
    """A text that names no instant, or two, is refused with the way out."""
    with pytest.raises(ValueError, match=re.escape(said)):
        Clock.from_text(text, "Europe/London")


def test_local_text_names_day_and_zone() -> None:
    """Local time is told with weekday, date, seconds and the zone's short name."""
    assert PACIFIC.local(13_740) == "Thu 2 Nov 2017 15:49:00 PDT"
    assert PACIFIC.local(13_740, "Europe/Berlin") == "Thu 2 Nov 2017 23:49:00 CET"
    assert PACIFIC.local_time(13_740) == "15:49:00"
    assert PACIFIC.iso(13_740) == "2017-11-02T15:49:00-07:00"


def test_skipped_day_ends_where_the_next_one_starts() -> None:
    """Samoa had no 30 Dec 2011; its times all mean the start of the 31st."""
    clock = Clock.from_text("2011-12-29T23:00", "Pacific/Apia")

    assert clock.midnight_after(0) == HOUR
    assert clock.next_time_of_day(45 * MINUTE, 30 * MINUTE) == HOUR
    assert clock.next_time_of_day(HOUR, 23 * HOUR) == HOUR
    assert clock.iso(HOUR) == "2011-12-31T00:00:00+14:00"


def test_span_cannot_end_before_it_starts() -> None:
    """A span that runs backwards is refused."""
    with pytest.raises(ValueError, match="ends before it starts"):
        Span(3, 2)


@pytest.mark.slow
def test_importing_the_clock_loads_no_zones() -> None:
    """Importing the module is cheap: the parts of whenever and difflib stay out."""
    code = "import simulator.clock, sys; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = set(done.stdout.decode().split())

    assert {"whenever"} == loaded & {
        "whenever",
        "whenever._core",
        "difflib",
        "zoneinfo",
    }
