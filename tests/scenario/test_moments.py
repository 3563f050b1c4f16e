"""The moment worked out from the nouns is the one that a run finds."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from simulator.clock import Moment, Seconds
from simulator.scenario.misuse import Requirement, When
from simulator.scenario.moments import described, in_time, is_leaving, relative
from simulator.scenario.organisation import Leaving, Person, ShiftPattern
from simulator.scenario.people import Workforce
from simulator.testing.strategies import scenarios
from simulator.world import prepare
from simulator.world.cast import moment
from tests.scenes import DAY, EVERY_DAY, HOUR, leaver, misuse, scene

TIERS = {"celebrity": "protected"}
ANCHORS = ["notice", "separation", "shift-start", "shift-end"]
NIGHT = ShiftPattern("day", EVERY_DAY, 22 * HOUR, 6 * HOUR)
"""In place of the day shift: it begins before the scene and ends within it."""


def moments(when, *, until=12 * HOUR, **place):
    """List the moments of the agents of a scene, who are two and a leaver."""
    wanted = misuse(who=Requirement(role="agent"))
    wanted = evolve(wanted, when=when)
    return {one.id: at for one, at in in_time(scene(**place), wanted, TIERS, until)}


@pytest.mark.parametrize(
    ("anchor", "found"),
    [
        ("notice", {"leaver": 0}),
        ("separation", {"leaver": 8 * HOUR}),
        ("shift-start", {None: 0, "leaver": 0}),
        ("shift-end", {None: 8 * HOUR, "leaver": 8 * HOUR}),
    ],
)
def test_moment_is_counted_from_an_anchor(anchor, found):
    """Who stays has no notice and no separation."""
    assert moments(When(anchor=anchor)) == found


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ({"before": 8 * HOUR}, {"leaver": 0}),
        ({"before": 8 * HOUR + 1}, {}),
        ({"after": 4 * HOUR - 1}, {"leaver": 12 * HOUR - 1}),
        ({"after": 4 * HOUR}, {}),
    ],
)
def test_moment_lies_in_the_time_asked_about(when, found):
    """The first second counts, the last instant does not."""
    assert moments(When(anchor="separation", **when)) == found


@pytest.mark.parametrize(
    ("separation", "anchor", "found"),
    [
        (-HOUR, "shift-start", {}),
        (-HOUR, "shift-end", {}),
        (20 * HOUR, "shift-start", {"leaver": 14 * HOUR}),
        (20 * HOUR, "shift-end", {"leaver": 20 * HOUR}),
        (10 * DAY, "shift-end", {"leaver": 10 * DAY - 2 * HOUR}),
    ],
)
def test_last_shift_of_a_leaver_is_cut_at_the_separation(separation, anchor, found):
    """The last shift is that which begins before it, however far that is."""
    place = {
        "shifts": (NIGHT, ShiftPattern("always", EVERY_DAY, 0, 24 * HOUR)),
        "staff": (leaver(notice=-2 * DAY, separation=separation),),
    }
    told = moments(When(anchor=anchor), until=60 * DAY, **place)

    assert {name: at for name, at in told.items() if name} == found


@pytest.mark.slow
@given(
    scenarios(),
    st.sampled_from(ANCHORS),
    st.integers(0, 3 * HOUR).map(Seconds),
    st.booleans(),
)
def test_run_finds_the_same_moments(scenario, anchor, span, is_before):
    """Law: for everybody who has the moment in the time simulated, in any roster."""
    when = When(anchor=anchor, **{"before" if is_before else "after": span})
    wanted, stage = evolve(misuse(who=Requirement()), when=when), prepare(scenario)
    until = scenario.clock.horizon
    told = {
        one.id or one.team: at for one, at in in_time(scenario, wanted, TIERS, until)
    }
    for member in stage.members.values():
        at = moment(member, when)
        if at is not None and 0 <= at < until and not member.shared:
            assert told[member.id if member.leaving else member.team] == at


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (When(anchor="separation"), "at the separation"),
        (When(anchor="notice", after=90), "1 min 30 s after the notice"),
        (When(anchor="shift-end", before=60), "1 min before the shift end"),
    ],
)
def test_moment_is_said_in_words(when, said):
    """As somebody would say it."""
    assert described(when) == said


def test_nearest_separation_counts():
    """Of several who could have done it, it was the one who left about then."""
    staff = tuple(
        Person(f"leaver-of-{at}", "desk", leaving=Leaving(Moment(0), Moment(at)))
        for at in (HOUR, 9 * HOUR)
    )
    wanted = misuse(at=8 * HOUR, who=Requirement(leaving=True))
    place = scene(misuse=wanted, staff=staff)
    found = relative(place, wanted, place, wanted.who)

    assert found == When(anchor="separation", before=HOUR)


def test_where_nobody_did_it_the_moment_is_the_anchor():
    """An incident that nobody there could do says no more than that."""
    gone, stays = Requirement(role="nobody", leaving=True), Requirement(role="nobody")
    for who, anchor in ((gone, "separation"), (stays, "shift-start")):
        wanted = misuse(at=HOUR, who=who)

        assert relative(scene(), wanted, scene(), who) == When(anchor=anchor)


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ({"at": HOUR - 1}, False),
        ({"at": HOUR}, True),
        ({"at": 9 * HOUR}, True),
        ({"anchor": "shift-start"}, True),
        ({"anchor": "separation", "before": 8 * HOUR}, True),
    ],
)
def test_who_leaves_does_so_once_it_is_decided(when, found):
    """Before the notice nobody is leaving, unless the moment says so itself."""
    people = Workforce.of(scene(staff=(leaver(notice=HOUR),)).organisation).people

    assert {one.id: is_leaving(When(**when), one) for one in people} == {
        None: False,
        "leaver": found,
    }
