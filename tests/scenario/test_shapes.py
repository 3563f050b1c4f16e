"""What a mapping of the file looks like for each noun."""

import pytest
from attrs import frozen

from simulator.scenario.fields import field
from simulator.scenario.mistakes import Mistake
from simulator.scenario.misuse import Requirement
from simulator.scenario.organisation import Desk, Organisation, Posture, ShiftPattern
from simulator.scenario.scenario import Expectation, Option, Scenario
from simulator.scenario.shapes import form_of, homes
from simulator.streams import LogNormal
from tests.scenario.sample import SHELVES, Approval


@pytest.mark.parametrize(
    ("cls", "name", "kind", "many"),
    [
        (Organisation, "teams", "noun", "keyed"),
        (Organisation, "tiers", "text", "list"),
        (Organisation, "response", "noun", "one"),
        (Desk, "tickets_per_hour", "quantity", "one"),
        (Desk, "hour_of_day", "quantity", "list"),
        (Desk, "opens", "quantity", "one"),
        (ShiftPattern, "days", "text", "one"),
        (Posture, "controls", "shelf", "keyed"),
        (Requirement, "employment", "choice", "one"),
        (Requirement, "leaving", "choice", "one"),
        (Expectation, "exactly", "quantity", "one"),
        (Option, "set", "free", "one"),
        (Scenario, "misuse", "noun", "one"),
        (LogNormal, "median", "quantity", "one"),
    ],
)
def test_a_slot_is_worked_out_from_its_field(cls, name, kind, many):
    """The type and the spec of a field say what may stand at its key."""
    slot = form_of(cls).slots[name]

    assert (slot.kind, slot.many) == (kind, many)


def test_what_the_loader_fills_in_is_no_part_of_the_file():
    """Fields that are not declared for the file are not slots."""
    assert not {"chosen", "provenance"} & form_of(Scenario).slots.keys()


def test_an_item_is_named_by_its_key():
    """The id of a noun and the label of a control stand as keys, not in the body."""
    assert form_of(Desk).identity.name == "id"
    assert form_of(Approval).identity.name == "label"
    assert not {"id", "label"} & (form_of(Desk).slots | form_of(Approval).slots).keys()


def test_parts_of_a_distribution_carry_no_source():
    """A distribution has one source as a whole."""
    assert not form_of(LogNormal).slots["median"].may_have_source


def test_a_field_no_file_can_say_is_the_programmers_mistake():
    """A new field of an unknown type is noticed at the first load."""

    @frozen
    class Odd:
        pairs: dict[int, int] = field("what no file can say")

    with pytest.raises(TypeError, match="field pairs"):
        form_of(Odd)


@pytest.mark.parametrize(
    ("label", "body"),
    [("approval", None), ("approval", {}), ("strict", {"control": "approval"})],
)
def test_a_label_is_the_id_where_none_is_named(label, body):
    """Two settings of one control have labels of their own."""
    assert Approval is SHELVES.choose("control", label, body)


@pytest.mark.parametrize(
    ("label", "body", "what"),
    [
        ("aproval", {}, "unknown control ('aproval')"),
        ("x", {"control": "aproval"}, "unknown control ('aproval')"),
        ("x", {"control": 1}, "unknown control (1)"),
        ("x", [], "unknown control ('x')"),
        ("probe", {}, "'probe' is an alert"),
        ("x", {"control": "probe"}, "'probe' is an alert"),
        ("probe", {"control": "approval"}, "label 'probe' is the id of an alert"),
    ],
)
def test_an_unknown_control_is_a_mistake(label, body, what):
    """The word that names no control is shown."""
    with pytest.raises(Mistake) as caught:
        SHELVES.choose("control", label, body)

    assert caught.value.what == what


def test_an_entry_of_the_other_shelf_is_told_where_to_write_it():
    """A control among the alerts is no unknown word."""
    with pytest.raises(Mistake) as caught:
        SHELVES.choose("alert", "approval", {})

    assert caught.value.what == "'approval' is a control"
    assert caught.value.accepted == "write it under controls"


@pytest.mark.parametrize(
    ("label", "body", "hint"),
    [
        (
            "aproval",
            {},
            "did you mean 'approval'? known: approval; a label of your own needs "
            "'control: ID'",
        ),
        ("aproval", {"control": "aproval"}, "did you mean 'approval'? known: approval"),
    ],
)
def test_a_label_without_an_id_is_told_that_it_needs_one(label, body, hint):
    """Whoever wrote a label may have meant one of their own."""
    with pytest.raises(Mistake) as caught:
        SHELVES.choose("control", label, body)

    assert caught.value.accepted() == hint


@pytest.mark.parametrize(
    ("key", "where"),
    [
        ("posture", ("organisation",)),
        ("misuse", ("",)),
        ("controls", ("candidates", "organisation.posture")),
        ("tries", ("misuse.plan[]",)),
        ("leaving", ("misuse.accomplice", "misuse.who", "organisation.staff.NAME")),
    ],
)
def test_a_key_has_its_home(key, where):
    """A key belongs where a noun has a field of that name."""
    assert where == tuple(sorted(homes(Scenario)[key]))
