"""The life of the response: who answers which alarm when, and what is mended."""

from itertools import count

import pytest
from attrs import evolve

from simulator.clock import Moment, TimeOfDay
from simulator.controls import SoftDelete
from simulator.decisions import Challenge
from simulator.scenario.misuse import Target
from simulator.scenario.organisation import (
    Leaving,
    Person,
    ShiftPattern,
    Statement,
    Team,
)
from simulator.streams import Constant, Uniform
from simulator.testing import laws
from simulator.trail import (
    Alerted,
    Attributed,
    Closed,
    Contained,
    Executed,
    Recovered,
    Requested,
    Restored,
    Stated,
    Triaged,
)
from simulator.world.world import World
from tests.scenes import (
    DAY,
    EVERY_DAY,
    HOUR,
    MINUTE,
    ORGANISATION,
    attempt,
    desk,
    leaver,
    misuse,
    scene,
)
from tests.world.stand_ins import (
    Says,
    day_of,
    ending,
    misuses,
    play,
    posture,
    says,
    sees,
    sees_requests,
    tells,
    ticket,
)

NAMED = {"staff": "leaver", "target": "celebrity"}
ACT = HOUR


def response(**parts):
    """Build the usual response with other manners."""
    return evolve(ORGANISATION.response, **parts)


def watch(size=1, shift="always"):
    """Build the teams with so many analysts on a shift."""
    return (
        *ORGANISATION.teams[:2],
        Team("watch", "operator", "employee", shift, size),
    )


def shift(name, starts_h, ends_h):
    """Build a daily shift between two local hours; the scene starts at 08:00."""
    hours = TimeOfDay(starts_h * HOUR), TimeOfDay(ends_h * HOUR)
    return (*ORGANISATION.shifts, ShiftPattern(name, EVERY_DAY, *hours))


def named(*names):
    """Build protected targets of these names."""
    return tuple(Target(name, "protected") for name in names)


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


# A true alarm is confirmed, what is down is restored, and the access ended.


def test_true_alarm_is_confirmed_and_mended():
    """From the alarm on: triage, restore, derived state, attribution, containment."""
    trail = play(sees(**NAMED))
    told = [(r.kind, r.at - ACT) for r in trail if r.at > ACT]

    assert told[:-1] == [
        ("triaged", 120),
        ("contained", 120 + 60),
        ("attributed", 120 + 30 * MINUTE),
        ("restored", 120 + 2 * HOUR),
        ("recovered", 120 + 3 * HOUR),
    ]


def test_true_alarm_may_be_taken_for_false():
    """A true alarm that is not confirmed changes nothing."""
    trail = play(sees(**NAMED), response=response(confirms=0.0))

    assert [t.confirmed for t in trail.of(Triaged)] == [False]
    assert trail.of(Restored) + trail.of(Contained) + trail.of(Attributed) == ()


@pytest.mark.parametrize(
    ("arm", "takes"), [((), 2 * HOUR), ((SoftDelete(),), 3 * MINUTE)]
)
def test_undo_window_decides_how_long_it_takes(arm, takes):
    """What is kept reversible is restored, what is not has to be rebuilt."""
    restored = play(*arm, sees()).of(Restored)[0]

    assert restored.at == ACT + 120 + takes


def test_undo_window_that_is_over_no_longer_helps():
    """What is noticed after the undo window has to be rebuilt."""
    trail = play(SoftDelete(undo_window=600), sees(after=HOUR))

    assert trail.of(Executed)[0].undo_until < trail.of(Triaged)[0].at
    assert trail.of(Restored)[0].at == trail.of(Triaged)[0].at + 2 * HOUR


def test_restorers_are_people_of_their_role():
    """A person of the role restores, or one is called out where none is there."""
    teams = (
        ORGANISATION.teams[0],
        Team("leads", "lead", "employee", "day", 1),
        ORGANISATION.teams[2],
    )
    parts = {"teams": teams, "response": response(restore_role="lead")}
    by_day, by_night = (
        play(Says(keeps_s=DAY), sees(), misuse=misuse(at=at), **parts).of(Restored)[0]
        for at in (HOUR, 9 * HOUR)
    )

    assert (by_day.by, by_day.at) == ("leads-1", HOUR + 120 + 180)
    assert by_night.by == "lead-called-out"
    assert by_night.at == 9 * HOUR + 120 + 15 * MINUTE + 180


def test_restorers_do_one_thing_after_the_other():
    """One restorer brings two targets back one after the other."""
    trail = play(
        Says(keeps_s=DAY),
        sees(of="misuse-1"),
        targets=named("celebrity", "ally"),
        misuse=misuses("celebrity", "ally"),
    )

    assert [r.at - ACT - 120 for r in trail.of(Restored)] == [180, 360]


def test_restorer_is_never_the_one_who_did_it():
    """The login that an alarm names is not asked to bring its own deed back."""
    trail = play(
        Says(keeps_s=DAY), sees(**NAMED), response=response(restore_role="agent")
    )

    assert trail.of(Restored)[0].by != "leaver"


