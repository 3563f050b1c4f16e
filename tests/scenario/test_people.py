"""What a file tells of people is what a run finds."""

from itertools import product

import pytest
from hypothesis import given

from simulator.clock import Seconds
from simulator.scenario.misuse import Requirement
from simulator.scenario.organisation import (
    Action,
    Credential,
    Entitlement,
    Role,
    System,
    Team,
)
from simulator.scenario.people import Somebody, Workforce
from simulator.testing.strategies import scenarios
from simulator.world import prepare
from tests.scenes import ORGANISATION, attempt, leaver, misuse, scene

TIERS = {"celebrity": "protected"}
ACTIONS = (
    Action("deactivate", "takes-down", "console"),
    Action("drop", "takes-down", "base"),
)
SYSTEMS = (System("console", Seconds(3600)), System("base", Seconds(3600), "database"))


def qualified(*tries, **asked):
    """List the teams and people of a scene who meet a requirement."""
    wanted = misuse(*tries, who=Requirement(**asked))
    place = scene(
        actions=ACTIONS,
        systems=SYSTEMS,
        roles=(
            Role("agent", (Entitlement(("deactivate",), "ordinary"),)),
            Role("lead", (Entitlement(("deactivate", "drop"), "protected"),)),
            Role("operator"),
        ),
        teams=(*ORGANISATION.teams, Team("empty", "lead", "vendor", "day", 0)),
        staff=(leaver(),),
        credentials=(
            Credential("key", "api-key", ("console",), ("desk",), role="lead"),
            Credential("secret", "shared-secret", ("base",), ("leads", "watch")),
            Credential("lost", "device", ("base",), ("leads",), held=0.0),
        ),
    )
    force = Workforce.of(place.organisation)
    return [one.id or one.team for one in force.qualified(wanted, "actor", TIERS)]


EVERYBODY = ["desk", "leads", "watch", "leaver"]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        pytest.param({}, EVERYBODY, id="nothing is asked"),
        pytest.param({"person": "leaver"}, ["leaver"], id="a person"),
        pytest.param({"role": "lead"}, ["leads"], id="a role"),
        pytest.param({"employment": "contractor"}, ["desk", "leaver"], id="employment"),
        pytest.param({"employment": "vendor"}, [], id="nobody is in an empty team"),
        pytest.param({"leaving": True}, ["leaver"], id="leaving"),
        pytest.param({"may": "deactivate"}, ["leads"], id="allowed on the target"),
        pytest.param({"may": "drop"}, ["leads"], id="allowed on the lowest tier"),
        pytest.param({"holds": "api-key"}, ["desk", "leaver"], id="holder"),
        pytest.param({"holds": "device"}, [], id="nobody really has it"),
        pytest.param(
            {"holds": "api-key", "may": "deactivate"},
            ["desk", "leaver"],
            id="that has a role of its own",
        ),
        pytest.param({"holds": "api-key", "may": "drop"}, [], id="that opens it not"),
        pytest.param(
            {"holds": "shared-secret", "may": "drop"},
            ["leads", "watch"],
            id="that has the role of its first team",
        ),
    ],
)
def test_requirement_is_met_by_those_who_qualify(asked, names):
    """Each field asks for one thing; unnamed people go by their team."""
    assert qualified(**asked) == names


@pytest.mark.parametrize(
    ("tries", "names"),
    [
        ([attempt()], ["leads"]),
        ([attempt(action="drop")], ["desk", "leads", "leaver"]),
        ([attempt(by="accomplice")], ["desk", "leads", "leaver"]),
    ],
)
def test_tier_is_that_of_the_first_try_with_the_action(tries, names):
    """Where the person makes no try with it, any tier will do."""
    assert qualified(*tries, may="deactivate") == names


def test_unnamed_people_of_a_team_count_as_many():
    """A team stands for its size, a name for one."""
    force = Workforce.of(ORGANISATION)

    assert [one.count for one in force.people] == [2, 1, 1, 1]
    assert Somebody(None, "desk", "agent", "contractor", "day", None, 2) in force.people


@pytest.mark.slow
@given(scenarios())
def test_run_finds_the_same_rights_and_holders(scenario):
    """Law: who may do or hold what by the file may do and hold it in a run."""
    stage, force = prepare(scenario), Workforce.of(scenario.organisation)
    for one in force.people:
        member = stage.members[one.id or stage.teams[one.team][-1].id]
        held = [known for known in stage.holdings.get(member.id, ()) if known.held]

        assert held == list(force.held(one))
        for action, tier in product(stage.actions, stage.ranks):
            found = force.allows(one.role, action, tier)

            assert found == stage.entitled(member, action, tier)
