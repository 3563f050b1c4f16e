"""Replay targets: documented values, and whether the runs reach them."""

import pytest
from attrs import evolve

from simulator.clock import HOUR, MINUTE
from simulator.experiment.expectations import (
    check,
    documented,
    is_met,
    observe,
    people_able,
    sources,
)
from simulator.experiment.statistics import spread
from simulator.outcome import measure
from simulator.scenario.organisation import Entitlement, Role, Statement, Team
from simulator.scenario.scenario import Provenance
from simulator.streams import Constant
from simulator.world import simulate
from tests.experiment.engines import a_day, expected
from tests.scenes import ORGANISATION


@pytest.mark.parametrize(
    ("metric", "range_", "text"),
    [
        ("outage", {"exactly": 11 * MINUTE}, "11 min"),
        ("time-to-notice", {"at_least": 0, "at_most": 120}, "0 s to 2 min"),
        ("outage", {"at_least": 6 * HOUR}, "at least 6 h"),
        ("outage", {"at_most": 6 * HOUR}, "at most 6 h"),
        ("people-able", {"at_least": 200}, "at least 200"),
        ("targets-touched", {"exactly": 1}, "1"),
        ("outage", {"at_least": 60, "at_most": 60}, "1 min"),
        ("outage", {}, "any"),
    ],
)
def test_documented_values_are_told_in_words(metric, range_, text):
    """Spans are told as durations, counts as numbers."""
    assert documented(expected(metric, **range_)) == text


@pytest.mark.parametrize(
    ("range_", "met"),
    [
        ({"exactly": 50}, True),
        ({"exactly": 5}, True),
        ({"exactly": 4}, False),
        ({"at_least": 96}, False),
        ({"at_most": 95}, True),
        ({"at_least": 90, "at_most": 200}, True),
        ({}, True),
    ],
)
def test_the_central_runs_must_reach_the_range(range_, met):
    """A target is met where the 5 % to 95 % quantiles touch the documented range."""
    assert is_met(expected("outage", **range_), spread(range(101), 101)) is met


def test_what_rarely_happens_is_not_met():
    """A value that fewer than half of the runs have does not meet its target."""
    target = expected("outage", exactly=50)

    assert is_met(target, spread([50] * 5, 10))
    assert not is_met(target, spread([50] * 5, 11))
    assert not is_met(target, spread([], 10))


def test_sources_are_named_once():
    """Tag and source come from the provenance of the expectation, and of it alone."""
    scenario = evolve(
        a_day(),
        provenance=(
            Provenance("expect.outage.at_least", "1m", "R", "1a"),
            Provenance("expect.outage.at_most", "2m", "R", "1a"),
            Provenance("expect.outage-of-rival.exactly", "2m", "D", "9z"),
        ),
    )

    assert sources(expected("outage"), scenario) == "R 1a"
    assert sources(expected("time-to-notice"), scenario) == ""


def test_a_check_tells_metric_and_what_it_is_of():
    """A check names the metric together with its object."""
    found = check(expected("outage", of="celebrity"), a_day(), spread([1], 1))

    assert (found.name, found.metric) == ("outage", "outage of celebrity")


def test_each_metric_has_its_place_in_the_outcome():
    """Every metric is read from one run of the day, minute by minute as set up."""
    told = Statement("told", "restored", Constant(HOUR))
    response = evolve(ORGANISATION.response, statements=(told,))
    scenario = a_day(response=response)
    trail = simulate(scenario, scenario.organisation.posture, 1)
    outcome = measure(trail, scenario)
    times = outcome.times

    seen = {
        ("outage", "celebrity"): outcome.harm.outage_s,
        ("outage", ""): outcome.harm.outage_s,
        ("outage", "somebody-else"): None,
        ("targets-touched", ""): 1,
        ("time-to-notice", ""): times.notice_s,
        ("time-to-detect", ""): None,
        ("time-to-contain", ""): times.contain_s,
        ("time-to-restore", ""): times.restore_s,
        ("time-to-attribute", ""): times.attribute_s,
        ("derived-state-tail", "celebrity"): HOUR,
        ("statement-lag", "told"): times.restore_s + HOUR,
        ("people-able", "deactivate"): 4,
    }
    for (metric, of), value in seen.items():
        assert observe(expected(metric, of=of), outcome, scenario) == value


def test_people_able_are_those_entitled_to_the_tier():
    """Who may use the action on the target's tier counts, in teams and by name."""
    roles = (
        Role("agent", (Entitlement(("deactivate",), "ordinary"),)),
        Role("lead", (Entitlement(("deactivate",), "protected"),)),
        Role("operator"),
    )

    assert people_able(a_day(roles=roles), "deactivate") == 1


def test_nobody_is_able_without_an_entitlement():
    """An action that no role carries can be done by nobody."""
    assert people_able(a_day(), "explode") == 0


def test_several_entitlements_count_a_person_once():
    """A role that allows the action twice does not double its people."""
    twice = (Entitlement(("deactivate",), "protected"),) * 2
    teams = (Team("desk", "agent", "contractor", "day", 7),)
    scenario = a_day(roles=(Role("agent", twice),), teams=teams, staff=())

    assert people_able(scenario, "deactivate") == 7
