"""The catalogue as it is shown."""

import re
from pathlib import Path

import pytest

from simulator.alerts import CATALOGUE as ALERTS
from simulator.catalogue import SHELVES
from simulator.controls import CATALOGUE as CONTROLS
from simulator.report import shelves
from simulator.scenario.loading import parse

MINIMAL = Path(__file__).parents[2] / "scenarios" / "minimal.yaml"
EVERY = (*CONTROLS.values(), *ALERTS.values())


@pytest.mark.parametrize("found", EVERY, ids=lambda found: found.id)
def test_every_entry_is_shown_in_full(found):
    """An entry shows what it does not stop and each parameter, in 80 columns."""
    text = shelves.in_full(found)
    parameters = shelves.as_data(found)["parameters"]

    assert "Does not stop" in text
    assert all(f"  {p['name']}:" in text for p in parameters)
    assert max(map(len, text.splitlines())) <= 80


def copied(found) -> str:
    """The entry as a file would name it, its printed lines of defaults copied."""
    _, _, printed = shelves.in_full(found).partition("Parameters")
    lines = re.findall(r"^  (\w+: .*)$", printed, re.MULTILINE)
    given = [line for line in lines if not line.endswith(shelves.NOT_GIVEN)]
    body = "".join(f"      {line}\n" for line in given)
    return f"    {found.id}:\n{body}"


def test_a_file_made_of_every_printed_default_loads():
    """Defaults are printed as a file accepts them, and are the defaults."""
    text = MINIMAL.read_text("utf-8") + "\ncandidates:\n"
    text += "  controls:\n" + "".join(map(copied, CONTROLS.values()))
    text += "  alerts:\n" + "".join(map(copied, ALERTS.values()))
    candidates = parse(text, "defaults.yaml", SHELVES).candidates

    assert tuple(entry() for entry in CONTROLS.values()) == candidates.controls
    assert tuple(entry() for entry in ALERTS.values()) == candidates.alerts


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("volume-anomaly", "  ingest: 1m\n"),
        ("volume-anomaly", "  count: 20  # actions\n"),
        (
            "auto-revocation",
            "  delay: {dist: triangular, low: 1m, mode: 5m, high: 1h}\n",
        ),
        ("role-entitlement", "  employments: [contractor, vendor]\n"),
        ("four-eyes", "  role: not given\n"),
    ],
)
def test_a_default_is_printed_as_a_file_has_it(key, line):
    """A unit stands beside the value, as a comment."""
    assert line in shelves.in_full(SHELVES.controls.get(key) or SHELVES.alerts[key])


@pytest.mark.parametrize("found", EVERY, ids=lambda found: found.id)
def test_what_files_refuse_is_not_printed(found):
    """The label of an entry is its key in a file, and no parameter."""
    names = [parameter["name"] for parameter in shelves.as_data(found)["parameters"]]

    assert "label:" not in shelves.in_full(found)
    assert "label" not in names


def test_how_it_can_fail_comes_after_what_is_its_own():
    """Parameters that all of a kind share stand under a heading of their own."""
    text = shelves.in_full(CONTROLS["four-eyes"])
    own, shared = shelves.parameters(CONTROLS["four-eyes"])

    assert [p.name for p in own] == ["from_tier", "approvers", "role", "ttl"]
    assert [p.name for p in shared] == [
        "covers",
        "error_rate",
        "on_error",
        "yields_to_emergency",
    ]
    assert text.index("ttl:") < text.index("How it can fail:") < text.index("covers:")


def test_what_cannot_fail_says_nothing_of_failing():
    """A witness shares no parameters, and has no such heading."""
    assert "How it can fail" not in shelves.in_full(ALERTS["press-report"])


def test_the_list_tells_kinds_apart():
    """Controls, alerts and witnesses have headings of their own."""
    text = shelves.listed(EVERY)
    order = [text.index(word) for word in ("four-eyes", "volume-", "user-report")]

    assert sorted(order) == order
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("framework", shelves.FRAMEWORKS)
def test_coverage_lists_every_id_once(framework):
    """Each id of a framework that an entry cites has one line."""
    text = shelves.coverage(EVERY, framework)
    cited = {r.id for e in EVERY for r in e.sources if r.framework == framework}
    lines = [line.split()[0] for line in text.splitlines() if line.startswith("  ")]

    assert cited <= set(lines)
    assert max(map(len, text.splitlines())) <= 80


def test_ids_sort_as_people_do():
    """AC-2 comes before AC-12, and AC-2(3) before AC-2(11)."""
    text = shelves.coverage(EVERY, "nist")

    assert text.index("AC-2(3)") < text.index("AC-2(11)") < text.index("AC-12")


def test_coverage_for_machines_says_the_same():
    """Each id of a framework names its entries, with the mark of a weak fit."""
    found = shelves.coverage_as_data(EVERY, "nist")

    assert {"entry": "four-eyes", "weak": True} in found["CM-5(4)"]
    assert [c["entry"] for c in found["AC-3(2)"]] == ["four-eyes"]


def test_search_wants_all_words():
    """An entry matches if it says every word, in any order and case."""
    four_eyes = CONTROLS["four-eyes"]

    assert shelves.matches(four_eyes, "APPROVER look")
    assert shelves.matches(four_eyes, "AC-3(2)")
    assert not shelves.matches(four_eyes, "approver banana")
