"""Verdicts: the best that holds, and the label that did it first."""

import pytest

from simulator.clock import MINUTE
from simulator.decisions import Decision
from simulator.outcome import measure
from simulator.scenario.misuse import Attempt
from simulator.trail import Contained, Refused, Truth
from tests.outcome.trail_builders import (
    HORIZON,
    NOON,
    a_scenario,
    a_step,
    a_trail,
    alarm,
    back,
    did,
    left,
    outsider,
    refused,
    tried,
)

TOLERABLE, IN_TIME = 15 * MINUTE, 5 * MINUTE
TWO = ("celebrity", "rival")
THREE_TIMES = (a_step("celebrity", "rival", times=3),)
BATCH = (a_step(Attempt("deactivate", "celebrity", batch=50), "celebrity"),)


def again(turn, *, by=(), attempt=0):
    """One time more of a bulk step: done, or refused by labels."""
    at, target = NOON + turn, f"celebrity#{turn}"
    if not by:
        return did(at, turn=turn, target=target)
    return refused(at, turn=turn, target=target, by=by, attempt=attempt)


def verdict(*scenes, plan=("celebrity",), **special):
    """Judge a run. Returns the verdict and who did it first."""
    found = measure(a_trail(*scenes, **special), a_scenario(plan=plan))
    return found.verdict, found.by


def test_nothing_took_effect_is_stopped():
    """A refused misuse is stopped by the labels that refused it."""
    assert verdict(refused(by=("four-eyes", "lock"))) == ("stopped", "four-eyes + lock")


def test_the_last_try_of_the_first_step_stopped_it():
    """Of several refusals, the one after which the first step was given up counts."""
    tries = [*refused(by=("a",)), *refused(NOON + 60, attempt=1, by=("b",))]
    next_step = refused(NOON + 90, step=1, by=("c",))

    assert verdict(tries, next_step) == ("stopped", "b")


@pytest.mark.parametrize("why", ["desisted", "slip-caught", "rejected", "cancelled"])
def test_what_made_the_person_give_up_stopped_it(why):
    """A person who gives up at a prompt was stopped by it."""
    assert verdict(refused(why=why, by=("prompt",))) == ("stopped", "prompt")


def test_access_that_had_ended_stopped_it():
    """Where access was gone, the task that ended it stopped the misuse."""
    assert verdict(refused(why="no-access", by=("checklist",))) == (
        "stopped",
        "checklist",
    )


def test_the_response_stops_through_its_alarm():
    """Where the response had ended the access, the alarm behind it stopped the rest."""
    contained = Contained(NOON + 60, "leaver", "monitor/misuse-0.0", HORIZON)
    last = refused(NOON + 90, attempt=1, why="contained", by=("containment",))

    assert verdict(refused(), alarm(NOON, looked_at=NOON + 30), contained, last) == (
        "stopped",
        "monitor",
    )


def test_a_wait_beyond_the_horizon_stopped_it():
    """A request still held at the horizon is stopped by the active control it met."""
    answers = (("hold", Decision(hold_s=HORIZON)), ("off", Decision(deny=True)))
    pending = tried(decision=Decision(hold_s=HORIZON), answers=answers)

    assert verdict(pending, pending=("misuse-0.0",), active=("hold",)) == (
        "stopped",
        "hold",
    )


def test_a_misuse_nobody_can_try_is_stopped_and_not_possible():
    """Where nobody qualifies the misuse is stopped by circumstance."""
    nobody = [
        Truth(0, "misuse-0.0", "nobody", "misuse", "gesture", ""),
        Refused(0, "misuse-0.0", "nobody", "not-possible", ("requirement",)),
    ]

    found = measure(a_trail(nobody), a_scenario())

    assert (found.verdict, found.by, found.possible) == ("stopped", "", False)


def test_honest_work_alone_is_stopped_and_not_possible():
    """A scenario without misuse has nothing to stop."""
    found = measure(a_trail(), a_scenario(misuse=None))

    assert (found.verdict, found.by, found.possible) == ("stopped", "", False)


def test_a_refused_try_shows_that_it_is_possible():
    """A misuse that is refused could be tried."""
    assert measure(a_trail(refused()), a_scenario()).possible


def test_fewer_targets_than_planned_is_limited():
    """A plan cut short is limited by what refused the step that was never done."""
    cut = refused(NOON + 60, step=1, target="rival", by=("rate-limit",))

    assert verdict(did(), cut, plan=TWO) == ("limited", "rate-limit")


