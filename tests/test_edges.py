"""Every parameter of every entry at its edges: it plays, or it is refused."""

import math
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest

from simulator.alerts import CATALOGUE as ALERTS
from simulator.catalogue import SHELVES
from simulator.clock import HOUR, LONGEST, Seconds
from simulator.controls import CATALOGUE as CONTROLS
from simulator.errors import ScenarioError
from simulator.outcome import VERDICTS
from simulator.scenario.loading import parse
from simulator.scenario.shapes import form_of, is_distribution
from simulator.streams import Constant
from tests.scenes import attempt, desk, kind, misuse, scene
from tests.verdicts import outcome

SCENARIOS = Path(__file__).parent.parent / "scenarios"
ENTRIES = {**CONTROLS, **ALERTS}
SCENE = scene(
    desks=(desk(tickets_per_hour=10.0, kinds=(kind(batch=3),)),),
    misuse=misuse(
        attempt(),
        attempt(through="shared-secret", emergency=True, device="unknown"),
        attempt(batch=500, place="elsewhere"),
        at=7 * HOUR,
    ),
)
"""Honest work and a misuse that touch whatever an entry may look at."""


def edges(slot):
    """Return the smallest and largest values that a parameter accepts."""
    if is_distribution(slot.of):
        return (Constant(Seconds(0)), Constant(LONGEST))
    if get_origin(slot.of) is Literal:
        return tuple((c,) if slot.many else c for c in get_args(slot.of))
    if slot.of is bool:
        return (False, True)
    if slot.of is int or slot.of is Seconds or slot.of is float or slot.spec.le == 1:
        spec = slot.spec
        low = spec.ge if spec.ge is not None else (spec.gt or 0) + 1
        high = spec.le if spec.le is not None else LONGEST
        exact = float if slot.of is float or spec.le == 1 else int
        return (exact(low), exact(high))
    return ()


CASES = [
    pytest.param(name, slot.name, value, id=f"{name}-{slot.name}-{value}")
    for name, entry in ENTRIES.items()
    for slot in form_of(entry).slots.values()
    for value in edges(slot)
]


def test_every_entry_has_edges():
    """No entry and no kind of number slips through."""
    assert {case.values[0] for case in CASES} == set(ENTRIES)
    assert len(CASES) > 300


@pytest.mark.parametrize(("name", "parameter", "value"), CASES)
def test_the_edge_plays(name, parameter, value):
    """A parameter at its smallest or largest plays a whole day."""
    judged = outcome(SCENE, ENTRIES[name](**{parameter: value}))

    assert judged.verdict in VERDICTS
    assert math.isfinite(judged.friction.added_s)


def wrongs(slot):
    """Return texts of a file that a parameter refuses, of every sort of mistake."""
    if is_distribution(slot.of) or slot.of is Seconds:
        return ("-1s", "5", "5 parsecs", "1e400d", "[]")
    if slot.of is bool:
        return ("1", "perhaps")
    if slot.spec.le == 1:
        return ("-0.1", "1.1", "50%", ".nan")
    if slot.of is int:
        return ("-1", "1.5", "many", "5m")
    if slot.of is float:
        return ("-1", "lots", ".inf", "5m")
    if get_origin(slot.of) is Literal:
        return ("no-such-choice", "7")
    return ("no-such-id",) if slot.spec.ref and not slot.many else ()


MISTAKES = [
    pytest.param(name, slot.name, text, id=f"{name}-{slot.name}-{text}")
    for name, entry in ENTRIES.items()
    for slot in form_of(entry).slots.values()
    for text in wrongs(slot)
]
MINIMAL = (SCENARIOS / "minimal.yaml").read_text("utf-8")


@pytest.mark.parametrize(("name", "parameter", "text"), MISTAKES)
def test_a_wrong_value_is_refused_at_its_place(name, parameter, text):
    """Negative, huge, unitless and misspelt values are told with what is accepted."""
    shelf, of = ("controls", "control") if name in CONTROLS else ("alerts", "alert")
    body = f"{{{of}: {name}, {parameter}: {text}}}"
    with pytest.raises(ScenarioError) as caught:
        parse(f"{MINIMAL}\ncandidates:\n  {shelf}:\n    it: {body}\n", "f", SHELVES)

    told = str(caught.value)
    assert f"candidates.{shelf}.it.{parameter}" in told
    assert "accepted" in told or "known" in told or "add one" in told
