"""The queues of alarms: who answers which when, on shift or called out."""

from itertools import count

import pytest
from attrs import evolve

from simulator.clock import Moment, TimeOfDay
from simulator.scenario.organisation import Leaving, Night, Person
from simulator.streams import Constant, Uniform
from simulator.trail import Alerted, Closed, Triaged
from simulator.world import prepare
from simulator.world.stage import Member
from simulator.world.triage import _is_night
from simulator.world.world import World
from tests.scenes import DAY, HOUR, MINUTE, desk, leaver, misuse, scene
from tests.world.responses import ACT, leads, named, response, shift, watch
from tests.world.stand_ins import (
    day_of,
    ending,
    misuses,
    play,
    says,
    sees,
    tells,
    ticket,
)


def triaged(trail):
    """Return (label, began, done) of each alarm that was dealt with, in order."""
    return [(t.alarm.split("/")[0], t.began, t.at) for t in trail.of(Triaged)]


# The queue of alarms.


def test_alarms_are_answered_one_after_the_other():
    """One analyst takes each alarm for the time of the triage."""
    trail = play(sees("a"), sees("b", after=10))

    assert triaged(trail) == [
        ("a", ACT, ACT + 120),
        ("b", ACT + 120, ACT + 240),
    ]


def test_urgent_alarms_are_taken_first():
    """Of those that wait, urgent alarms come first, then the older ones."""
    trail = play(
        sees("busy"),
        sees("b", after=20),
        sees("a", after=30),
        sees("c", after=90, urgent=True),
    )

    assert [label for label, *_ in triaged(trail)] == ["busy", "c", "b", "a"]


def test_analysts_share_the_queue():
    """Two analysts answer two alarms at once."""
    trail = play(sees("a"), sees("b"), teams=watch(2))

    assert [began for _, began, _ in triaged(trail)] == [ACT, ACT]
    assert {t.analyst for t in trail.of(Triaged)} == {"watch-1", "watch-2"}


def test_reports_from_outside_are_routed_first():
    """A report from outside reaches the queue after its routing."""
    assert triaged(play(tells())) == [("tells", ACT + 60, ACT + 180)]


def test_false_and_true_alarms_wait_in_one_queue():
    """A false alarm keeps the analyst from the true one behind it."""
    work = {"desks": (desk(),)}
    day = day_of(scene(**work), ticket(0, ACT - 300 - 10))
    trail = play(sees(), day=day, **work)

    assert [t.confirmed for t in trail.of(Triaged)] == [False, True]
    assert triaged(trail)[1][1:] == (ACT + 110, ACT + 230)


def test_nobody_there_never_answers():
    """A team without people answers no alarm."""
    trail = play(sees(), teams=watch(0))

    assert len(trail.of(Alerted)) == 1
    assert trail.of(Triaged) == ()


def test_time_of_analysts_is_counted():
    """The last record counts the time that alarms kept analysts busy."""
    assert play(sees("a"), sees("b")).of(Closed)[0].analyst_s == 240


# Shifts and call-outs.


def test_somebody_is_called_out_where_nobody_is_on_shift():
    """Off shift the first of the team answers after the call-out."""
    trail = play(sees(), teams=watch(2, "day"), misuse=misuse(at=9 * HOUR))

    assert triaged(trail)[0][1] == 9 * HOUR + 15 * MINUTE
    assert trail.of(Triaged)[0].analyst == "watch-1"


def test_one_call_out_answers_all_that_waits():
    """Who is called out answers everything that has come by then."""
    later = misuses("celebrity", "ally", wait=5 * MINUTE)
    trail = play(
        sees(),
        teams=watch(2, "day"),
        targets=named("celebrity", "ally"),
        misuse=evolve(later, when=misuse(at=9 * HOUR).when),
    )

    assert [began for _, began, _ in triaged(trail)] == [
        9 * HOUR + 20 * MINUTE,
        9 * HOUR + 22 * MINUTE,
    ]


@pytest.mark.parametrize(
    ("before_s", "began"),
    [(MINUTE, 10 * HOUR), (15 * MINUTE, 10 * HOUR), (16 * MINUTE, 10 * HOUR - MINUTE)],
)
def test_next_shift_answers_where_it_is_sooner(before_s, began):
    """The next shift answers where it begins before a call-out would."""
    trail = play(
        sees(),
        shifts=shift("late", 18, 24),
        teams=watch(1, "late"),
        misuse=misuse(at=10 * HOUR - before_s),
    )

    assert triaged(trail)[0][1] == began


def test_call_out_belongs_to_its_alarm():
    """How long a call-out takes does not depend on when its alarm was raised."""
    parts = {
        "teams": watch(1, "day"),
        "misuse": misuse(at=9 * HOUR),
        "response": response(call_out=Uniform(0, HOUR)),
    }
    waits = [
        play(*arm, sees(), **parts).of(Triaged)[0].began
        - ending(play(*arm, **parts)).at
        for arm in ((), (says(throttle_s=10),))
    ]

    assert waits[0] == waits[1]