def test_a_fallback_that_worked_is_no_limit():
    """A step that was refused once and then done limits nothing."""
    assert verdict(refused(), did(NOON + 60, attempt=1)) == ("missed", "")


def test_a_contained_plan_is_limited_by_the_alarm():
    """Where no try was refused, the alarm that led to containment cut the plan."""
    contained = Contained(NOON + 60, "leaver", "monitor/misuse-0.0", HORIZON)

    assert verdict(
        did(), alarm(NOON + 10, looked_at=NOON + 20), contained, plan=TWO
    ) == ("limited", "monitor")


@pytest.mark.parametrize(
    ("times", "by"),
    [
        pytest.param([did(), again(1), again(2, by=("cap",))], "cap", id="the-last"),
        pytest.param(
            [did(), again(1, by=("cap",)), again(2, by=("lock",))],
            "cap",
            id="the-first-that-nothing-follows",
        ),
        pytest.param(
            [
                did(),
                again(1, by=("cap",)),
                again(1, by=("lock",), attempt=1),
                again(2, by=("other",)),
            ],
            "lock",
            id="the-last-try-of-that-time",
        ),
        pytest.param(
            [refused(by=("early",)), again(1), again(2, by=("late",))],
            "late",
            id="after-what-was-done",
        ),
        pytest.param(
            [did(), again(1, by=("cap",)), again(2)], "cap", id="one-between-the-others"
        ),
        pytest.param(
            [did(), again(1, by=()), again(2, by=("cap",))], "cap", id="the-only-one"
        ),
        pytest.param([did(), again(1)], "", id="nobody-refused"),
    ],
)
def test_a_bulk_step_is_limited_by_what_refused_the_rest(times, by):
    """A step cut part-way is limited by the refusal that no further effect followed."""
    assert verdict(*times, plan=THREE_TIMES) == ("limited", by)


def test_a_bulk_step_that_is_done_is_not_limited():
    """A refused try that a fallback made good limits nothing."""
    tries = [did(), again(1, by=("cap",)), again(2)]
    other = did(NOON + 9, attempt=1, turn=1, target="rival#1")

    assert verdict(*tries, other, plan=THREE_TIMES)[0] == "missed"


def test_a_bulk_step_that_is_refused_from_the_start_is_stopped():
    """Where no time took effect, the refusal of the first counts."""
    first = refused(by=("lock",))

    assert verdict(first, again(1, by=("cap",)), plan=THREE_TIMES) == (
        "stopped",
        "lock",
    )


def test_containment_cuts_a_bulk_step():
    """Where the rest was refused for containment, the alarm behind it is named."""
    contained = Contained(NOON + 1, "leaver", "monitor/misuse-0.0", HORIZON)
    rest = refused(NOON + 2, turn=2, target="x#2", why="no-access", by=("containment",))
    seen = alarm(NOON, looked_at=NOON + 1)

    assert verdict(did(), seen, contained, rest, plan=THREE_TIMES) == (
        "limited",
        "monitor",
    )
    assert verdict(did(), seen, contained, plan=THREE_TIMES) == ("limited", "monitor")


def test_a_bulk_step_still_under_way_is_limited_by_what_delays_it():
    """A request held at the horizon, after others took effect, names the hold."""
    answers = (("hold", Decision(hold_s=HORIZON)),)
    held = tried(NOON + 9, turn=1, target="celebrity#1", answers=answers)

    assert verdict(
        did(), held, plan=THREE_TIMES, pending=("misuse-0.0#1",), active=("hold",)
    ) == ("limited", "hold")


def test_a_smaller_try_is_limited_by_what_refused_the_larger():
    """A plan that had to make do with a smaller request was limited by the refusal."""
    large = refused(size=50, by=("cap",))

    assert verdict(large, did(NOON + 9, attempt=1), plan=BATCH) == ("limited", "cap")
    assert verdict(did(size=50), plan=BATCH) == ("missed", "")


def test_the_alert_that_found_access_left_behind_stops_through_the_response():
    """Where a finding led to containment, the alert that found it is named."""
    finding = alarm(NOON - 60, "leaver-scan", about=left().request, looked_at=NOON - 30)
    contained = Contained(NOON - 10, "leaver", f"leaver-scan/{left().request}", HORIZON)
    barred = refused(why="no-access", by=("containment",))

    assert verdict(left(at=0), finding, contained, barred) == ("stopped", "leaver-scan")
    assert verdict(left(at=0), finding, contained, did(), plan=TWO) == (
        "limited",
        "leaver-scan",
    )


