"""Ids that name something that is not there."""

import pytest

from simulator.scenario import misuse, organisation, scenario
from simulator.scenario.references import COLLECTIONS, singular
from simulator.scenario.shapes import form_of
from tests.scenario.sample import edited, marked, problems


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "system: console}",
            "system: ‸consle}",
            "organisation.actions.look-up.system: unknown system ('consle'); "
            "did you mean 'console'? known: console, vpn",
        ),
        (
            "up_to: ordinary}",
            "up_to: ‸orderly}",
            "organisation.roles.support.may[1].up_to: unknown tier ('orderly'); "
            "did you mean 'ordinary'? known: ordinary, verified, protected",
        ),
        (
            "systems: [console, vpn]",
            "systems: [console, ‸vnp]",
            "organisation.offboarding.disable-account.systems[1]: unknown "
            "system ('vnp'); did you mean 'vpn'? known: console, vpn",
        ),
        (
            "    ordinary: {count",
            "    ‸odinary: {count",
            "organisation.populations.odinary: unknown tier ('odinary'); ",
        ),
        (
            "{from_tier: protected, people: 2}",
            "{from_tier: ‸protcted, people: 2}",
            "organisation.posture.controls.approval.from_tier: unknown tier ",
        ),
        (
            "actions: [deactivate]}",
            "actions: [‸deactivte]}",
            "organisation.posture.alerts.probe.actions[0]: unknown action ",
        ),
        (
            "- action: deactivate",
            "- action: ‸reactivate",
            "misuse.plan[0].tries[1].action: unknown action ('reactivate'); ",
        ),
        (
            "who: {role: support, leaving: true}",
            "who: {person: ‸somebody, leaving: true}",
            "misuse.who.person: unknown person ('somebody'); "
            "known: departing-contractor",
        ),
        (
            "systems: [console, vpn]",
            "systems: [console, ‸console]",
            "organisation.offboarding.disable-account.systems[1]: named twice ",
        ),
    ],
)
def test_an_unknown_id_is_shown_with_the_nearest_one(old, new, line):
    """Every field that refers to a collection is checked, in lists and controls too."""
    text, place = marked((old, new))
    found = problems(text)

    assert len(found) == 1, found
    assert found[0].startswith(f"{place}: {line}")


def test_an_empty_text_by_default_refers_to_nothing():
    """A role that may be left empty may also be written empty."""
    text = edited(("from_tier: protected, people: 2", 'role: "", people: 2'))

    assert problems(text) == []


def test_every_reference_of_the_nouns_is_to_a_known_collection():
    """A misspelt collection in a noun is noticed."""
    nouns = [
        cls
        for module in (organisation, misuse, scenario)
        for cls in vars(module).values()
        if isinstance(cls, type) and hasattr(cls, "__attrs_attrs__")
    ]
    refs = {
        slot.spec.ref
        for cls in nouns
        if cls.__module__.startswith("simulator.scenario")
        for slot in form_of(cls).slots.values()
    }

    assert refs - {""} <= COLLECTIONS.keys()


def test_one_of_a_collection_is_named_by_a_word_of_the_field():
    """Staff has no singular of its own."""
    assert [singular(name) for name in ("tiers", "staff")] == ["tier", "person"]
