"""``lastday catalogue``."""

import json

import pytest

from simulator.cli.catalogue import FRAMEWORKS
from simulator.report import shelves


def test_the_list_has_every_entry(lastday):
    """Without an id all controls and alerts are listed."""
    told = lastday("catalogue")

    assert told.exit_code == 0
    assert "four-eyes" in told.stdout
    assert "user-report" in told.stdout


def test_one_entry_is_shown_in_full(lastday):
    """With an id everything the entry says is shown."""
    told = lastday("catalogue", "four-eyes").stdout

    assert "Does not stop" in told
    assert "AC-3(2)" in told
    assert "ttl: 1h" in told


def test_a_misspelt_id_is_answered_with_the_nearest(lastday):
    """An unknown id ends with 2 and a suggestion."""
    told = lastday("catalogue", "fore-eyes")

    assert told.exit_code == 2
    assert "did you mean 'four-eyes'?" in told.stderr


def test_search_narrows_the_list(lastday):
    """Only entries that say all words are listed; none is an error."""
    told = lastday("catalogue", "--search", "approver")

    assert "four-eyes" in told.stdout
    assert "rate-limit" not in told.stdout
    assert lastday("catalogue", "--search", "xyzzy").exit_code == 2


def test_coverage_lists_ids_of_a_framework(lastday):
    """A framework's ids are shown with what answers to them."""
    assert (
        "AC-3(2)       four-eyes" in lastday("catalogue", "--framework", "nist").stdout
    )


def test_json_holds_the_same(lastday):
    """JSON has kind, parameters and sources of each entry."""
    (entry,) = json.loads(lastday("catalogue", "four-eyes", "--format", "json").stdout)

    assert entry["kind"] == "control"
    assert entry["parameters"][0]["name"] == "from_tier"


def test_coverage_as_json_is_by_id(lastday):
    """With a framework, JSON has who answers to each id, and how well."""
    told = lastday("catalogue", "--framework", "nist", "--format", "json")

    assert json.loads(told.stdout)["AC-3(2)"] == [{"entry": "four-eyes", "weak": False}]


def test_pages_are_written(lastday, tmp_path):
    """The reference pages go to a folder, and are named."""
    told = lastday("catalogue", "--write", tmp_path / "pages")

    written = sorted(path.name for path in (tmp_path / "pages").iterdir())
    assert written == ["alerts.md", "controls.md", "frameworks.md"]
    assert told.stdout.count(".md\n") == 3


def test_the_notice_names_the_owners(lastday):
    """Whose ids are cited is said on demand."""
    told = lastday("catalogue", "--notice")

    assert "The MITRE Corporation" in told.stdout
    assert "Forscie Limited" in told.stdout


@pytest.mark.parametrize(
    "words", [["four-eyes", "--notice"], ["--write", "x", "--notice"]]
)
def test_pages_and_notice_stand_alone(lastday, small, words):
    """What does not go together is refused, not passed over."""
    assert lastday("catalogue", *words).exit_code == 2


def test_the_frameworks_are_those_of_the_shelf():
    """The option's choices, kept here for a quick --help, match the catalogue."""
    assert tuple(shelves.FRAMEWORKS) == FRAMEWORKS
