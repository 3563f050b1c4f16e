"""Errors say where, what and what instead, and survive being rebuilt."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import (
    CatalogueError,
    LastdayError,
    Problem,
    ReplayError,
    ScenarioError,
    nearest,
)

words = st.text("abcABC ", max_size=4)
problems = st.builds(
    Problem,
    file=st.sampled_from(["base.yaml", "last_day.yaml"]),
    line=st.integers(0, 12),
    column=st.integers(1, 3),
    path=st.sampled_from(["", "staff[2].role"]),
    what=st.sampled_from(["unknown role ('suport')", "missing key ('team')"]),
    accepted=st.sampled_from(["", "known: lead, support"]),
)


@settings(max_examples=30)
@given(st.lists(problems, min_size=1, max_size=5))
def test_problems_come_in_line_order(found: list[Problem]) -> None:
    """A scenario error tells one problem a line, in the order of the file."""
    error = ScenarioError(found)

    places = [(p.file, p.line, p.column) for p in error.problems]
    assert sorted(places) == places
    assert [str(p) for p in error.problems] == str(error).splitlines()
    assert sorted(map(str, found)) == sorted(str(error).splitlines())


@settings(max_examples=30)
@given(st.lists(problems, min_size=1, max_size=5))
def test_rebuilt_scenario_error_keeps_its_problems(found: list[Problem]) -> None:
    """Simpy's rebuilding and a worker's pickle keep every problem."""
    error = ScenarioError(found)

    for copy in (type(error)(*error.args), pickle.loads(pickle.dumps(error))):
        assert error.problems == copy.problems
        assert str(error) == str(copy)


@pytest.mark.parametrize("kind", [ScenarioError, CatalogueError, ReplayError])
def test_plain_message_survives_rebuilding(kind: type[LastdayError]) -> None:
    """Every leaf takes one message and can be rebuilt from its arguments."""
    error = kind("no such file ('x.yaml')")

    for copy in (type(error)(*error.args), pickle.loads(pickle.dumps(error))):
        assert isinstance(copy, LastdayError)
        assert type(error) is type(copy)
        assert str(copy) == "no such file ('x.yaml')"


def test_plain_scenario_error_has_no_problems() -> None:
    """A scenario error with a plain message names no place."""
    assert ScenarioError("no such file ('x.yaml')").problems == ()


@pytest.mark.parametrize(
    ("line", "path", "accepted", "said"),
    [
        (
            14,
            "staff[2].role",
            "known: lead",
            "f.yaml:14:9: staff[2].role: bad; known: lead",
        ),
        (14, "staff[2].role", "", "f.yaml:14:9: staff[2].role: bad"),
        (14, "", "known: lead", "f.yaml:14:9: bad; known: lead"),
        (0, "", "known: lead", "f.yaml: bad; known: lead"),
        (0, "staff[2].role", "", "f.yaml: bad"),
    ],
)
def test_problem_leaves_out_empty_parts(
    line: int, path: str, accepted: str, said: str
) -> None:
    """A problem reads file:line:column: path: what; accepted, without gaps."""
    assert said == str(Problem("f.yaml", line, 9, path, "bad", accepted))


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("suport", "did you mean 'support'?"),
        ("Support", "did you mean 'support'?"),
        ("sydney", "did you mean 'Australia/Sydney'?"),
        ("zebra", ""),
        ("", ""),
    ],
)
def test_near_miss_is_suggested(word: str, said: str) -> None:
    """A misspelt or shortened word finds the known one; a strange word finds none."""
    assert said == nearest(word, {"lead", "support", "Australia/Sydney"})


@settings(max_examples=30)
@given(words, st.sets(words, max_size=4))
def test_suggestion_is_always_a_known_word(word: str, known: set[str]) -> None:
    """Whatever is asked, only known words are suggested."""
    assert nearest(word, known) in {"", *(f"did you mean {k!r}?" for k in known)}