def test_target_is_restored_once():
    """Several alarms about one outage restore the target once."""
    trail = play(sees("a"), sees("b"), sees("c", after=HOUR))

    assert len(trail.of(Triaged)) == 3
    assert len(trail.of(Restored)) == 1


def test_target_can_go_down_again():
    """A target that is taken down after it was restored is restored again."""
    trail = play(
        Says(keeps_s=DAY), sees(), misuse=misuses("celebrity", "celebrity", wait=600)
    )

    assert [r.undoes for r in trail.of(Restored)] == ["misuse-0.0", "misuse-1.0"]


def test_target_that_was_down_already_comes_back_from_all():
    """What is done to a target that is out is undone with the first deed."""
    twice = misuses("celebrity", "celebrity")
    trail = play(Says(keeps_s=DAY), sees(), misuse=twice)

    assert len(trail.of(Executed)) == 2
    assert [r.undoes for r in trail.of(Restored)] == ["misuse-0.0"]


def test_confirmed_alarm_mends_all_that_the_person_broke():
    """One confirmed alarm brings back everything the same login took down."""
    trail = play(
        Says(keeps_s=DAY),
        sees(of="misuse-2", after=HOUR),
        targets=named("a", "b", "c"),
        misuse=misuses("a", "b", "c"),
    )

    assert sorted(r.target for r in trail.of(Restored)) == ["a", "b", "c"]


def test_honest_slip_is_mended_and_nobody_contained():
    """An alarm about a slip brings the wrong target back, and blames nobody."""
    parts = {"desks": (desk(slip_rate=0.5),), "misuse": None}
    day = day_of(scene(**parts), ticket(0, 0, luck=0.0))
    trail = play(Says(keeps_s=DAY), sees(staff="leaver"), day=day, **parts)

    assert [r.target for r in trail.of(Restored)] == ["account-0-lookalike"]
    assert trail.of(Contained) + trail.of(Attributed) + trail.of(Recovered) == ()


# Containment.


def test_alarm_that_names_a_person_contains_at_once():
    """Access ends after the confirmation where the alarm names whose it is."""
    (contained,) = play(sees(**NAMED)).of(Contained)

    assert (contained.at, contained.staff) == (ACT + 120 + 60, "leaver")
    assert contained.until == 12 * HOUR


def test_alarm_that_names_nobody_contains_after_the_attribution():
    """Where no person is named the records have to say who it was."""
    trail = play(sees(target="celebrity"))

    assert trail.of(Attributed)[0].at == ACT + 120 + 30 * MINUTE
    assert trail.of(Contained)[0].at == ACT + 120 + 30 * MINUTE + 60


def test_second_alarm_that_names_the_person_is_heard():
    """An alarm without a name delays no containment that a later one allows."""
    alone = play(sees("named", after=60, **NAMED)).of(Contained)[0]
    after = play(sees("a"), sees("named", after=60, **NAMED)).of(Contained)[0]

    assert after.at <= alone.at + 120


def test_containment_ends_the_access_of_the_login():
    """Whoever's session was used loses access, and the plan goes on elsewhere."""
    plan = misuse(
        attempt(through="shared-secret"),
        attempt(through="shared-secret", wait=Constant(HOUR)),
        attempt(wait=Constant(60)),
    )
    refused = says(to="misuse-0.0", deny=True)
    alarm = sees_requests(of="misuse-0.0", staff="shared-desk")
    trail = play(refused, alarm, misuse=plan)

    assert trail.of(Contained)[0].staff == "shared-desk"
    assert ending(trail, "misuse-0.1").by == ("containment",)
    assert isinstance(ending(trail, "misuse-0.2"), Executed)


def test_containment_mends_what_was_done_until_then():
    """What takes effect between the alarm and the containment is mended after it."""
    trail = play(
        Says(keeps_s=DAY),
        sees(of="misuse-0", **NAMED),
        targets=named("celebrity", "ally"),
        misuse=misuses("celebrity", "ally", wait=150),
    )

    assert [r.target for r in trail.of(Restored)] == ["celebrity", "ally"]


def test_containment_is_half_open():
    """Law 4 holds where a deed and the containment fall into one second."""
    story = scene(
        targets=named("celebrity", "ally"),
        misuse=misuses("celebrity", "ally", wait=180),
        response=response(),
    )
    laws.effects_have_access(story, posture(sees(of="misuse-0", **NAMED)), 1)


@pytest.mark.parametrize(("prompt_s", "hold_s"), [(0, 180), (150, 30), (179, 1)])
def test_containment_treats_what_falls_into_its_second_alike(prompt_s, hold_s):
    """A deed due in the second of the containment ends alike however it got there."""
    waits = says(challenges=(Challenge("word", prompt_s),), hold_s=hold_s)
    trail = play(waits, sees_requests(staff="leaver"))

    assert trail.of(Contained)[0].at == ACT + 180
    assert ending(trail).kind == "executed"


