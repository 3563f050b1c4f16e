"""People who serve one request at a time: who, from when, until when."""

from itertools import pairwise

import pytest

from simulator.clock import Span
from simulator.world.pool import Pool
from simulator.world.stage import Member
from tests.scenes import DAY, HOUR, MINUTE

ALWAYS = ((0, 10 * DAY),)
OFFICE = ((0, 8 * HOUR), (DAY, DAY + 8 * HOUR))


def member(name, roster=ALWAYS):
    """Build a person with these shifts."""
    return Member(name, "team", "role", "employee", tuple(Span(*s) for s in roster))


def book(pool, at, *, takes=60, until=10 * DAY, **parts):
    """Book; return (who, start, end), or None."""
    booking = pool.book(at, takes_s=takes, until=until, **parts)
    return booking and (booking.member.id, booking.start, booking.end)


def test_whoever_can_start_first_serves():
    """The first in order serves, then whoever is free, then whoever is free first."""
    pool = Pool((member("a"), member("b")))

    assert book(pool, 0, takes=100) == ("a", 0, 100)
    assert book(pool, 0, takes=50) == ("b", 0, 50)
    assert book(pool, 0) == ("b", 50, 110)


def test_pick_up_comes_before_the_start():
    """A free person turns to a request after the time to pick it up."""
    pool = Pool((member("a"),))

    assert book(pool, 100, pick_up_s=30) == ("a", 130, 190)
    assert book(pool, 100, pick_up_s=30) == ("a", 220, 280)


def test_nobody_starts_off_shift():
    """A request off shift waits for the next one; at the end of a shift it is over."""
    assert book(Pool((member("a", OFFICE),)), 8 * HOUR - 1)[1] == 8 * HOUR - 1
    assert book(Pool((member("a", OFFICE),)), 8 * HOUR)[1] == DAY


def test_nobody_starts_after_the_last_shift():
    """After the last shift nobody serves any more."""
    assert book(Pool((member("a", OFFICE),)), 2 * DAY) is None


def test_what_is_begun_on_shift_is_finished_after_it():
    """A review that is begun in time is finished, whenever the shift ends."""
    pool = Pool((member("a", OFFICE),))

    assert book(pool, 8 * HOUR - 1, takes=HOUR) == ("a", 8 * HOUR - 1, 9 * HOUR - 1)


def test_hour_in_which_somebody_is_away_is_waited_out():
    """Who cannot be reached in an hour serves from the next hour in which it works."""
    pool = Pool((member("a"),), lambda name, hour: hour not in (1, 2))

    assert book(pool, HOUR - 1)[1] == HOUR - 1
    assert book(pool, HOUR)[1] == 3 * HOUR


def test_reach_is_asked_of_each_person():
    """Where one cannot be reached another serves."""
    pool = Pool((member("a"), member("b")), lambda name, hour: name == "b")

    assert book(pool, 0) == ("b", 0, 60)


def test_it_has_to_be_done_in_time():
    """A booking ends by its latest instant, that instant included."""
    assert book(Pool((member("a"),)), 0, until=60) == ("a", 0, 60)
    assert book(Pool((member("a"),)), 0, until=59) is None


def test_what_is_not_booked_keeps_nobody():
    """A request that nobody can serve in time leaves everybody free."""
    pool = Pool((member("a"),))

    assert book(pool, 0, until=59) is None
    assert book(pool, 0) == ("a", 0, 60)


def test_people_who_must_not_serve_are_left_out():
    """Who must not serve is passed over, and where nobody is left nobody serves."""
    pool = Pool((member("a"), member("b")))

    assert book(pool, 0, but={"a"})[0] == "b"
    assert book(pool, 0, but={"a", "b"}) is None
    assert book(Pool(()), 0) is None


def test_waiting_is_in_order_of_arrival():
    """Many requests on two people start as a queue in order of arrival says."""
    pool, free, at = Pool((member("a"), member("b"))), [0, 0], 0
    for number in range(200):
        at, takes = at + (number * 37) % 90, 30 + (number * 53) % 200
        start = max(at, min(free))
        free[free.index(min(free))] = start + takes

        assert book(pool, at, takes=takes)[1:] == (start, start + takes)


