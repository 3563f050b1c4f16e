"""One run: its first and last record, its order, and what is only asked."""

import pytest
from hypothesis import HealthCheck, given, settings

from simulator.controls import AutoRevocation, CoolingOff, FourEyes
from simulator.scenario.organisation import ExitTask, Posture
from simulator.testing.strategies import everything, postures, scenarios, seeds
from simulator.trail import Closed, DeskDay, Opened, Requested
from simulator.world import simulate
from tests.scenes import AT_ONCE, DAY, HOUR, desk, misuse, scene
from tests.world.stand_ins import ending, play, posture, says, sees


def test_run_begins_and_ends_with_its_own_records():
    """The first record says what is run, the last one that the horizon is reached."""
    trail = play(says("b"), sees("a"), seed=7, shadow=[says("c")])
    opened, closed = trail.records[0], trail.records[-1]

    assert opened == Opened(0, "a scene", 7, (), ("a", "b"), ("c",))
    assert (type(closed), closed.at) == (Closed, 12 * HOUR)


def test_run_does_not_ask_twice_who_is_active():
    """What is active is left out of the shadow, whatever its setting there."""
    trail = play(says("a"), shadow=[says("a", deny=True), says("b", deny=True)])

    assert trail.of(Opened)[0].asked == ("b",)
    assert [label for label, _ in trail.of(Requested)[0].answers] == ["b"]


def test_run_of_two_settings_takes_the_later():
    """Two settings under one label are one control, the last."""
    twice = Posture(controls=(CoolingOff(hold=60), CoolingOff(hold=90)))
    (asked,) = simulate(scene(misuse=misuse()), twice, 1).of(Requested)

    assert asked.decision.hold_s == 90


def test_run_ends_before_the_horizon():
    """Nothing happens at the horizon or after it."""
    parts = {"misuse": misuse(at=HOUR), "horizon": HOUR + 1}

    assert [r.kind for r in play(**parts)][-2:] == ["executed", "closed"]
    assert play(misuse=misuse(at=HOUR), horizon=HOUR).of(Requested) == ()


def test_run_closes_with_the_time_of_its_people():
    """The last record sums approvers' and analysts' time, inside windows of work."""
    parts = {
        "desks": (desk(opens=0, closes=2 * HOUR), desk(id="b", opens=HOUR)),
        "approvals": scene().organisation.approvals,
    }
    closed = play(FourEyes(role="lead"), sees(), horizon=2 * DAY, **parts).of(Closed)[0]

    assert closed.approver_s == 60
    assert closed.analyst_shift_s == 8 * HOUR


def test_run_without_windows_counts_all_rostered_time():
    """Where no desk is simulated all the analysts' shifts count."""
    assert play(horizon=DAY).of(Closed)[0].analyst_shift_s == DAY


def test_run_explains_every_control_of_the_misuse():
    """Each control says why it did or did not bite, active or only asked."""
    trail = play(says("b"), shadow=[says("a", deny=True)])
    told = [(r.label, r.bit) for r in trail if r.kind == "explained"]

    assert told == [("b", False), ("a", True)]


def test_run_explains_who_ended_the_access():
    """A control that ended the access says so, for it is the one that bit."""
    revocation = AutoRevocation(delay=AT_ONCE, failure=0.0)
    trail = play(revocation, misuse=misuse(at=9 * HOUR))
    told = [(r.label, r.bit) for r in trail if r.kind == "explained"]

    assert ending(trail).by == ("auto-revocation",)
    assert told == [("auto-revocation", True)]


def test_run_explains_nobody_who_was_not_asked():
    """Without access no control is asked, and none but the one that ended it speaks."""
    revocation = AutoRevocation(delay=AT_ONCE, failure=0.0)
    arms = (revocation, says("a", deny=True)), (says("a", deny=True),)
    gone = ExitTask("disable", "notice", AT_ONCE, ("console",))
    told = [
        [
            r.label
            for r in play(*arm, misuse=misuse(at=9 * HOUR), offboarding=tasks)
            if r.kind == "explained"
        ]
        for arm, tasks in zip(arms, ((), (gone,)), strict=True)
    ]

    assert told == [["auto-revocation"], []]


def test_run_leaves_its_posture_alone():
    """A run changes neither the scenario nor the arm that it is given."""
    story, arm = scene(misuse=misuse()), posture(says("b"), says("a"))
    before = str((story, arm))
    simulate(story, arm, 1, shadow=posture(sees(after=60)))

    assert str((story, arm)) == before


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(scenario=scenarios(), arm=postures(), seed=seeds)
def test_records_are_in_order_of_time(scenario, arm, seed):
    """Records come in order of time, before the horizon but for the sums at the end."""
    trail = simulate(scenario, arm, seed, shadow=everything())
    times = [record.at for record in trail]

    assert times == sorted(times)
    assert times[0] == 0
    sums = (DeskDay, Closed)
    happened = [record.at for record in trail if not isinstance(record, sums)]
    assert max(happened) < scenario.clock.horizon


def test_constants_make_the_story_the_same_for_all_seeds():
    """Where nothing is left to chance every seed tells the same story."""
    told = [
        [r for r in play(sees(after=60), seed=seed) if r.kind != "opened"]
        for seed in (1, 2)
    ]

    assert told[0] == told[1]