def test_leaver_is_not_called_out_after_separation():
    """Who has left the team that answers alarms is called no more."""
    gone = Person("former", "watch", leaving=Leaving(Moment(0), Moment(HOUR)))
    trail = play(
        sees(),
        teams=watch(1, "day"),
        staff=(leaver(), gone),
        misuse=misuse(at=9 * HOUR),
    )

    assert trail.of(Triaged)[0].analyst == "watch-1"


def relieved(**parts):
    """Play three alarms at 09:00; a second analyst comes on shift at 10:00."""
    late = Person("late-analyst", "watch", shift="late")
    trail = play(
        sees("a"),
        sees("b"),
        sees("c"),
        staff=(leaver(), late),
        response=response(triage=Constant(90 * MINUTE)),
        **parts,
    )
    return [began // MINUTE for _, began, _ in triaged(trail)]


def test_shift_that_begins_helps_with_what_waits():
    """Whoever comes on shift takes an alarm that waits, not only the next one."""
    assert relieved(shifts=shift("late", 10, 24)) == [60, 120, 150]


def test_shift_that_ends_leaves_what_waits_to_the_next():
    """An analyst finishes the alarm at hand after the shift and takes no other."""
    shifts = (*shift("late", 10, 24), *shift("early", 8, 10)[-1:])

    assert relieved(shifts=shifts, teams=watch(1, "early")) == [60, 120, 210]


def test_all_who_come_on_shift_help_with_what_waits():
    """Where several come on shift at once, each takes an alarm that waits."""
    trail = play(
        sees("a"),
        sees("b"),
        shifts=shift("late", 10, 24),
        teams=watch(2, "late"),
        response=response(call_out=Constant(DAY)),
    )

    assert [began for _, began, _ in triaged(trail)] == [2 * HOUR, 2 * HOUR]


def test_who_is_called_out_in_vain_takes_nothing():
    """Where somebody else has begun meanwhile, who was called out is not needed."""
    trail = play(
        sees("a"),
        sees("b"),
        shifts=shift("late", 10, 24),
        teams=watch(1, "late"),
        misuse=misuse(at=2 * HOUR - 5 * MINUTE),
        response=response(triage=Constant(HOUR)),
    )

    assert [began for _, began, _ in triaged(trail)] == [2 * HOUR, 3 * HOUR]


def test_somebody_is_called_out_again_for_what_comes_later():
    """An alarm that comes when a call-out is over needs another one."""
    trail = play(
        sees("a"),
        sees("b", after=HOUR),
        teams=watch(1, "day"),
        misuse=misuse(at=9 * HOUR),
    )

    assert [began - 9 * HOUR for _, began, _ in triaged(trail)] == [
        15 * MINUTE,
        75 * MINUTE,
    ]


def test_call_out_comes_to_an_end_where_it_takes_no_time(monkeypatch):
    """A call-out at once does not go round in circles while somebody is at work."""
    drawn, luck = count(), World.luck

    def counting(world, *identity):
        if next(drawn) > 100:
            raise RecursionError("the same alarm calls out again and again")
        return luck(world, *identity)

    monkeypatch.setattr(World, "luck", counting)
    trail = play(
        sees("a"),
        sees("b", after=30 * MINUTE),
        shifts=shift("early", 8, 10),
        teams=watch(1, "early"),
        response=response(triage=Constant(HOUR), call_out=Constant(0)),
        misuse=misuse(at=2 * HOUR - MINUTE),
    )

    assert [label for label, *_ in triaged(trail)] == ["a", "b"]


@pytest.mark.parametrize("size", [1, 200])
def test_large_team_is_not_asked_one_by_one(monkeypatch, size):
    """Who is on shift is asked of each roster, not of each person, for each alarm."""
    asked, shift_at = count(), Member.shift_at

    def counting(member, *instant):
        if member.team == "watch":
            next(asked)
        return shift_at(member, *instant)

    monkeypatch.setattr(Member, "shift_at", counting)
    alarms = [sees(f"alarm-{n}", after=n * 300) for n in range(50)]
    trail = play(*alarms, teams=watch(size))

    assert len(trail.of(Triaged)) == 50
    assert next(asked) <= 50 * 4


# The night.


def night(starts_h=22, ends_h=6, call_out=HOUR):
    """Build a night between two local hours."""
    return Night(
        TimeOfDay(starts_h * HOUR), TimeOfDay(ends_h * HOUR), Constant(call_out)
    )


@pytest.mark.parametrize(
    ("at_h", "second", "waits"),
    [
        (22, -1, 15 * MINUTE),
        (22, 0, HOUR),
        (24, 0, HOUR),
        (30, -1, HOUR),
        (30, 0, 15 * MINUTE),
    ],
)
def test_people_have_to_be_woken_at_night(at_h, second, waits):
    """A call-out takes the time of the night from its first to its last second."""
    at = (at_h - 8) * HOUR + second
    trail = play(
        sees(),
        horizon=2 * DAY,
        teams=watch(1, "day"),
        misuse=misuse(at=at),
        response=response(night=night()),
    )

    assert triaged(trail)[0][1] - at == waits


def test_one_person_is_called_out_at_a_time():
    """While somebody is being woken nobody is called out for what comes then."""
    trail = play(
        sees("a"),
        sees("b", after=60),
        horizon=2 * DAY,
        teams=watch(2, "day"),
        misuse=misuse(at=22 * HOUR - 30),
        response=response(night=night()),
    )

    assert [began for _, began, _ in triaged(trail)] == [
        23 * HOUR - 30,
        23 * HOUR + 90,
    ]


def test_night_has_the_luck_of_the_day():
    """A call-out at night is as lucky as the same by day."""
    parts = {"teams": watch(1, "day"), "misuse": misuse(at=9 * HOUR)}
    by_day, by_night = (
        play(sees(), response=response(**manners), **parts).of(Triaged)[0].began
        for manners in (
            {"call_out": Uniform(0, HOUR)},
            {"night": evolve(night(16, 20), call_out=Uniform(0, 2 * HOUR))},
        )
    )

    assert by_night - 9 * HOUR == pytest.approx(2 * (by_day - 9 * HOUR), abs=1)


@pytest.mark.parametrize(
    ("starts_h", "ends_h"), [(22, 6), (0, 5), (24, 5), (23, 24), (6, 5), (1, 2)]
)
def test_night_is_a_span_of_the_local_clock(starts_h, ends_h):
    """It is night between two times of day, also as the clocks change.

    In the night in which they do there is nothing between one and two o'clock.
    """
    stage, asleep = prepare(scene()), night(starts_h, ends_h)
    for at in range(0, 4 * 7 * DAY, 1_801):
        hour, minute, second = map(int, stage.wall.local_time(at).split(":"))
        clock_s = hour * HOUR + minute * MINUTE + second
        into_s = (clock_s - asleep.starts) % DAY

        expected = into_s < (asleep.ends - asleep.starts) % DAY
        assert _is_night(stage, asleep, at) == expected, stage.wall.local(at)


# Teams that answer alarms of their own.


def test_alarm_waits_for_its_own_team():
    """An alarm that names a team is taken by it, beside the alarms of the others."""
    trail = play(sees("a"), sees("b", team="leads"), sees("c", team="leads"))

    assert triaged(trail) == [
        ("a", ACT, ACT + 120),
        ("b", ACT, ACT + 120),
        ("c", ACT + 120, ACT + 240),
    ]
    assert [t.analyst for t in trail.of(Triaged)] == ["watch-1", "leads-1", "leads-1"]


def test_team_that_is_named_has_one_queue():
    """Whether an alarm names the triage team or nobody, one person takes one."""
    trail = play(sees("a"), sees("b", team="watch"))

    assert [began for _, began, _ in triaged(trail)] == [ACT, ACT + 120]


def test_urgent_alarms_come_first_in_every_queue():
    """The rules of the queue are those of every team."""
    alarms = (sees("b", after=20), sees("c", after=90, urgent=True))
    own = (evolve(alarm, signal=evolve(alarm.signal, team="leads")) for alarm in alarms)
    trail = play(sees("a", team="leads"), *own)

    assert [label for label, *_ in triaged(trail)] == ["a", "c", "b"]


def test_report_from_outside_finds_its_team():
    """A report from outside is routed to the team it names."""
    trail = play(tells(team="leads"))

    assert triaged(trail) == [("tells", ACT + 60, ACT + 180)]
    assert trail.of(Triaged)[0].analyst == "leads-1"


def test_only_the_triage_team_is_called_out():
    """Another team answers when its next shift begins, the triage team at once."""
    teams = (*leads(1, "day")[:2], watch(1, "day")[2])
    trail = play(
        sees("a"),
        sees("b", team="leads"),
        horizon=2 * DAY,
        teams=teams,
        misuse=misuse(at=9 * HOUR),
    )

    assert [(label, began) for label, began, _ in triaged(trail)] == [
        ("a", 9 * HOUR + 15 * MINUTE),
        ("b", DAY),
    ]


def test_team_at_work_keeps_nobody_of_another_from_being_called():
    """Somebody is called out though another team is at work."""
    trail = play(
        sees("a", team="leads"),
        sees("b", after=60),
        teams=watch(1, "day"),
        misuse=misuse(at=9 * HOUR),
        response=response(triage=Constant(HOUR)),
    )

    assert triaged(trail)[0][1] == 9 * HOUR
    assert triaged(trail)[1][1] == 9 * HOUR + 60 + 15 * MINUTE


@pytest.mark.parametrize(
    "staff",
    [(), (Person("former", "leads", leaving=Leaving(Moment(0), Moment(ACT))),)],
    ids=["nobody", "nobody-any-more"],
)
def test_alarm_waits_for_ever_where_nobody_is_rostered(staff):
    """Where nobody of the team comes on shift again, its alarms wait to the horizon."""
    trail = play(
        sees(team="leads"), horizon=3 * DAY, teams=leads(0), staff=(leaver(), *staff)
    )

    assert len(trail.of(Alerted)) == 1
    assert trail.of(Triaged) == ()