def test_nobody_serves_two_at_once():
    """No two bookings of one person overlap."""
    pool = Pool((member("a", OFFICE), member("b", OFFICE)))
    spans = {"a": [], "b": []}
    for at in range(0, 2 * HOUR, 5 * MINUTE):
        who, *span = book(pool, at, takes=20 * MINUTE)
        spans[who].append(span)

    for booked in spans.values():
        assert all(one[1] <= two[0] for one, two in pairwise(booked))


def test_nobody_is_asked_after_one_who_is_free():
    """Where somebody can start at once, the rest are not even looked at."""
    asked = []

    def reachable(name, hour):
        asked.append(name)
        return True

    pool = Pool(tuple(member(name) for name in "abc"), reachable)

    assert book(pool, 0)[0] == "a"
    assert book(pool, 0, pick_up_s=30)[0] == "b"
    assert asked == ["a", "a", "b"]


# People who are needed together.


def together(pool, at, *call_outs, takes=60, but=""):
    """Book; return who with whether called out, and from when until when."""
    bookings = pool.book_together(
        at, takes_s=takes, call_outs_s=call_outs, may=lambda m: m.id not in but
    )
    assert len({(booking.start, booking.end) for booking in bookings}) <= 1
    who = [f"{b.member.id}{'*' * b.is_called_out}" for b in bookings]
    return (who, bookings[0].start, bookings[0].end) if who else None


def test_people_on_shift_begin_together_at_once():
    """Those who are free are taken in order, each once."""
    pool = Pool(tuple(member(name) for name in "abc"))

    assert together(pool, 100, 900, 900) == (["a", "b"], 100, 160)


def test_last_of_those_called_out_is_waited_for():
    """Nobody begins before the last is there, and each is called out by themselves."""
    pool = Pool((member("a", OFFICE), member("b", OFFICE), member("c", OFFICE)))

    assert together(pool, 9 * HOUR, 900, 60, 300) == (
        ["a*", "b*", "c*"],
        9 * HOUR + 900,
        9 * HOUR + 960,
    )


@pytest.mark.parametrize(
    ("before_s", "who", "waits"),
    [(899, ["a"], 899), (900, ["a"], 900), (901, ["a*"], 900)],
)
def test_shift_that_begins_in_time_spares_the_call_out(before_s, who, waits):
    """Whoever comes on shift by the time of a call-out is not called out."""
    pool = Pool((member("a", OFFICE),))

    assert together(pool, DAY - before_s, 900)[:2] == (who, DAY - before_s + waits)


def test_somebody_at_work_comes_when_it_is_done():
    """A person finishes one thing first, and is not called out of it."""
    pool = Pool((member("a"),))

    assert together(pool, 0, 0, takes=HOUR) == (["a"], 0, HOUR)
    assert together(pool, 60, 0) == (["a"], HOUR, HOUR + 60)


def test_all_are_kept_for_the_whole_time():
    """None of those who are needed together serves anybody else meanwhile."""
    pool = Pool(tuple(member(name) for name in "ab"))
    together(pool, 0, 0, 0, takes=HOUR)

    assert book(pool, 0) == ("a", HOUR, HOUR + 60)
    assert book(pool, 0) == ("b", HOUR, HOUR + 60)


def test_too_few_people_keep_nobody():
    """Where people lack, nobody is booked, and all stay free."""
    pool = Pool(tuple(member(name) for name in "ab"))

    assert together(pool, 0, 0, 0, 0) is None
    assert together(pool, 0, 0, 0, but="a") is None
    assert together(pool, 0, 0, but="a") == (["b"], 0, 60)
    assert book(pool, 0) == ("a", 0, 60)


def test_one_person_is_booked_as_by_themselves():
    """One alone, on shift, starts and ends as in a plain booking."""
    rosters = [("a", OFFICE), ("b", ALWAYS), ("c", OFFICE)]
    one, other = (Pool(tuple(member(*known) for known in rosters)) for _ in range(2))
    for at in range(0, 4 * HOUR, 25 * MINUTE):
        booking = book(one, at, takes=HOUR)

        assert together(other, at, 10 * DAY, takes=HOUR) == ([booking[0]], *booking[1:])
