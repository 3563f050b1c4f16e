"""What holds for every control on the shelf."""

import pickle
import re
from pathlib import Path

import attrs
import pytest

import simulator.controls
from simulator.clock import DAY, HOUR, MINUTE, Span
from simulator.controls import CATALOGUE
from simulator.scenario.fields import spec_of
from tests.fakes import ACT, FakeView, a_departure, a_request, a_ticket

SHELF = Path(simulator.controls.__file__).parent
ENTRIES = [pytest.param(entry, id=name) for name, entry in CATALOGUE.items()]
PATTERNS = {
    "nist": r"[A-Z]{2}-\d+(\(\d+\))?",
    "cis": r"\d{1,2}\.\d{1,2}",
    "iso": r"A\.[5-8]\.\d{1,2}",
    "attack": r"M\d{4}",
    "d3fend": r"D3-[A-Z]+",
    "itm": r"PV\d{3}",
    "csg": r"\d{1,2}",
}

LEAVES_AT_FIVE = {"agent-1": a_departure(17 * HOUR)}
LEAVES_NEXT_WEEK = {"agent-1": a_departure(8 * DAY)}
MANY = tuple((ACT - 60, "agent-1", "requested", "deactivate") for _ in range(30))
TABLE = [
    (a_request(), FakeView()),
    (a_request(ticket="t1"), FakeView(tickets=(a_ticket(),))),
    (a_request(ticket="t1"), FakeView(tickets=(a_ticket(target="account-2"),))),
    (a_request(tier="protected"), FakeView()),
    (a_request(tier="protected"), FakeView(employments={"agent-1": "contractor"})),
    (a_request(tier="protected"), FakeView(signed_in={"agent-1": ACT - HOUR})),
    (a_request(tier="protected"), FakeView(departures=LEAVES_NEXT_WEEK)),
    (a_request(), FakeView(departures=LEAVES_AT_FIVE)),
    (a_request(), FakeView(rosters={"agent-1": (Span(0, 8 * HOUR),)})),
    (a_request(), FakeView(past=MANY)),
    (a_request(), FakeView(accounts_end={"agent-1": ACT - 10 * MINUTE})),
    (a_request(tier="protected", action="look-up"), FakeView()),
]


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize(
    "said", ["id", "title", "definition", "stops", "does_not_stop", "cost", "sources"]
)
def test_says_everything_about_itself(entry, said):
    """Every control has an id, a title, a definition, limits, a cost and sources."""
    assert getattr(entry, said)


def test_ids_are_sorted_names_of_files():
    """The mapping, the ids and the names of the files are the same, in order."""
    files = sorted(path.stem for path in SHELF.glob("[!_]*.py"))

    assert files == [name.replace("-", "_") for name in CATALOGUE]
    assert list(CATALOGUE) == [entry.id for entry in CATALOGUE.values()]


def test_modules_define_the_control_of_their_name():
    """The file four_eyes.py defines FourEyes, and nothing else exported."""
    homes = {
        f"{entry.__module__}.{entry.__name__}": name
        for name, entry in CATALOGUE.items()
    }

    assert homes == {
        f"simulator.controls.{name.replace('-', '_')}."
        f"{name.title().replace('-', '')}": name
        for name in CATALOGUE
    }


def test_exports_the_catalogue_and_every_control():
    """The package exports its catalogue and each class on it."""
    names = {entry.__name__ for entry in CATALOGUE.values()}

    assert {"CATALOGUE", *names} == set(simulator.controls.__all__)


@pytest.mark.parametrize("name", CATALOGUE)
def test_has_a_table_of_decisions(name):
    """Every control has a test file of its own."""
    own = Path(__file__).with_name(f"test_{name.replace('-', '_')}.py")

    assert own.is_file()


@pytest.mark.parametrize("entry", ENTRIES)
def test_parameters_are_documented(entry):
    """Every parameter has a sentence, a default and a source for the default."""
    own = [field for field in attrs.fields(entry) if field.name != "label"]

    undocumented = [
        field.name
        for field in own
        if field.default is attrs.NOTHING
        or not spec_of(field).doc
        or not spec_of(field).source
    ]
    assert own
    assert not undocumented


@pytest.mark.parametrize("entry", ENTRIES)
def test_sources_look_like_ids_of_their_framework(entry):
    """No source is mistyped, marked unchecked, or cited twice."""
    wrong = [
        source
        for source in entry.sources
        if not re.fullmatch(PATTERNS[source.framework], source.id)
    ]

    assert not wrong
    assert len(entry.sources) == len({(s.framework, s.id) for s in entry.sources})


@pytest.mark.parametrize("entry", ENTRIES)
def test_settings_are_values(entry):
    """Two like settings are equal, hash alike, and survive a trip to a worker."""
    control = entry()

    assert control == entry()
    assert hash(control) == hash(entry())
    assert control == pickle.loads(pickle.dumps(control))


@pytest.mark.parametrize("entry", ENTRIES)
def test_label_is_the_id_unless_given(entry):
    """A control goes by its id, or by the label of the setting."""
    assert entry.id == entry().label
    assert entry(label="other").label == "other"


@pytest.mark.parametrize("entry", ENTRIES)
def test_same_question_same_answer(entry):
    """Asking twice gives equal decisions, sentences and orders."""
    control = entry()

    assert answers(control) == answers(control)
    assert sentences(control) == sentences(control)
    assert control.exit_orders() == control.exit_orders()


@pytest.mark.parametrize("entry", ENTRIES)
def test_explains_in_one_plain_sentence(entry):
    """A sentence is a single line without a full stop, whatever is asked."""
    for sentence in sentences(entry()):
        assert re.fullmatch(r"[^\n]+[^\n.]", sentence), sentence


def test_no_two_controls_behave_alike():
    """On one table of requests every two controls differ in what they do."""
    behaviour = {name: what_it_does(entry()) for name, entry in CATALOGUE.items()}

    assert len(behaviour) == len(set(behaviour.values()))


@pytest.mark.parametrize("entry", ENTRIES)
def test_does_something(entry):
    """Every control with its defaults does something on the table."""
    decisions, orders, windows = what_it_does(entry())

    assert any(word != "allow" for word in decisions) or orders or any(windows)


def answers(control):
    """Return the decisions of a control over the table."""
    return [control.decide(asked, view) for asked, view in TABLE]


def sentences(control):
    """Return the explanations of a control over the table."""
    return [control.explain(asked, view) for asked, view in TABLE]


def what_it_does(control):
    """Return the words of all decisions, the triggers of orders and undo windows."""
    return (
        tuple(decision.words for decision in answers(control)),
        tuple((order.trigger, order.ends) for order in control.exit_orders()),
        tuple(control.undo_window_s(action) for action in ("deactivate", "rename")),
    )
