"""Harm: what was touched, and for how long it was out."""

import pytest

from simulator.clock import HOUR, MINUTE
from simulator.errors import ReplayError
from simulator.outcome import measure
from simulator.scenario.misuse import Attempt
from simulator.trail import Refused, Trail
from tests.outcome.trail_builders import (
    HORIZON,
    NOON,
    a_scenario,
    a_step,
    a_trail,
    back,
    did,
    eased,
    tried,
)

HUNDRED = Attempt("deactivate", "celebrity", batch=100)


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


@pytest.mark.parametrize("action", ["look-up", "rename", "leak"])
def test_what_is_read_or_altered_is_touched_without_an_outage(action):
    """An action that takes nothing down touches its target and causes no outage."""
    found = harm(did(action=action))

    assert (found.touched, found.outage_s, found.restored) == (1, None, False)


@pytest.mark.parametrize("action", ["look-up", "leak"])
def test_what_was_seen_never_comes_back(action):
    """A restoration of a target does not undo that it was read or exposed."""
    assert not harm(did(action=action), back(NOON + 60)).restored


def test_what_was_altered_comes_back():
    """A restoration undoes an alteration."""
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


def test_a_part_that_is_back_counts_no_longer():
    """Audience-minutes count the share still out, the outage all until the end."""
    found = harm(
        did(),
        eased(NOON + 10 * MINUTE, 0.75),
        eased(NOON + 20 * MINUTE, 1.0),
        back(NOON + 60 * MINUTE),
    )

    assert found.audience_min == 1_200 * (10 + 0.25 * 10)
    assert found.outage_s == HOUR


def test_a_fresh_target_has_the_audience_of_the_one_it_is_like():
    """The third target of a bulk step weighs as much as the one the plan names."""
    found = harm(did(), did(turn=2, target="celebrity#2"), back(NOON + 60))

    assert found.touched == 2
    assert found.audience_min == 1_200 * (1 + (HORIZON - NOON) / 60)
    assert found.outages == (("celebrity", 60), ("celebrity#2", HORIZON - NOON))


def test_data_loss_is_the_oldest_copy_a_touched_target_came_back_from():
    """Only targets of the misuse count, and none where nothing was lost."""
    other = did(step=1, target="rival")
    both = [back(NOON + 60, lost_s=HOUR), back(NOON + 60, "rival", lost_s=2 * HOUR)]

    assert harm(did(), *both).data_loss_s == HOUR
    assert harm(did(), other, *both).data_loss_s == 2 * HOUR
    assert harm(did(), back(NOON + 60)).data_loss_s is None


@pytest.mark.parametrize(
    ("plan", "intended"),
    [
        pytest.param((), 0, id="nothing"),
        pytest.param((a_step("celebrity", "rival"),), 1, id="fallbacks-do-not-count"),
        pytest.param(("celebrity", "celebrity", "rival"), 2, id="one-counts-once"),
        pytest.param((a_step(HUNDRED),), 100, id="a-batch"),
        pytest.param((a_step(HUNDRED, times=3),), 300, id="fresh-targets-each-time"),
        pytest.param(
            (a_step("celebrity", times=9, on="same-target"),),
            1,
            id="the-same-one",
        ),
        pytest.param(
            (a_step("celebrity", times=9), a_step(HUNDRED)), 108, id="steps-that-meet"
        ),
    ],
)
def test_a_plan_intends_what_its_first_tries_touch(plan, intended):
    """Intended are the targets of each step's first try, as often as it is done."""
    assert harm(plan=plan).intended == intended


def test_a_batch_touches_all_of_it():
    """A request touches as many targets as its size; repeated, no more of them."""
    again = did(NOON + 60, step=1, size=40)

    assert harm(did(size=100), again).touched == 100


@pytest.mark.slow
def test_a_bulk_misuse_is_measured():
    """Tens of thousands of effects and restorations are measured in seconds."""
    bulk = [
        record
        for turn in range(20_000)
        for target in [f"celebrity#{turn}"]
        for record in (
            *did(NOON, turn=turn, target=target),
            back(NOON + 60, target, f"misuse-0.0#{turn}"),
        )
    ]

    found = harm(bulk, plan=(a_step("celebrity", times=20_000),))

    assert (found.touched, found.outage_s, found.restored) == (20_000, 60, True)


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
