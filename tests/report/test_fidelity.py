"""The fidelity page: every target once, misses visible, evidence counted apart."""

from simulator.report.fidelity import fidelity
from tests.report.builders import findings, reading, spread, target


def rows(page):
    """Return the cells of each row of the table, without its head."""
    lines = [line for line in page.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[2:]]


def test_a_target_that_readings_agree_on_is_one_row():
    """One row says it for all readings; where they disagree each has its own."""
    agreed, other = target("outage"), target("accounts", simulated=spread(60.0))
    page = fidelity(
        [
            findings(
                reading(option="gesture", targets=(agreed, other)),
                reading(
                    option="slip",
                    targets=(agreed, target("accounts", simulated=spread(90.0))),
                ),
            )
        ]
    )

    assert [(row[1].split()[0], row[2]) for row in rows(page)] == [
        ("outage", ""),
        ("accounts", "gesture"),
        ("accounts", "slip"),
    ]


def test_a_miss_stays_visible():
    """A target outside its range is in the table, and counted as such."""
    page = fidelity(
        [findings(reading(targets=(target(met=False, basis="predicted"),)))]
    )

    assert rows(page)[0][-1] == "**outside**"
    assert "Predicted: 1, of which 0 inside." in page


def test_the_worst_reading_counts():
    """A target that one reading misses is not counted as met."""
    page = fidelity(
        [
            findings(
                reading(targets=(target(basis="predicted", met=True),)),
                reading(
                    option="slip",
                    targets=(
                        target(basis="predicted", met=False, simulated=spread(9.0)),
                    ),
                ),
            )
        ]
    )

    assert "1 target, " in page
    assert "Predicted: 1, of which 0 inside." in page


def test_evidence_is_counted_apart_from_what_was_set():
    """Calibrated and predicted targets have sums of their own."""
    both = (target("a", basis="predicted"), target("b", basis="calibrated"))
    page = fidelity([findings(reading(targets=both)), findings(reading(targets=both))])

    assert "2 incidents, 4 targets" in page
    assert "Predicted: 2, of which 2 inside. Calibrated: 2, of which 2 inside." in page
