"""The text report as a whole."""

from pathlib import Path

import pytest
from attrs import evolve

from simulator.report import render, text
from simulator.report.replay import Replay
from simulator.scenario.organisation import Posture
from tests.report.builders import (
    SEVERAL_TRIES,
    STORY,
    findings,
    outcome,
    replay,
    row,
    scenario,
    trail,
)

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    ("form", "name"), [("text", "run.txt"), ("markdown", "report.md")]
)
def test_the_report_reads_as_it_was_last_read(golden, form, name):
    """Text and Markdown of hand-made findings equal those last read by a person."""
    golden(GOLDEN / name, render(replay(), findings(), form=form))


@pytest.mark.parametrize("records", [(), SEVERAL_TRIES])
def test_all_text_fits_80_columns(records):
    """No line of any part is longer than 80 characters."""
    told = replay(*records)
    parts = (render(told, findings()), text.first_look(told))
    lines = [line for part in parts for line in part.splitlines()]

    assert [line for line in lines if len(line) > 80] == []


def test_text_has_no_trailing_blanks():
    """No line ends in blanks, so that the text can be pasted and compared."""
    lines = render(replay(), findings()).splitlines()

    assert lines == [line.rstrip() for line in lines]


def test_the_opening_counts_what_is_sourced():
    """The reader learns at once how much of the model is assumed."""
    assert text.asked(scenario()).endswith(
        "The file rests on 4 numbers: 3 sourced (1 documented, 2 reported), 1 assumed."
    )


def test_no_open_question_is_told_as_truth():
    """Every answer to an open question is listed under that warning."""
    told = text.asked(scenario())

    assert "None of the answers is told as truth." in told
    assert all(f"    {option:<16}  It was" in told for option in ("gesture", "slip"))


def test_a_day_without_misuse_has_no_verdict():
    """Where nothing goes wrong, the report says so and judges nothing."""
    quiet = Replay(scenario(misuse=None), trail(STORY[0]), outcome(), Posture())
    told = text.happened(quiet)

    assert "There is no misuse in this scenario" in told
    assert "Verdict" not in told


def test_the_run_that_is_told_is_named():
    """Seed and variant stand above the story."""
    told = text.happened(replay())

    assert "One run, seed 1, with intent=gesture, delay=none." in told


def test_a_new_day_is_announced():
    """Each local day stands before its first event."""
    told = text.happened(replay())

    assert "\nThu 2 Nov 2017 (PDT)\n14:00:00" in told
    assert "\nFri 3 Nov 2017 (PDT)\n00:00:00" in told


def test_the_verdict_is_explained():
    """A verdict comes with who did it, its meaning and the harm."""
    assert text.judged(outcome()) == (
        "Verdict: noticed, by user-report (only outsiders told, or the confirmation "
        "came too late). Longest outage: 10 min 40 s."
    )


def test_a_bulk_misuse_is_judged_by_its_targets_and_lost_data():
    """How many of many targets were touched is told, and what data is gone."""
    harm = evolve(outcome().harm, intended=1_500, touched=1_049, data_loss_s=7_800)

    assert text.judged(outcome(harm=harm)).endswith(
        "Touched: 1,049 of 1,500 targets. Longest outage: 10 min 40 s. Data lost: "
        "2 h 10 min."
    )


def test_what_nobody_could_try_is_said_plainly():
    """Where nobody qualifies there is no verdict to explain."""
    found = outcome(possible=False)

    assert text.judged(found) == "Verdict: nobody in this organisation could try it."


def test_an_interrupted_experiment_says_how_far_it_came():
    """Findings of fewer runs than asked for are told as such."""
    found = text.compared(findings(finished=37))

    assert "Interrupted after 37 of 100 runs." in found


def test_findings_without_targets_have_no_table_of_them():
    """A scenario without replay targets is not held against the record."""
    bare = findings().readings[0]
    found = text.compared(
        findings(type(bare)(bare.chosen, bare.says, row(), bare.rows, ()))
    )

    assert "Against the record" not in found
