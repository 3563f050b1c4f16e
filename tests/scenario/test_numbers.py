"""Every number of a scenario, and the scenario with some changed."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import ScenarioError
from simulator.scenario.numbers import changed, numbers_of, sensibly_changed
from simulator.scenario.paths import value_at
from simulator.scenario.ranges import default_range, with_centre
from tests.scenario.sample import loaded
from tests.scenes import DAY, HOUR, honest_work, kind, leaver, misuse, scene

SAMPLE = loaded()
NUMBERS = tuple(numbers_of(SAMPLE))
THREE = (
    kind(id="report", share=0.5),
    kind(id="appeal", share=0.3),
    kind(id="praise", share=0.2, action=None, acts=0.0),
)


# Laws.


def test_every_number_of_a_file_is_found_at_its_path():
    """What has a source or could have one, single and about the world, is a number."""
    paths = {number.path for number in NUMBERS}
    told = {
        known.path
        for known in SAMPLE.provenance
        if not known.path.startswith(("clock", "expect", "axes", "misuse.intent"))
    }

    assert told - paths == {"organisation.desks.abuse-reports.hour_of_day"}
    assert all(value_at(SAMPLE, n.parts) == n.value for n in NUMBERS)


@given(st.sampled_from(NUMBERS), st.floats(0, 1))
def test_any_number_can_be_moved_within_its_default_range(number, place):
    """The scenario has the new value there, and still makes sense."""
    span = default_range(number.slot, number.value)
    if span is None:
        return
    value = with_centre(number.value, span.at(place))

    assert value_at(changed(SAMPLE, [(number.parts, value)]), number.parts) == value


def test_no_change_is_the_same_scenario():
    """Setting a number to what it is changes nothing."""
    same = [(number.parts, number.value) for number in NUMBERS]

    assert sensibly_changed(SAMPLE, same) == SAMPLE


@given(st.floats(0.01, 0.99))
def test_other_shares_make_room_in_proportion(share):
    """The kinds of tickets of a desk still add up to 1."""
    day = scene(desks=honest_work(*THREE))
    path = ("organisation", "desks", "front", "kinds", "report", "share")
    desk = sensibly_changed(day, [(path, share)]).organisation.desks[0]
    found = {one.id: one.share for one in desk.kinds}

    assert sum(found.values()) == pytest.approx(1)
    assert found["report"] == share
    assert found["appeal"] == pytest.approx(found["praise"] * 1.5)


# Examples.


@pytest.mark.parametrize(
    ("path", "value", "what"),
    [
        ("organisation.approvals.present", 1.5, "1.5 is too large"),
        ("organisation.response.key_holders", 3, "more key holders than people"),
        ("organisation.desks.front.closes", 2 * DAY, "open beyond what is simulated"),
        ("organisation.desks.front.opens", 9 * HOUR, "closes before it opens"),
        ("organisation.staff.leaver.leaving.notice", DAY, "separation before notice"),
        ("misuse.when.at", 2 * DAY, "beyond what is simulated"),
    ],
)
def test_what_makes_no_sense_is_refused(path, value, what):
    """As the loader would refuse a file that says so."""
    day = scene(misuse=misuse(), desks=honest_work(), staff=(leaver(),))

    with pytest.raises(ScenarioError, match=what):
        sensibly_changed(day, [(tuple(path.split(".")), value)])


def test_somebody_must_be_left_to_do_it():
    """A team that somebody of it needs cannot be emptied."""
    who = evolve(misuse().who, person=None, role="lead")
    day = scene(misuse=misuse(who=who))

    with pytest.raises(ScenarioError, match="nobody is what the misuse asks for"):
        sensibly_changed(day, [(("organisation", "teams", "leads", "size"), 0)])
