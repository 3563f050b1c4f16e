"""Mistakes, their paths, and how values are shown."""

import pytest

from simulator.scenario.mistakes import choices, shown, spelled


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("misuse", "plan", 0, "action"), "misuse.plan[0].action"),
        (("set", "misuse.intent", "is"), 'set."misuse.intent".is'),
        (("a b",), '"a b"'),
        (("",), '""'),
        (("x" * 70, "y"), "x" * 59 + "….y"),
    ],
)
def test_a_path_is_spelled_so_that_it_can_be_found(path, text):
    """Positions stand in brackets; parts that would mislead stand in quotes."""
    assert text.removeprefix(".") == spelled(path)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("x", "'x'"),
        (True, "true"),
        (None, "nothing"),
        ({"a": 1}, "a mapping"),
        ([1], "a list"),
        (1.5, "1.5"),
        ("y" * 1000, "'" + "y" * 58 + "…"),
    ],
)
def test_a_value_fits_into_a_line(value, text):
    """Values are shown in the words of the file, and long ones are cut."""
    assert text == shown(value)


def test_a_few_choices_are_listed_and_the_nearest_suggested():
    """The hint names the near miss first."""
    assert (
        choices("laed", ["lead", "support"])()
        == "did you mean 'lead'? known: lead, support"
    )


def test_many_choices_are_not_listed():
    """A long list helps nobody."""
    assert choices("id_7", [f"id-{n}" for n in range(50)])() == "did you mean 'id-7'?"


def test_no_choice_at_all_is_said():
    """An empty collection is named as one."""
    assert choices("x", [])() == "known: none"