def test_restorer_who_was_cleared_restores_again():
    """Who was kept out for a while restores once the access is back."""
    parts = {
        "desks": (desk(),),
        "staff": (leaver(separation=HOUR),),
        "teams": (Team("desk", "agent", "contractor", "day", 1), *watch()[1:]),
        "response": response(restore_role="agent", believes_false=1.0),
    }
    day = day_of(scene(**parts), ticket(0, HOUR))
    wrong = sees("wrong", of="act-front-0", staff="desk-1")
    late = misuse(attempt(through="shared-secret"), at=3 * HOUR)
    trail = play(
        Says(keeps_s=DAY),
        wrong,
        sees("right", of="misuse"),
        day=day,
        misuse=late,
        **parts,
    )

    assert trail.of(Contained)[0].until < 3 * HOUR
    assert trail.of(Restored)[0].by == "desk-1"


def suspected(*arm, **manners):
    """Play a day of two honest tickets about which false alarms are believed."""
    manners = {"believes_false": 1.0, "attribute": Constant(HOUR), **manners}
    parts = {
        "desks": (desk(),),
        "misuse": None,
        "staff": (),
        "teams": (Team("desk", "agent", "contractor", "day", 1), *watch()[1:]),
        "response": response(**manners),
    }
    tickets = (ticket(0, 0), ticket(1, 1000), ticket(2, 2 * HOUR))
    alarm = sees(of="act-front-0", staff="desk-1")
    return play(*arm, alarm, day=day_of(scene(**parts), *tickets), **parts)


def test_false_alarm_that_is_believed_blocks_an_honest_person():
    """An honest person is kept out until the records show that it was honest work."""
    trail = suspected()
    (contained,) = trail.of(Contained)

    assert (contained.at, contained.until) == (300 + 180, 300 + 180 + HOUR)
    assert ending(trail, "act-front-1").why == "no-access"
    assert isinstance(ending(trail, "act-front-2"), Executed)


def test_false_alarm_that_is_believed_stops_honest_work_under_way():
    """What the honest person had under way is stopped too."""
    alarm = sees_requests("early", of="act-front-0", staff="desk-1")
    trail = suspected(says(to="act-front-0", hold_s=HOUR), alarm)

    assert ending(trail, "act-front-0").why == "contained"


def test_false_alarm_that_names_nobody_blocks_nobody():
    """A false alarm without a name keeps nobody out."""
    parts = {"desks": (desk(),), "misuse": None}
    day = day_of(scene(**parts), ticket(0, 0))
    trail = play(sees(), day=day, response=response(believes_false=1.0), **parts)

    assert (len(trail.of(Triaged)), trail.of(Contained)) == (1, ())


def test_false_alarm_mends_nothing():
    """What honest work took down stays down, whatever is believed."""
    assert suspected().of(Restored) == ()


# Telling.


def test_statements_wait_for_their_milestone():
    """Each statement is made once, so long after its milestone."""
    after = ("confirmed", "restored", "attributed")
    said = tuple(Statement(name, name, Constant(60)) for name in after)
    trail = play(
        Says(keeps_s=DAY), sees("a"), sees("b"), response=response(statements=said)
    )

    assert [(s.statement, s.at - ACT) for s in trail.of(Stated)] == [
        ("confirmed", 180),
        ("restored", 120 + 180 + 60),
        ("attributed", 120 + 30 * MINUTE + 60),
    ]


def test_statements_are_not_made_of_what_was_stopped():
    """Where nothing took effect there is nothing to tell the public."""
    said = response(statements=(Statement("said", "confirmed", Constant(0)),))
    trail = play(says(deny=True), sees_requests(), response=said)

    assert trail.of(Stated) == ()


def test_statements_are_made_of_harm_that_comes_after_the_milestone():
    """Where an alarm is confirmed before the effect, the public is told after it."""
    said = response(statements=(Statement("said", "confirmed", Constant(0)),))
    arm = (says(throttle_s=20 * MINUTE), sees_requests("early"), sees("late"))
    trail = play(*arm, response=said)

    assert len(trail.of(Executed)) == 1
    assert len(trail.of(Stated)) == 1


def test_derived_state_comes_back_after_the_target():
    """Follower counts are whole some time after the target is back."""
    trail = play(Says(keeps_s=DAY), sees())

    assert trail.of(Recovered)[0].at == trail.of(Restored)[0].at + HOUR


def test_denied_misuse_is_answered_too():
    """An alarm about what was refused is true, and ends the person's access."""
    trail = play(says(deny=True), sees_requests(staff="leaver"))

    assert [t.confirmed for t in trail.of(Triaged)] == [True]
    assert trail.of(Contained)[0].staff == "leaver"
    assert trail.of(Restored) == ()


def test_alarm_about_a_pending_request_stops_it():
    """An alarm on a request that still waits is answered before its effect."""
    trail = play(says(hold_s=HOUR), sees_requests(staff="leaver"))

    assert trail.of(Requested)[0].at < trail.of(Contained)[0].at
    assert trail.of(Executed) == ()
