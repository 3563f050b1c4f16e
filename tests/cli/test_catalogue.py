"""``lastday catalogue``."""

import json

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
    assert entry["parameters"][1]["name"] == "from_tier"


def test_the_frameworks_are_those_of_the_shelf():
    """The option's choices, kept here for a quick --help, match the catalogue."""
    assert tuple(shelves.FRAMEWORKS) == FRAMEWORKS
