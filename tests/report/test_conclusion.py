"""One sentence, derived from the numbers."""

from simulator.experiment.findings import Estimate
from simulator.report.conclusion import conclude, standings
from tests.report.builders import (
    ALERT,
    CUTOFF,
    FOUR_EYES,
    IN_FORCE,
    LOCK,
    findings,
    reading,
    row,
)


def concluded(*rows, **changed):
    """Return the conclusion of one reading."""
    return conclude(findings(reading(*rows, **changed)))


def test_the_one_that_holds_is_named_with_its_interval_and_cost():
    """A control that holds is named with counts, interval and friction."""
    assert concluded(LOCK, CUTOFF, FOUR_EYES) == (
        "On its own, protected-lock would have held: the misuse was stopped in 100 of "
        "100 runs (95 % interval 96-100 %), at +0.4 s (+0.3 to +0.5) for each honest "
        "privileged action and 1.2 more of every 100 honest requests refused."
    )


def test_it_has_to_hold_in_every_reading():
    """A control that holds in one reading only is not said to hold."""
    text = conclude(
        findings(reading(LOCK), reading(row("protected-lock"), option="slip"))
    )

    assert text.startswith("None of the 1 controls and alerts tried")
    assert "in each of the 2 readings" in text


def test_a_share_not_proven_does_not_hold():
    """A share whose interval reaches below nine in ten only comes closest."""
    text = concluded(FOUR_EYES, CUTOFF)

    assert text.startswith("No single control or alert held reliably; four-eyes came")
    assert "(95 % interval 82-100 %)" in text


def test_few_runs_are_said_to_be_few():
    """A control that held in all of too few runs is not yet said to hold."""
    few = row("lock", held=Estimate(20, 20, 1.0, 0.84, 1.0), counts={"stopped": 100})
    text = concluded(few, CUTOFF)

    assert text.startswith("As far as so few runs can tell, lock would have held")
    assert text.endswith("more replications are needed to be sure.")


def test_stopping_outranks_catching():
    """Of two that hold, the one that stops is named before the one that catches."""
    catcher = row("alert", shelf="alert", counts={"caught": 100})
    text = concluded(catcher, LOCK)

    assert text.startswith("On its own, protected-lock")
    assert text.endswith("; alert would have held as well.")


def test_of_equals_the_cheaper_is_named():
    """Friction decides between controls that hold equally well."""
    dear = row("dear", counts={"stopped": 100}, cost={"added_s": 30.0})

    assert concluded(dear, LOCK).startswith("On its own, protected-lock")


def test_what_was_in_force_may_have_been_enough():
    """Where the baseline holds, that is the conclusion."""
    enough = row(counts={"limited": 100})

    assert concluded(LOCK, baseline=enough).startswith("What was in force was enough:")


def test_a_control_no_better_than_the_day_does_not_help():
    """An interval that overlaps that of the baseline is no improvement."""
    half = row(counts={"limited": 50, "noticed": 50})
    bit_more = row("bit-more", counts={"limited": 60, "noticed": 40})
    text = concluded(bit_more, baseline=half)

    assert text.startswith("None of the 1 controls and alerts tried was")


def test_rows_of_what_was_in_force_do_not_stand():
    """The day without a control is no candidate for a conclusion."""
    found = standings(findings(reading(IN_FORCE, ALERT)).readings)

    assert [standing.label for standing in found] == ["protected-change-alert"]
