"""The catalogue as it is shown."""

import pytest

from simulator.alerts import CATALOGUE as ALERTS
from simulator.controls import CATALOGUE as CONTROLS
from simulator.report import shelves

EVERY = (*CONTROLS.values(), *ALERTS.values())


@pytest.mark.parametrize("found", EVERY, ids=lambda found: found.id)
def test_every_entry_is_shown_in_full(found):
    """An entry shows what it does not stop and each parameter, in 80 columns."""
    text = shelves.in_full(found)

    assert "Does not stop" in text
    assert all(f"  {p['name']}:" in text for p in shelves.as_data(found)["parameters"])
    assert max(map(len, text.splitlines())) <= 80


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


def test_search_wants_all_words():
    """An entry matches if it says every word, in any order and case."""
    four_eyes = CONTROLS["four-eyes"]

    assert shelves.matches(four_eyes, "APPROVER look")
    assert shelves.matches(four_eyes, "AC-3(2)")
    assert not shelves.matches(four_eyes, "approver banana")
