"""Reasons: sentences that differ in their numbers alone are one."""

import pytest

from simulator.experiment.reasons import REASONS_KEPT, Reasons


def counted(*sentences):
    """Count sentences. Returns the commonest."""
    reasons = Reasons()
    for sentence in sentences:
        reasons.add(sentence)
    return reasons.commonest(5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ends 1 h 4 min after the act", "ends 45 s after the act"),
        ("ends 2 d after the act", "ends 1 d 3 h after the act"),
        ("account ends at 17:00:00, too late", "account ends at 9:05, too late"),
        ("catches 50% of slips", "catches 7% of slips"),
        ("41,700,000 people follow it", "5 people follow it"),
    ],
)
def test_numbers_do_not_make_a_reason(one, other):
    """Two sentences that differ in numbers count as the first of them."""
    assert counted(one, other) == ((one, 2),)


def test_words_do():
    """Two sentences that differ in a word are two reasons, the commoner first."""
    assert counted("a is b", "a is c", "a is c") == (("a is c", 2), ("a is b", 1))


def test_nothing_said_is_no_reason():
    """An empty sentence is not counted."""
    assert counted("", "") == ()


def test_memory_is_bounded():
    """Reasons that first come when enough are known are not kept; known ones count."""
    names = [chr(0x4E00 + n) for n in range(REASONS_KEPT + 10)]
    reasons = Reasons()
    for name in (*names, names[0], names[-1]):
        reasons.add(name)

    kept = reasons.commonest(1_000)

    assert len(kept) == REASONS_KEPT
    assert kept[0] == (names[0], 2)
