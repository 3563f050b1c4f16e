"""What holds for every entry of both shelves: controls, alerts and witnesses."""

import pickle
import re
from pathlib import Path

import attrs
import pytest

import simulator
import simulator.alerts
import simulator.controls
from simulator.scenario.fields import spec_of

SHELVES = {"controls": simulator.controls, "alerts": simulator.alerts}
ENTRIES = [
    pytest.param(entry, id=name)
    for shelf in SHELVES.values()
    for name, entry in shelf.CATALOGUE.items()
]
PATTERNS = {
    "nist": r"[A-Z]{2}-\d+(\(\d+\))?",
    "cis": r"\d{1,2}\.\d{1,2}",
    "iso": r"A\.[5-8]\.\d{1,2}",
    "attack": r"M\d{4}|T\d{4}(\.\d{3})?|(DET|AN|DC)\d{4}",
    "d3fend": r"D3-[A-Z]+",
    "itm": r"(DT|PV)\d{3}",
    "csg": r"\d{1,2}",
}


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize(
    "said", ["id", "title", "definition", "stops", "does_not_stop", "cost", "sources"]
)
def test_says_everything_about_itself(entry, said):
    """Every entry has an id, a title, a definition, limits, a cost and sources."""
    assert getattr(entry, said)


@pytest.mark.parametrize("shelf", SHELVES)
def test_ids_are_sorted_names_of_files(shelf):
    """The mapping, the ids and the names of the files are the same, in order."""
    catalogue = SHELVES[shelf].CATALOGUE
    folder = Path(SHELVES[shelf].__file__).parent
    files = sorted(path.stem for path in folder.glob("[!_]*.py"))

    assert files == [name.replace("-", "_") for name in catalogue]
    assert list(catalogue) == [entry.id for entry in catalogue.values()]


@pytest.mark.parametrize("shelf", SHELVES)
def test_modules_define_the_entry_of_their_name(shelf):
    """The file four_eyes.py defines FourEyes, and the package exports it."""
    catalogue = SHELVES[shelf].CATALOGUE
    classes = {name: name.title().replace("-", "") for name in catalogue}

    assert {"CATALOGUE", *classes.values()} == set(SHELVES[shelf].__all__)
    for name, entry in catalogue.items():
        module = f"simulator.{shelf}.{name.replace('-', '_')}"
        assert (entry.__module__, entry.__name__) == (module, classes[name])


@pytest.mark.parametrize("shelf", SHELVES)
def test_every_entry_has_a_table_of_its_own(shelf):
    """Every entry has a test file with its table of decisions or signals."""
    folder = Path(__file__).parent / shelf
    tables = {path.stem for path in folder.glob("test_*.py")} - {"test_catalogue"}

    assert tables == {
        f"test_{name.replace('-', '_')}" for name in SHELVES[shelf].CATALOGUE
    }


@pytest.mark.parametrize("shelf", SHELVES)
def test_nothing_else_names_an_entry(shelf):
    """Adding or dropping an entry is its own file and one row of its shelf."""
    package = Path(simulator.__file__).parent
    row = package / shelf / "__init__.py"
    code = {path: path.read_text("utf-8") for path in package.rglob("*.py")}
    for name, entry in SHELVES[shelf].CATALOGUE.items():
        own = package / shelf / f"{name.replace('-', '_')}.py"
        named = re.compile(rf"\b{entry.__name__}\b|[\"']{name}[\"']")
        others = [path for path, text in code.items() if named.search(text)]

        assert sorted(others) == sorted([own, row])


def test_no_id_is_on_both_shelves():
    """An id names one entry."""
    controls, alerts = (set(shelf.CATALOGUE) for shelf in SHELVES.values())

    assert not controls & alerts


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
    setting = entry()

    assert setting == entry()
    assert hash(setting) == hash(entry())
    assert setting == pickle.loads(pickle.dumps(setting))


@pytest.mark.parametrize("entry", ENTRIES)
def test_label_is_the_id_unless_given(entry):
    """An entry goes by its id, or by the label of the setting."""
    assert entry.id == entry().label
    assert entry(label="other").label == "other"
