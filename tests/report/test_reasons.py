"""Why nothing stopped it, in groups."""

from simulator.report.reasons import SILENT, first_verdicts
from simulator.trail import Explained, WouldAlert
from tests.report.builders import SEVERAL_TRIES, T0, executed, replay, requested, truth


def labels(group):
    """Return all labels of a group."""
    return [label for reason in group for label in reason.labels]


def test_those_that_bite_stand_apart_from_those_that_do_not():
    """Every label is in one of four groups: in force or not, biting or not."""
    found = replay().story.reasons

    assert labels(found.held) == ["user-report"]
    assert labels(found.passed) == ["soft-delete"]
    assert labels(found.would) == ["four-eyes", "protected-change-alert"]
    assert labels(found.silent) == ["last-day-cutoff"]


def test_a_control_that_bites_says_what_it_asks_for():
    """A reason carries the control's answer, an alert's that it signals."""
    said = {r.labels: r.said for r in replay().story.reasons.would}

    assert said[("four-eyes",)] == "wants 1 approval"
    assert said[("protected-change-alert",)] == "signals"


def test_equal_reasons_are_told_once():
    """Labels that give the same reason share one line."""
    silent = replay(
        requested(),
        truth(),
        Explained(T0, "r1", "a", False, "watches requests only"),
        Explained(T0, "r1", "b", False, "watches requests only"),
        executed(),
    ).story.reasons.silent

    assert [reason.labels for reason in silent] == [("a", "b")]


def test_a_signal_outweighs_an_explanation_that_denies_it():
    """An alert that would have signalled is not listed among the silent."""
    found = replay(
        requested(),
        WouldAlert(T0, "leaver-activity-alert", "r1"),
        truth(),
        executed(),
        Explained(T0, "r1", "leaver-activity-alert", False, "watches requests only"),
    ).story.reasons

    assert labels(found.would) == ["leaver-activity-alert"]


def test_a_word_on_another_request_says_so():
    """Most is said of the request that took effect; other words name theirs."""
    found = replay(*SEVERAL_TRIES[:5]).story.reasons
    several = replay(
        *SEVERAL_TRIES[:5], *SEVERAL_TRIES[5:7], *SEVERAL_TRIES[8:]
    ).story.reasons

    assert [reason.said for reason in found.would] == ["wants 1 approval"]
    assert [reason.said for reason in several.would] == [
        "wants 1 approval, at request 1 of 2"
    ]


def test_first_verdicts_run_from_the_strictest_to_the_silent():
    """The list of one run puts what would have stopped it first."""
    found = first_verdicts(replay().scene)

    assert [said for said, _ in found] == ["wants 1 approval", "signals", SILENT]
    assert found[1][1] == ("protected-change-alert", "user-report*")
