"""Goals: what of a run counts as stopped, held and caught in time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.experiment.whatif.goals import meets, met
from simulator.outcome import VERDICTS
from tests.experiment.whatif.tables import (
    LATTICE,
    WITHIN_S,
    ended,
    explored,
    outcomes,
)

EIGHT = st.lists(outcomes, min_size=8, max_size=8)


@given(EIGHT)
def test_regions_say_of_each_arm_what_its_run_says(ends):
    """An arm is in the region of a goal just if its run met the goal."""
    seen = met(explored(LATTICE, ends), WITHIN_S)
    for goal, region in seen.goals.items():
        assert [bool(region >> arm & 1) for arm in range(8)] == [
            meets(outcome, goal, WITHIN_S) for outcome in ends
        ]


@given(EIGHT)
def test_each_arm_has_one_verdict(ends):
    """Regions of verdicts do not overlap and hold all arms."""
    seen = met(explored(LATTICE, ends), WITHIN_S)

    assert seen.verdicts.keys() == set(VERDICTS)
    assert sum(region.bit_count() for region in seen.verdicts.values()) == 8
    assert sum(seen.verdicts.values()) == LATTICE.everything


@pytest.mark.parametrize(
    ("outcome", "stopped", "held", "caught"),
    [
        (ended("stopped"), True, True, True),
        (ended("limited"), False, True, False),
        (ended("limited", 300), False, True, True),
        (ended("caught", 300), False, True, True),
        (ended("caught", 301), False, True, False),
        (ended("noticed", 10), False, False, True),
        (ended("missed"), False, False, False),
    ],
)
def test_goals_of_single_runs(outcome, stopped, held, caught):
    """A run is caught in time if it was stopped, or confirmed by then."""
    assert meets(outcome, "stopped", 300) is stopped
    assert meets(outcome, "held", 300) is held
    assert meets(outcome, "caught", 300) is caught
