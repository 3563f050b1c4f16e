"""What was found: any arm, flat rows, and plain values."""

import json

import pytest
from attrs import evolve

from simulator.errors import LastdayError
from tests.experiment.whatif.staged import BELL, FIRST, IDLE, SECOND, asked, two_ways


@pytest.fixture(scope="module")
def once():
    """Ask with a single replication: intervals of means have no ends then."""
    return asked(two_ways(), FIRST, SECOND, BELL, IDLE, replications=1)


def test_any_arm_of_a_lattice_is_answered(once):
    """Also those that are not listed, in whatever order they are named."""
    reading = once.readings[0]
    arm = reading.arm(["second", "bell"])

    assert arm.labels == ("bell", "second")
    assert arm.name == "bell + second"
    assert arm not in reading.arms
    assert arm.caught.share == 1


def test_a_reading_without_its_table_knows_the_arms_it_lists(once):
    """A reading that was made from its values alone is equal, and knows less."""
    reading = once.readings[0]
    bare = evolve(reading, table=None)

    assert bare == reading
    assert repr(bare) == repr(reading)
    assert bare.arm(("bell",)) == reading.arm(("bell",))
    with pytest.raises(LastdayError, match="bell \\+ second"):
        bare.arm(("bell", "second"))


def test_an_unknown_label_is_refused(once):
    """An arm is asked for by labels of candidates."""
    with pytest.raises(LastdayError, match="accepted: bell, first, idle, second"):
        once.readings[0].arm(("bells",))


def test_plain_values_are_json(once):
    """Intervals without an end are null; counts of other arms are left out."""
    plain = once.to_json()
    reading = plain["readings"][0]

    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert plain["format"] == 1
    assert list(plain)[1:] == list(type(once).__annotations__)
    assert "table" not in reading
    assert reading["reference"]["friction"]["added_low"] is None
    assert reading["sufficient"][1]["sets"][0]["labels"] == ["bell"]


def test_the_reference_is_listed_once(once):
    """It is put first where it is not among the arms."""
    reading = once.readings[0]
    elsewhere = evolve(reading, arms=reading.arms[1:])

    assert reading.listed == reading.arms
    assert elsewhere.listed == (reading.reference, *reading.arms[1:])


def test_it_says_how_to_find_it_again(once):
    """Seed, design, candidates and goals are told."""
    assert (once.seed, once.design, once.finished) == (1, "lattice", 1)
    assert once.candidates == ("bell", "first", "idle", "second")
    assert (once.at_least, once.within_s, once.ended) == (0.9, 300, "all")
