"""Arms: who is judged, and what is switched on to judge them."""

from attrs import evolve

from simulator.alerts import UserReport
from simulator.controls import FourEyes, ProtectedLock, SoftDelete
from simulator.experiment import alone, default_candidates
from simulator.scenario.organisation import Posture
from tests.experiment.engines import CANDIDATES, IN_FORCE, a_day


def arms(scenario, candidates):
    """Return the arms by label."""
    return {arm.candidate.label: arm for arm in alone(scenario, candidates)}


def test_a_setting_takes_the_place_of_its_default():
    """A candidate of the scenario whose label is its id replaces the default."""
    strict = FourEyes(role="lead")

    offered = default_candidates(evolve(a_day(), candidates=Posture((strict,))))

    assert [c for c in offered.controls if c.label == "four-eyes"] == [strict]


def test_a_labelled_setting_stands_beside_the_default():
    """A candidate under a label of its own competes with the default."""
    strict = FourEyes(label="by-a-lead", role="lead")

    offered = default_candidates(evolve(a_day(), candidates=Posture((strict,))))

    assert {"by-a-lead", "four-eyes"} <= set(offered.labels)


def test_the_catalogues_are_offered_whole():
    """Every control and alert of the shelves is a candidate, and nothing else is."""
    offered = default_candidates(
        a_day(), {"protected-lock": ProtectedLock}, {"user-report": UserReport}
    )

    assert offered.labels == ("protected-lock", "user-report")


def test_a_candidate_is_added_to_what_is_in_force():
    """The arm of a candidate is what was in force, and the candidate."""
    arm = arms(a_day(), CANDIDATES)["protected-lock"]

    assert not arm.candidate.in_force
    assert arm.posture.labels == ("protected-lock", "soft-delete", "user-report")


def test_what_is_in_force_is_taken_away():
    """The arm of what is in force is everything else that is."""
    arm = arms(a_day(), CANDIDATES)["user-report"]

    assert arm.candidate.in_force
    assert arm.posture.labels == ("soft-delete",)


def test_what_is_in_force_is_judged_without_being_a_candidate():
    """Nothing in force is left out, whatever the candidates are."""
    assert set(arms(a_day(), Posture())) == set(IN_FORCE.labels)


def test_rows_come_shelf_by_shelf():
    """Controls come first, then alerts from inside, then witnesses, by label."""
    found = [(a.candidate.shelf, a.candidate.label) for a in alone(a_day(), CANDIDATES)]

    assert found == [
        ("control", "protected-lock"),
        ("control", "silent"),
        ("control", "soft-delete"),
        ("control", "type-to-confirm"),
        ("alert", "protected-change-alert"),
        ("witness", "user-report"),
    ]


def test_a_candidate_in_force_keeps_the_setting_in_force():
    """Where a candidate has the label of what is in force, it is judged by absence."""
    other = SoftDelete(undo_window=1)

    arm = arms(a_day(), Posture((other,)))["soft-delete"]

    assert arm.candidate.in_force
    assert arm.posture.labels == ("user-report",)
