"""What holds for every alert and witness on the shelf."""

import pickle
import re
from pathlib import Path

import attrs
import pytest

import simulator.alerts
from simulator.alerts import CATALOGUE
from simulator.clock import HOUR, MINUTE, Span
from simulator.decisions import DENY
from simulator.scenario.fields import spec_of
from tests.fakes import ACT, FakeView, a_departure, a_requested, a_ticket, an_executed

SHELF = Path(simulator.alerts.__file__).parent
ENTRIES = [pytest.param(entry, id=name) for name, entry in CATALOGUE.items()]
PATTERNS = {
    "nist": r"[A-Z]{2}-\d+(\(\d+\))?",
    "cis": r"\d{1,2}\.\d{1,2}",
    "iso": r"A\.[5-8]\.\d{1,2}",
    "attack": r"M\d{4}|T\d{4}(\.\d{3})?|(DET|AN|DC)\d{4}",
    "d3fend": r"D3-[A-Z]+",
    "itm": r"(DT|PV)\d{3}",
    "csg": r"\d{1,2}",
}
WITNESSES = {"owner-report", "press-report", "user-report"}

LEAVER = FakeView(departures={"agent-1": a_departure()})
FAMOUS = FakeView(audiences={"account-1": 2_000_000})
WATCHED = FakeView(watched=frozenset({"account-1"}))


def past(of, times):
    """Build a view that remembers so many records of one kind, a minute apart."""
    rows = ((ACT - n * MINUTE, "agent-1", of, "deactivate") for n in range(times))
    return FakeView(past=tuple(rows))


TABLE = [
    (an_executed(), FakeView()),
    (an_executed(ticket="t1"), FakeView(tickets=(a_ticket(),))),
    (an_executed(tier="protected"), FakeView()),
    (an_executed(tier="protected", action="rename"), FAMOUS),
    (an_executed(), FAMOUS),
    (an_executed(), WATCHED),
    (an_executed(), past("executed", 19)),
    (an_executed(action="look-up"), WATCHED),
    (a_requested(), FakeView()),
    (a_requested(), LEAVER),
    (a_requested(), FakeView(rosters={"agent-1": (Span(0, 8 * HOUR),)})),
    (a_requested(decision=DENY), past("refused", 2)),
]


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize(
    "said", ["id", "title", "definition", "stops", "does_not_stop", "cost", "sources"]
)
def test_says_everything_about_itself(entry, said):
    """Every alert has an id, a title, a definition, limits, a cost and sources."""
    assert getattr(entry, said)


def test_ids_are_sorted_names_of_files():
    """The mapping, the ids and the names of the files are the same, in order."""
    files = sorted(path.stem for path in SHELF.glob("[!_]*.py"))

    assert files == [name.replace("-", "_") for name in CATALOGUE]
    assert list(CATALOGUE) == [entry.id for entry in CATALOGUE.values()]


def test_modules_define_the_alert_of_their_name():
    """The file user_report.py defines UserReport, and nothing else exported."""
    homes = {
        f"{entry.__module__}.{entry.__name__}": name
        for name, entry in CATALOGUE.items()
    }

    assert homes == {
        f"simulator.alerts.{name.replace('-', '_')}."
        f"{name.title().replace('-', '')}": name
        for name in CATALOGUE
    }


def test_exports_the_catalogue_and_every_alert():
    """The package exports its catalogue and each class on it."""
    names = {entry.__name__ for entry in CATALOGUE.values()}

    assert {"CATALOGUE", *names} == set(simulator.alerts.__all__)


@pytest.mark.parametrize("name", CATALOGUE)
def test_has_a_table_of_signals(name):
    """Every alert has a test file of its own."""
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
    alert = entry()

    assert alert == entry()
    assert hash(alert) == hash(entry())
    assert alert == pickle.loads(pickle.dumps(alert))


@pytest.mark.parametrize("entry", ENTRIES)
def test_label_is_the_id_unless_given(entry):
    """An alert goes by its id, or by the label of the setting."""
    assert entry.id == entry().label
    assert entry(label="other").label == "other"


@pytest.mark.parametrize("entry", ENTRIES)
def test_same_record_same_signal(entry):
    """Showing a record twice gives equal signals and sentences."""
    alert = entry()

    assert signals(alert) == signals(alert)
    assert sentences(alert) == sentences(alert)


@pytest.mark.parametrize("entry", ENTRIES)
def test_explains_in_one_plain_sentence(entry):
    """A sentence is a single line without a full stop, whatever is shown."""
    for sentence in sentences(entry()):
        assert re.fullmatch(r"[^\n]+[^\n.]", sentence), sentence


def test_no_two_alerts_behave_alike():
    """On one table of records every two alerts differ in the signals they give."""
    behaviour = {name: tuple(signals(entry())) for name, entry in CATALOGUE.items()}

    assert len(behaviour) == len(set(behaviour.values()))


@pytest.mark.parametrize("entry", ENTRIES)
def test_fires_on_something(entry):
    """Every alert with its defaults fires on the table, and not on all of it."""
    given = signals(entry())

    assert any(given)
    assert not all(given)


def test_witnesses_are_outside():
    """Owners, users and the press tell from outside; the rest is inside."""
    outside = {name for name, e in CATALOGUE.items() if e.origin == "outside"}

    assert outside == WITNESSES


@pytest.mark.parametrize("name", sorted(WITNESSES))
def test_witnesses_name_nobody(name):
    """Who tells from outside sees the target, never whose access was used."""
    seen = [signal for signal in signals(CATALOGUE[name]()) if signal]

    assert {None} == {signal.staff for signal in seen}
    assert {"account-1"} == {signal.target for signal in seen}


def signals(alert):
    """Return the signals of an alert over the table."""
    return [alert.watch(record, view) for record, view in TABLE]


def sentences(alert):
    """Return the explanations of an alert over the table."""
    return [alert.explain(record, view) for record, view in TABLE]
