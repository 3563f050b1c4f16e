"""What is done about a confirmed alarm: access ended, misuse attributed, told."""

import pytest
from attrs import evolve

from simulator.decisions import Challenge
from simulator.scenario.misuse import Step
from simulator.scenario.organisation import Statement, Team
from simulator.streams import Constant
from simulator.testing import laws
from simulator.trail import (
    Attributed,
    Contained,
    Executed,
    LeftBehind,
    Recovered,
    Requested,
    Restored,
    Stated,
    Triaged,
)
from simulator.world.knowledge import Knowledge
from tests.scenes import DAY, HOUR, MINUTE, attempt, desk, misuse, scene
from tests.world.responses import ACT, NAMED, finds, named, response, watch
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
    ticket,
)

GONE = 8 * HOUR
"""When the leaver has left."""

# A true alarm is confirmed, what is down is restored, and the access ended.


def test_true_alarm_is_confirmed_and_mended():
    """From the alarm on: triage, restore, derived state, attribution, containment."""
    trail = play(sees(**NAMED))
    told = [(r.kind, r.at - ACT) for r in trail if r.at > ACT]

    assert [step for step in told[:-1] if step[0] != "left-behind"] == [
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
    """An alarm about a slip brings the wrong target back, blames and tells nobody."""
    said = response(statements=(Statement("said", "restored", Constant(0)),))
    parts = {"desks": (desk(slip_rate=0.5),), "misuse": None, "response": said}
    day = day_of(scene(**parts), ticket(0, 0, luck=0.0))
    trail = play(Says(keeps_s=DAY), sees(staff="leaver"), day=day, **parts)

    assert [r.target for r in trail.of(Restored)] == ["account-0-lookalike"]
    assert trail.of(Contained) + trail.of(Attributed) + trail.of(Recovered) == ()
    assert trail.of(Stated) == ()


@pytest.mark.parametrize("staff", [None, "leaver"])
def test_confirmation_is_known_to_the_systems(monkeypatch, staff):
    """What an analyst took for true is noted then, under the name in the alarm."""
    noted = []

    def note(knowledge, staff, at):
        noted.append((staff, at))

    monkeypatch.setattr(Knowledge, "note_confirmed", note)
    play(sees(staff=staff))
    play(sees(staff=staff), response=response(confirms=0.0))

    assert noted == [(staff, ACT + 120)]


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


# Findings.


def left(*arm, **parts):
    """Play a scene whose leaver's account works on, and nothing else does."""
    return play(*arm, **{"misuse": None, "credentials": (), **parts})


def test_confirmed_finding_ends_the_access_and_no_more():
    """Access that a leaver still has is ended for good, and nobody is blamed."""
    trail = left(finds(staff="leaver"))
    (contained,) = trail.of(Contained)

    assert [t.confirmed for t in trail.of(Triaged)] == [True]
    assert (contained.at, contained.staff) == (GONE + 120 + 60, "leaver")
    assert contained.until == 12 * HOUR
    assert [r.kind for r in trail if r.at > contained.at] == ["closed"]


def test_two_findings_about_one_person_end_the_access_once():
    """What was ended for one finding is not ended again for the next."""
    trail = play(finds(staff="leaver"), misuse=None)

    assert len(trail.of(LeftBehind)) == len(trail.of(Triaged)) == 2
    assert len(trail.of(Contained)) == 1


def test_finding_is_as_true_as_any_alarm():
    """A finding may be missed by the analyst, and is never taken for a false alarm."""
    sure = {"believes_false": 1.0, "confirms": 0.0}
    trail = left(finds(staff="leaver"), response=response(**sure))

    assert [t.confirmed for t in trail.of(Triaged)] == [False]
    assert trail.of(Contained) == ()


def test_finding_that_names_nobody_ends_nothing():
    """Where a finding does not say whose access it is there is nothing to end."""
    trail = left(finds())

    assert [t.confirmed for t in trail.of(Triaged)] == [True]
    assert trail.of(Contained) == ()


def test_finding_stops_what_the_leaver_would_do():
    """Access that was found and ended is of no use any more."""
    late = misuse(at=10 * HOUR)
    without, found = left(misuse=late), left(finds(staff="leaver"), misuse=late)

    assert isinstance(ending(without), Executed)
    assert ending(found).by == ("containment",)


def test_planted_action_outlives_the_access_and_not_who_looks_for_it():
    """A planted action runs without its account; an alarm about it pulls it back."""
    bomb = misuse(attempt(fuse=Constant(10 * HOUR)), at=7 * HOUR)
    parts = {"misuse": bomb, "horizon": 20 * HOUR}
    found, told = left(finds(staff="leaver"), **parts), left(sees_requests(), **parts)

    assert found.of(Contained)[0].at < ending(found).at
    assert isinstance(ending(found), Executed)
    assert ending(told).why == "contained"


def test_one_login_is_looked_into_once():
    """However often a login was misused, the records say once whose it was."""
    step = Step((attempt(),), times=5, every=Constant(60))
    many = play(sees(), misuse=evolve(misuse(), plan=(step,)))

    assert len(many.of(Triaged)) > 1
    assert len(many.of(Attributed)) == 1


def test_finding_tells_nothing_of_what_was_broken():
    """A finding does not bring back what nobody has noticed."""
    trail = play(Says(keeps_s=DAY), finds(staff="leaver"))

    assert len(trail.of(Executed)) == len(trail.of(Contained)) == 1
    assert trail.of(Restored) == ()


def test_finding_that_is_being_answered_mends_what_an_alarm_told_of():
    """Whoever is blamed while the access is being ended has all mended after it."""
    trail = play(
        Says(keeps_s=DAY),
        finds(staff="leaver"),
        sees(of="misuse-0", **NAMED),
        horizon=14 * HOUR,
        targets=named("celebrity", "ally"),
        misuse=evolve(
            misuses("celebrity", "ally", wait=600), when=misuse(at=GONE).when
        ),
        response=response(contain=Constant(HOUR)),
    )
    (contained,) = trail.of(Contained)

    assert contained.at == GONE + 120 + HOUR
    assert [r.target for r in trail.of(Restored)] == ["celebrity", "ally"]
    assert trail.of(Restored)[1].at == contained.at + 180


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
