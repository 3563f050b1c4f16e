"""The one sentence that decided."""

from simulator.outcome import decisive
from simulator.trail import Explained
from tests.outcome.trail_builders import NOON, a_trail, did, refused


def said(at, request, why, *, bit=False, label="lock"):
    """Explain a request of the misuse."""
    return Explained(at, request, label, bit, why)


def test_what_was_said_of_the_effect_decides():
    """Where harm came about, the sentence about that try counts, not an earlier one."""
    trail = a_trail(
        refused(),
        said(NOON, "misuse-0.0", "denied it", bit=True),
        did(NOON + 60, attempt=1),
        said(NOON + 60, "misuse-0.1", "does not cover this action"),
    )

    assert decisive(trail)["lock"].why == "does not cover this action"


def test_the_first_that_bit_decides_where_nothing_took_effect():
    """In a run without effect, the first sentence of one that bit counts."""
    trail = a_trail(
        refused(by=("other",)),
        said(NOON, "misuse-0.0", "let it pass"),
        refused(NOON + 60, attempt=1),
        said(NOON + 60, "misuse-0.1", "denied it", bit=True),
        said(NOON + 90, "misuse-0.2", "denied it again", bit=True),
    )

    assert decisive(trail)["lock"].why == "denied it"


def test_one_who_never_bit_keeps_the_first_sentence():
    """A label that never bit is explained by what it said first."""
    trail = a_trail(said(1, "misuse-0.0", "first"), said(2, "misuse-0.1", "second"))

    assert decisive(trail)["lock"].why == "first"


def test_nobody_asked_is_nobody_explained():
    """A run without misuse explains nothing."""
    assert decisive(a_trail()) == {}