def test_a_finding_about_somebody_else_cuts_nothing():
    """Ending access that the misuse does not use has no part in its end."""
    other = left(staff="agent-3", at=0)
    finding = alarm(NOON - 60, "leaver-scan", about=other.request, looked_at=NOON - 30)
    contained = Contained(NOON, "agent-3", f"leaver-scan/{other.request}", HORIZON)

    assert verdict(other, finding, contained, did(), plan=TWO) == ("limited", "")


def test_a_finding_is_neither_a_catch_nor_a_notice():
    """An alarm about access left behind speaks of no misuse."""
    finding = alarm(NOON, "leaver-scan", about=left().request, looked_at=NOON + 30)

    assert verdict(did(), left(), finding) == ("missed", "")


def test_undone_in_time_is_limited_by_the_first_confirmed_signal():
    """A short outage is limited by the signal that set the restoring off."""
    told = outsider(NOON + 60, looked_at=NOON + 120)
    late = alarm(NOON + 90, looked_at=NOON + 180)

    assert verdict(did(), told, late, back(NOON + TOLERABLE)) == ("limited", "users")


def test_a_second_beyond_the_tolerance_is_not_limited():
    """An outage a second longer than tolerable is no longer limited harm."""
    told = outsider(NOON + 60, looked_at=NOON + 120)

    assert verdict(did(), told, back(NOON + TOLERABLE + 1)) == ("noticed", "users")


def test_short_outages_of_a_target_add_up():
    """A target that is taken down again and again is not back within the tolerance."""
    again = [
        *did(NOON + TOLERABLE, step=1),
        back(NOON + TOLERABLE + 2, undoes="misuse-1.0"),
    ]

    assert verdict(did(), back(NOON + TOLERABLE - 2), again)[0] == "limited"
    assert verdict(did(), back(NOON + TOLERABLE - 1), again)[0] == "missed"


def test_what_was_altered_can_be_undone():
    """An alteration is limited by a restoration within the tolerance, not later."""
    altered = did(action="rename")

    assert verdict(altered, back(NOON + TOLERABLE))[0] == "limited"
    assert verdict(altered, back(NOON + TOLERABLE + 1))[0] == "missed"


@pytest.mark.parametrize("action", ["look-up", "leak"])
def test_what_was_seen_cannot_be_undone(action):
    """Reading and exposing are never limited by a restoration."""
    assert verdict(did(action=action), back(NOON + 1)) == ("missed", "")


def test_a_confirmed_inside_signal_in_time_is_a_catch():
    """The first confirmed signal from inside catches, up to the last second."""
    early = alarm(NOON, "doubted", looked_at=NOON + 10, confirmed=False)
    good = alarm(NOON, looked_at=NOON + IN_TIME)
    outside = outsider(NOON, looked_at=NOON + 1)

    assert verdict(did(), early, outside, good) == ("caught", "monitor")


def test_a_catch_too_late_is_only_noticed():
    """A signal confirmed too late is noticed, by whoever came first."""
    late = alarm(NOON, looked_at=NOON + IN_TIME + 1)

    assert verdict(did(), late) == ("noticed", "monitor")
    assert verdict(did(), late, outsider(NOON + 2)) == ("noticed", "users")
    assert verdict(did(), late, outsider(NOON + 900)) == ("noticed", "monitor")


def test_an_outsider_who_is_not_believed_has_noticed():
    """A report from outside is a notice even if the analyst does not believe it."""
    report = outsider(NOON, looked_at=NOON + 9, confirmed=False)

    assert verdict(did(), report) == ("noticed", "users")


def test_an_alarm_that_nobody_confirms_misses():
    """An inside alarm nobody confirms leaves the misuse missed."""
    assert verdict(did(), alarm(NOON)) == ("missed", "")


def test_better_verdicts_come_first():
    """A run that is limited and caught and noticed is called by the best of them."""
    signals = [*alarm(NOON, looked_at=NOON + 9), *outsider(NOON)]

    assert verdict(did(), signals, back(NOON + 60))[0] == "limited"
    assert verdict(did(), signals)[0] == "caught"
