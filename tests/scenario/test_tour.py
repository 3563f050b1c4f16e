"""A tour of the plain data, and dotted paths through it."""

import pytest

from simulator.scenario.mistakes import Mistake
from simulator.scenario.scenario import Scenario
from simulator.scenario.tour import leaves, located
from simulator.scenario.yaml_nodes import parse_yaml
from tests.scenario.sample import EXAMPLE, SHELVES

DATA = parse_yaml(EXAMPLE, "x.yaml").data


def test_a_tour_comes_by_every_value_that_stands_alone():
    """Leaves lie in nouns, lists, keyed collections and controls."""
    paths = {leaf.path for leaf in leaves(Scenario, DATA, SHELVES)}

    assert paths >= {
        ("title",),
        ("organisation", "tiers"),
        ("organisation", "roles", "support", "may", 1, "up_to"),
        ("organisation", "populations", "ordinary"),
        ("organisation", "posture", "controls", "strict-approval", "role"),
        ("misuse", "plan", 0, "tries", 1, "wait"),
    }


@pytest.mark.parametrize("raw", [None, [], "x", {"organisation": 3, "misuse": []}])
def test_a_tour_passes_by_what_has_no_form(raw):
    """Malformed data is left to structuring."""
    assert list(leaves(Scenario, raw, SHELVES)) == []


@pytest.mark.parametrize(
    ("dotted", "path"),
    [
        ("misuse", ("misuse",)),
        ("misuse.when.at", ("misuse", "when", "at")),
        ("misuse.plan.0.tries.1.wait", ("misuse", "plan", 0, "tries", 1, "wait")),
        ("targets.new-one", ("targets", "new-one")),
        (
            "organisation.posture.controls.strict-approval.ttl",
            ("organisation", "posture", "controls", "strict-approval", "ttl"),
        ),
        ("candidates.alerts", ("candidates", "alerts")),
        ("organisation.tiers", ("organisation", "tiers")),
    ],
)
def test_a_dotted_path_leads_through_the_data(dotted, path):
    """Fields, ids, labels and positions; the last part may be new."""
    assert located(Scenario, DATA, dotted.split("."), SHELVES) == path


@pytest.mark.parametrize(
    ("dotted", "line"),
    [
        ("misuse.intnt", "path leads nowhere ('intnt')"),
        ("organisation.teams.enforcment.size", "path leads nowhere ('enforcment')"),
        ("misuse.plan.1", "path leads nowhere ('1')"),
        ("misuse.plan.first", "path leads nowhere ('first')"),
        ("misuse.plan.0.tries.0.wait.value", "leads into a value ('value')"),
        ("organisation.tiers.0", "leads into a value ('0')"),
        ("organisation.posture.controls.approval.x", "path leads nowhere ('x')"),
        ("provenance", "path leads nowhere ('provenance')"),
        ("", "path leads nowhere ('')"),
    ],
)
def test_a_path_that_leads_nowhere_is_a_mistake(dotted, line):
    """The first part that is wrong is shown."""
    with pytest.raises(Mistake) as caught:
        located(Scenario, DATA, dotted.split("."), SHELVES)

    assert caught.value.what == line
