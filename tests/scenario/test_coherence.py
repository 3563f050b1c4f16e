"""Nouns that are right by themselves and do not fit together."""

import pytest

from tests.scenario.sample import edited, marked, problems

CANDIDATES = "    two-eyes: {control: approval, people: 1}\n"
CONTROL, ALERT = "candidates.controls", "candidates.alerts"


@pytest.mark.parametrize(
    ("new", "line"),
    [
        (
            "    ‸approval: {people: 1}\n",
            f"{CONTROL}.approval: in force already ('approval'); give it a label of "
            "its own, with 'control: approval'",
        ),
        (
            "    ‸strict-approval: {control: approval}\n",
            f"{CONTROL}.strict-approval: in force already ('strict-approval'); give "
            "it a label of its own, with 'control: approval'",
        ),
        (
            f"{CANDIDATES}  alerts:\n    ‸probe: {{chance: 0.1}}\n",
            f"{ALERT}.probe: in force already ('probe'); give it a label of its own, "
            "with 'alert: probe'",
        ),
        (
            f"{CANDIDATES}  alerts:\n"
            "    ‸strict-approval: {alert: probe, chance: 0.1}\n",
            f"{ALERT}.strict-approval: label of a control in force too "
            "('strict-approval'); give it a label of its own",
        ),
    ],
)
def test_a_candidate_is_not_labelled_as_what_is_in_force(new, line):
    """Else it would be ignored, or share its name with another row."""
    text, place = marked((CANDIDATES, new))

    assert problems(text) == [f"{place}: {line}"]


def test_a_candidate_control_is_not_labelled_as_an_alert_in_force():
    """The reverse: a label of one's own on both shelves."""
    text, place = marked(
        ("      probe: {chance", "      watch-it: {alert: probe, chance"),
        (CANDIDATES, "    ‸watch-it: {control: approval}\n"),
        ("alerts.probe.chance: 1", "alerts.watch-it.chance: 1"),
        ("organisation.posture.alerts: {}", "misuse.desists: 1"),
    )

    assert problems(text) == [
        f"{place}: {CONTROL}.watch-it: label of an alert in force too ('watch-it'); "
        "give it a label of its own"
    ]


def test_a_candidate_with_a_label_of_its_own_is_tried_beside():
    """Another setting of a control in force is a candidate."""
    assert problems(edited(("two-eyes:", "not-in-force:"))) == []


def test_an_option_is_not_to_put_a_candidate_in_force():
    """What is in force in one variant is ignored there as a candidate too."""
    new = "organisation.posture.controls: {two-eyes: {control: approval}}"
    found = problems(edited(("organisation.posture.alerts: {}", new)))

    assert len(found) == 1
    assert "in force already ('two-eyes')" in found[0]


WHO = "  who: {role: support, leaving: true}\n"
PEOPLE = (
    "there: team enforcement (support, contractor), team escalations (trust-lead, "
    "employee), departing-contractor (support, contractor, leaving)"
)


@pytest.mark.parametrize(
    ("who", "asked"),
    [
        ("{role: trust-lead, leaving: true}", "trust-lead, leaving"),
        ("{employment: employee, may: deactivate}", "employee, may deactivate"),
        ("{holds: api-key}", "holds api-key"),
        ("{may: look-up, holds: device}", "may look-up, holds device"),
    ],
)
def test_somebody_must_be_able(who, asked):
    """Where nobody meets the requirement, it says what was asked and who is there."""
    text, place = marked((WHO, f"  ‸who: {who}\n"))
    anchor = "misuse.when.anchor"
    found = [line for line in problems(text) if anchor not in line]

    assert found == [f"{place}: misuse.who: nobody is that ({asked}); {PEOPLE}"]


@pytest.mark.parametrize(
    "who",
    [
        "{may: deactivate}",
        "{role: support, may: look-up, leaving: true}",
        "{may: deactivate, holds: api-key}",
    ],
)
def test_somebody_is_able(who):
    """The role allows it on the tier of the first target, or the key does."""
    key = "  credentials:\n    key: {kind: api-key, systems: [console], teams: [%s]}\n"
    new = key % "enforcement" + "  offboarding:\n"

    assert problems(edited((WHO, f"  who: {who}\n"), ("  offboarding:\n", new))) == []


@pytest.mark.parametrize(
    "broken",
    [
        ("    support:\n", "    supporter:\n"),
        ("[ordinary, verified, protected]", "[ordinary, verified]"),
        ("may: deactivate", "may: deactivated"),
    ],
)
def test_what_cannot_be_told_is_not_asked(broken):
    """A mistake elsewhere is not told again as somebody who may not."""
    text = edited((WHO, "  who: {employment: contractor, may: deactivate}\n"))
    found = problems(text.replace(*broken))

    assert found != []
    assert [line for line in found if "nobody is that" in line] == []
