"""The seed scenario against the facts sheet, beyond its own expectations."""

from statistics import median

import pytest
from attrs import evolve

from simulator import load, measure, simulate

MINUTE = 60


@pytest.fixture(scope="module")
def scenario(root):
    """Load the seed scenario, without honest work."""
    loaded = load(root / "scenarios" / "microblog-lastday-2017.yaml")
    return evolve(loaded, organisation=evolve(loaded.organisation, desks=()))


def outages_min(scenario, runs):
    """Return the outage of each run, in minutes."""
    arm = scenario.organisation.posture
    outcomes = (measure(simulate(scenario, arm, s), scenario) for s in range(runs))
    return [outcome.harm.outage_s / MINUTE for outcome in outcomes]


@pytest.mark.slow
def test_response_was_set_on_the_incident_of_2016(scenario):
    """For the chief's audience of 2016 the same response takes 15 min, or nearly so."""
    target = evolve(scenario.targets[0], audience=3_900_000)
    sister = evolve(scenario.variant(("intent", "slip")), targets=(target,))

    assert 13 < median(outages_min(sister, 300)) < 18


def test_it_happened_when_it_was_reported(scenario):
    """The effect comes at 18:49 in the east, however long the click lies back."""
    for axis in scenario.axes:
        if axis.id == "delay":
            for option in axis.options:
                chosen = scenario.variant(("delay", option.id))
                (done, *_) = (
                    record
                    for record in simulate(chosen, chosen.organisation.posture, 1)
                    if record.kind == "executed"
                )
                local = chosen.wall.local(done.at, "America/New_York")

                assert local == "Thu 2 Nov 2017 18:49:00 EDT"


def test_no_reading_is_told_as_truth(scenario):
    """Every open reading of the intent is shown apart, each with who says so."""
    (intent,) = (axis for axis in scenario.axes if axis.id == "intent")

    assert intent.show == "apart"
    assert [o.id for o in intent.options] == ["gesture", "slip", "expects-a-guard"]
    assert all("(" in option.says for option in intent.options)


def test_every_expectation_has_its_source(scenario):
    """What is called documented or reported says where."""
    tags = {
        p.path.split(".")[1]: p.tag
        for p in scenario.provenance
        if p.path.startswith("expect.")
    }

    assert tags.keys() == {expectation.id for expectation in scenario.expect}
    assert set(tags.values()) <= {"D", "R"}
