"""YAML text to plain data and places."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import ScenarioError
from simulator.scenario.yaml_nodes import DEPTH_MAX, NODES_MAX, Place, parse_yaml


def refusal(text: str) -> str:
    """The one line that says why a text is refused."""
    with pytest.raises(ScenarioError) as caught:
        parse_yaml(text, "x.yaml")
    return str(caught.value)


def test_data_is_plain_and_in_file_order():
    """Mappings keep their order; quoted words stay text."""
    document = parse_yaml("b: [1, '1', null]\na: {c: true}\n", "x.yaml")

    assert document.data == {"b": [1, "1", None], "a": {"c": True}}
    assert list(document.data) == ["b", "a"]


def test_every_key_and_value_has_its_place():
    """Places are counted from 1, for keys and values apart."""
    document = parse_yaml("a:\n  - x\n  - b: 2\n", "x.yaml")

    assert Place(3, 8) == document.place(("a", 1, "b"))
    assert Place(3, 5) == document.place(("a", 1, "b"), "key")
    assert Place(1, 1) == document.place(("a",), "key")


def test_a_path_that_is_not_there_is_placed_at_what_is_around_it():
    """The place of something missing is the key that should hold it."""
    document = parse_yaml("a: 1\nb:\n  c: 2\n", "x.yaml")

    assert Place(2, 1) == document.place(("b", "d", "e"))


def test_a_number_keeps_its_spelling():
    """A number can be shown as it was written."""
    assert parse_yaml("a: 1e3\nb: x\n", "x.yaml").texts == {("a",): "1e3"}


def test_a_repeated_key_is_a_problem_and_the_first_value_counts():
    """Every repeated key names the line of the first one, wherever it stands."""
    document = parse_yaml("a: 1\nb: {c: 1, c: [2]}\na:\n  d: 3\n", "x.yaml")

    assert document.data == {"a": 1, "b": {"c": 1}}
    assert Place(1, 4) == document.place(("a",))
    assert [str(problem) for problem in document.problems] == [
        "x.yaml:2:11: b.c: repeated key 'c' (first on line 2); write it once",
        "x.yaml:3:1: a: repeated key 'a' (first on line 1); write it once",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: &b 1", "x.yaml:1:4: anchor ('&b'); write the value out where it is used"),
        ("&b a: 1", "x.yaml:1:1: anchor ('&b'); write the value out where it is used"),
        ("a: *b", "x.yaml:1:4: alias ('*b'); write the value out"),
        (
            "a: !!python/name:os.system",
            "x.yaml:1:4: tag ('tag:yaml.org,2002:python/name:os.system'); "
            "accepted: values without tags",
        ),
        ("a: 1\n---\nb: 2", "x.yaml:2:1: second document; accepted: one in a file"),
        ("[a]: 1", "x.yaml:1:1: key that is no text; accepted: a word"),
        ("a:\n\tb: 1", "x.yaml:2:1: tab in the indentation; accepted: spaces"),
        (
            "a: b: c",
            "x.yaml:1:5: not YAML (mapping values are not allowed in this context); "
            "check the indentation; quote text with a colon",
        ),
        (
            "é: 'ü",
            "x.yaml:1:6: not YAML (found unexpected end of stream "
            "while scanning a quoted scalar)",
        ),
        (
            "a: 1\né: \x07",
            "x.yaml:2:1: character that YAML does not allow (U+0007); "
            "accepted: printable text",
        ),
        ("a: 1\nb: \ud800", "x.yaml:2:1: half a character (a surrogate)"),
        ("a: 1\na: 2\nb: *c", "repeated"),
    ],
)
def test_what_no_scenario_needs_is_refused(text, line):
    """Anchors, tags, second documents and broken YAML are one line with a place."""
    assert line in refusal(text)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "a:\n "])
def test_nesting_has_a_bound(opening):
    """A hundred thousand brackets are refused at the first one too many."""
    text = "[" * 100_000 if opening == "[" else opening * 1000
    if opening == "a:\n ":
        text = "".join(" " * depth + "a:\n" for depth in range(100))

    assert f"({DEPTH_MAX + 1} levels)" in refusal(text) or "not YAML" in refusal(text)


def test_the_number_of_values_has_a_bound():
    """A million values are refused without being read."""
    assert f"too many values (more than {NODES_MAX})" in refusal("[" + "1," * 10**6)


@given(st.text(alphabet="ab:-[]{}&*!|>'\"#%@`,? \n\t0.~é\ud800\x00", max_size=40))
def test_any_text_is_read_or_refused(text):
    """No text, however broken, ends in anything but a document or a problem."""
    with suppress(ScenarioError):
        parse_yaml(text, "x.yaml")
