"""Harm: what was touched, and for how long it was out."""

import pytest

from simulator.clock import HOUR, MINUTE
from simulator.errors import ReplayError
from simulator.outcome import measure
from simulator.scenario.misuse import Attempt, Misuse, Requirement, Step, When
from simulator.trail import Refused, Trail
from tests.outcome.trail_builders import (
    HORIZON,
    NOON,
    a_scenario,
    a_trail,
    back,
    did,
    tried,
)


def harm(*scenes, plan=("celebrity",)):
    """Measure the harm of a run."""
    return measure(a_trail(*scenes), a_scenario(plan=plan)).harm


def test_an_outage_lasts_from_effect_to_restoration():
    """An outage lasts from the effect to the restoration of the target."""
    assert harm(did(), back(NOON + 660)).outage_s == 660


def test_an_outage_that_is_not_restored_lasts_to_the_horizon():
    """An outage that nobody ends lasts to the horizon."""
    found = harm(did())

    assert found.outage_s == HORIZON - NOON
    assert not found.restored


def test_nothing_taken_down_is_no_outage():
    """A run without effect has no outage, not one of zero seconds."""
    found = harm(tried())

    assert found.outage_s is None
    assert found.touched == 0
    assert found.restored


@pytest.mark.parametrize("action", ["look-up", "rename"])
def test_what_is_read_or_altered_is_touched_without_an_outage(action):
    """An action that takes nothing down touches its target and causes no outage."""
    found = harm(did(action=action))

    assert (found.touched, found.outage_s, found.restored) == (1, None, False)


def test_what_was_read_never_comes_back():
    """A restoration of a target does not undo that it was read."""
    assert not harm(did(action="look-up"), back(NOON + 60)).restored
    assert harm(did(action="rename"), back(NOON + 60)).restored


def test_overlapping_outages_of_a_target_count_once():
    """Taking down what is down already adds no outage; one restoration ends both."""
    again = did(NOON + MINUTE, step=1)

    found = harm(did(), again, back(NOON + HOUR))

    assert found.outages == (("celebrity", HOUR),)
    assert found.restored


def test_a_target_taken_down_after_its_restoration_is_out_again():
    """Outages of one target before and after a restoration add up."""
    found = harm(
        did(),
        back(NOON + 60),
        did(NOON + HOUR, step=1),
        back(NOON + HOUR + 40, undoes="misuse-1.0"),
    )

    assert found.outage_s == 100


def test_a_restoration_in_the_second_of_an_effect_follows_the_trail():
    """What is restored in a second is what had happened before in that second."""
    found = harm(did(), back(NOON), did(NOON, step=1))

    assert found.outage_s == HORIZON - NOON


def test_audience_minutes_weigh_each_target_by_its_audience():
    """Audience-minutes are the sum over targets of audience times minutes out."""
    found = harm(
        did(),
        back(NOON + 10 * MINUTE),
        did(NOON, step=1, target="rival"),
        back(NOON + 5 * MINUTE, "rival", "misuse-1.0"),
        plan=("celebrity", "rival"),
    )

    assert found.audience_min == 1_200 * 10 + 600 * 5
    assert found.outage_s == 10 * MINUTE


def test_fallbacks_are_not_intended_beside_the_first_try():
    """A plan intends the target of each step's first try, not of its fallbacks."""
    step = Step((Attempt("deactivate", "celebrity"), Attempt("deactivate", "rival")))
    plan = Misuse(Requirement(), "gesture", When(at=NOON), (step,))

    found = measure(a_trail(), a_scenario(misuse=plan)).harm

    assert found.intended == 1


def test_a_trail_without_its_end_is_refused():
    """A trail that was cut off is named as such, not measured."""
    whole = a_trail(did())

    with pytest.raises(ReplayError, match="trail is not whole"):
        measure(Trail(whole.records[:-1]), a_scenario())


def test_a_trail_of_another_scenario_is_refused():
    """An action the scenario does not know is named, with those it does."""
    with pytest.raises(ReplayError, match=r"'explode'.*accepted: deactivate"):
        measure(a_trail(did(action="explode")), a_scenario())


def test_honest_refusals_do_no_harm():
    """A refusal of honest work is none of the misuse's harm."""
    assert harm(Refused(NOON, "act-1", "agent-1", "denied")).touched == 0
