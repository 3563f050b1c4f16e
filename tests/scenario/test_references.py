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


STAFF = (
    "  staff:\n    departing-contractor:\n      team: enforcement\n"
    "      leaving: {notice: 2017-10-20, separation: 2017-11-02T19:00}\n"
)
TEAMS = (
    "  teams:\n"
    "    enforcement: {role: support, employment: contractor, shift: late, size: 40}\n"
    "    escalations: {role: trust-lead, employment: employee, shift: dublin, size: 3}"
    "\n"
)
NAMED = "NAME: {...} for each of them"


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (
            TEAMS,
            "  teams: ‸[enforcement, other]\n",
            [f"organisation.teams: not a mapping (a list); accepted: {NAMED}"],
        ),
        (
            "  tiers: [ordinary, verified, protected]\n",
            "  tiers: ‸{ordinary: 1}\n",
            ["organisation.tiers: not a list (a mapping); accepted: [one, another]"],
        ),
        (
            TEAMS,
            "  teams:‸\n",
            [f"organisation.teams: not a mapping (nothing); accepted: {NAMED}"],
        ),
    ],
)
def test_a_malformed_collection_has_no_echoes(old, new, lines):
    """What is to be in it is not unknown as well, and it says how it is written."""
    text, place = marked((old, new))
    found = [one for one in problems(text) if "axes" not in one]

    assert [f"{place}: {line}" for line in lines] == found


def test_a_missing_collection_has_no_echoes():
    """Where teams must be there and are not, no team is unknown."""
    found = [one for one in problems(edited((TEAMS, ""))) if "axes" not in one]

    assert len(found) == 1
    assert "organisation: missing key 'teams'" in found[0]


def test_a_collection_that_may_be_missing_is_empty():
    """Without staff, the person of the story is unknown."""
    text = edited((STAFF, ""), ("role: support, leaving: true", "person: somebody"))

    assert any("unknown person ('somebody'); known: none" in p for p in problems(text))


def test_known_ids_are_listed_once():
    """A tier named twice is not suggested twice."""
    text = edited(("ordinary, verified, protected]", "ordinary, ordinary, protected]"))
    found = problems(text.replace("up_to: ordinary}", "up_to: orderly}"))

    assert any(one.endswith("known: ordinary, protected") for one in found)


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
