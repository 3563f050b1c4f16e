"""Times: everything counts from the first effect, and never-happened is None."""

from simulator.outcome import measure
from simulator.trail import (
    Attributed,
    Contained,
    Recovered,
    Stated,
)
from tests.outcome.trail_builders import (
    HORIZON,
    NOON,
    a_scenario,
    a_trail,
    alarm,
    back,
    did,
    outsider,
    refused,
)


def times(*scenes):
    """Measure the times of a run."""
    return measure(a_trail(*scenes), a_scenario()).times


def test_times_count_from_the_first_effect():
    """Each time is the first record of its kind minus the first effect."""
    found = times(
        did(),
        outsider(NOON + 30, looked_at=NOON + 90),
        alarm(NOON + 60, looked_at=NOON + 120),
        Contained(NOON + 150, "leaver", "users/misuse-0.0", HORIZON),
        Attributed(NOON + 200, "misuse-0.0"),
        back(NOON + 660),
        Recovered(NOON + 700, "celebrity"),
        Stated(NOON + 800, "second"),
    )

    assert found.effect_at == NOON
    assert (
        found.notice_s,
        found.signal_s,
        found.detect_s,
        found.confirm_s,
    ) == (30, 60, 120, 90)
    assert (found.contain_s, found.restore_s, found.attribute_s) == (150, 660, 200)
    assert found.derived_tail_s == 40
    assert found.statements == (("first", None), ("second", 800))


def test_without_effect_there_are_no_times():
    """Where nothing took effect there is nothing to count from."""
    found = times(refused(), alarm(NOON, looked_at=NOON + 60))

    assert (found.effect_at, found.signal_s, found.detect_s) == (None, None, None)


def test_a_signal_may_come_before_the_effect():
    """A signal about an earlier try is a time before the effect: negative."""
    found = times(refused(NOON - 60), alarm(NOON - 60), did(attempt=1))

    assert found.signal_s == -60


def test_a_signal_that_is_not_confirmed_detects_nothing():
    """An alarm that an analyst takes for false is a signal and no detection."""
    found = times(did(), alarm(NOON + 60, looked_at=NOON + 90, confirmed=False))

    assert (found.signal_s, found.detect_s) == (60, None)


def test_a_signal_about_honest_work_detects_nothing():
    """A confirmed alarm about honest work is no detection of the misuse."""
    found = times(did(), alarm(NOON, about="act-1", looked_at=NOON + 60))

    assert (found.signal_s, found.confirm_s) == (None, None)


def test_all_targets_must_be_back():
    """The time to restore ends with the last touched target, if all come back."""
    other = did(NOON, step=1, target="rival")
    one_back = [*did(), *other, back(NOON + 60)]

    assert times(one_back).restore_s is None
    assert times(one_back, back(NOON + 90, "rival")).restore_s == 90


def test_containment_is_of_the_access_used():
    """Ending somebody else's access does not contain the misuse."""
    other = Contained(NOON + 50, "agent-3", "x", HORIZON)

    assert times(did(), other).contain_s is None
    assert times(did(staff="agent-3"), other).contain_s == 50


def test_derived_state_is_whole_with_the_last_target():
    """The tail is the longest from a target's return until its state was whole."""
    other = did(NOON, step=1, target="rival")
    returned = [*did(), *other, back(NOON + 60), back(NOON + 60, "rival")]
    first = Recovered(NOON + 70, "celebrity")

    assert times(returned, first).derived_tail_s is None
    assert times(returned, first, Recovered(NOON + 99, "rival")).derived_tail_s == 39
