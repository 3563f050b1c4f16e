"""Plain data to nouns, with everything wrong gathered."""

import pytest

from simulator.clock import Clock
from simulator.scenario.misuse import When
from simulator.scenario.organisation import Approvals, Leaving, Posture, Response, Role
from simulator.scenario.structuring import Structurer
from simulator.streams import Constant, Empirical, LogNormal
from tests.scenario.sample import (
    SHELVES,
    Approval,
    Probe,
    edited,
    loaded,
    marked,
    problems,
)

GOOD = loaded()
APPROVALS = {
    "pick_up": "5m",
    "review": {"dist": "lognormal", "median": "1m", "p90": "5m"},
    "present": 1,
    "rubber_stamp": {"is": 0.5, "source": "R 2"},
    "sees_harm": 0.7,
    "doubts_honest": 0,
}


def structurer() -> Structurer:
    """A structurer with a clock."""
    read = Structurer(SHELVES)
    read.clock = Clock.from_text("2017-10-30", "UTC")
    return read


def complaints(raw, cls) -> list[str]:
    """What is wrong with a value, with the path to it."""
    _, found = structurer().structure(raw, cls)
    return [f"{'.'.join(map(str, c.path))}: {c.what}" for c in found]


def test_a_noun_is_read_with_the_types_it_declares():
    """Durations become distributions, whole numbers shares, sources fall away."""
    approvals, wrong = structurer().structure(APPROVALS, Approvals)

    assert not wrong
    assert approvals.pick_up == Constant(300)
    assert approvals.review == LogNormal(60, 300)
    assert (approvals.present, approvals.rubber_stamp) == (1.0, 0.5)
    assert type(approvals.present) is float


def test_everything_wrong_in_a_noun_is_found_at_once():
    """Each field is read by itself; one mistake hides no other."""
    raw = APPROVALS | {
        "pick_up": 5,
        "review": {"dist": "lognormal", "median": "1h", "p90": "5m", "x": 1},
        "present": 1.5,
        "rubber_stamp": {"is": "half", "source": "press", "note": 1},
        "extra": 1,
    }
    del raw["sees_harm"]

    assert sorted(complaints(raw, Approvals)) == [
        ": missing key 'sees_harm' (chance that a look at a harmful request ends in a "
        "rejection)",
        "extra: unknown key 'extra'",
        "pick_up: duration without a unit (5)",
        "present: 1.5 is too large",
        "review.x: unknown key 'x'",
        "rubber_stamp.is: not a number ('half')",
        "rubber_stamp.note: unknown key 'note'",
        "rubber_stamp.source: source without its tag ('press')",
    ]


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ({"dist": "lognormal", "median": "1h", "p90": "5m"}, "median is above p90"),
        ({"dist": "lognrmal"}, ".dist: unknown distribution ('lognrmal')"),
        ({"dist": 3}, ".dist: unknown distribution (3)"),
        ({"median": "1h"}, ": missing key 'dist'"),
        ({"dist": "uniform", "low": "1h"}, ": missing key 'high'"),
        ({"dist": "exponential", "mean": 5}, ".mean: duration without a unit (5)"),
        (
            {"dist": "exponential", "mean": {"is": "5m", "source": "A"}},
            ".mean: not a duration (a mapping)",
        ),
        ({"dist": "empirical", "values": "1h"}, ".values: not a list ('1h')"),
        ({"dist": "empirical", "values": []}, "no values"),
        (["5m"], ": not a duration (a list)"),
        (None, ": not a duration (nothing)"),
    ],
)
def test_a_distribution_says_what_is_wrong_with_it(raw, line):
    """The tag, the parameters, and how they fit together are checked."""
    found = complaints(APPROVALS | {"review": raw}, Approvals)

    assert len(found) == 1
    assert line in found[0]


def test_an_empirical_distribution_keeps_its_values():
    """Lists inside distributions are read item by item."""
    assert GOOD.organisation.offboarding[1].delay == Empirical((3600, 18000), (2.0, 1))


def test_an_item_without_a_body_is_one_with_nothing_but_defaults():
    """``trust-lead:`` and ``trust-lead: {}`` are the same role."""
    text = edited(("    trust-lead: {}\n", "    trust-lead:\n"))

    assert loaded(text).organisation.roles[1] == Role("trust-lead")


def test_a_posture_is_built_from_the_shelves():
    """Labels name settings; the body gives parameters."""
    posture = GOOD.organisation.posture

    assert posture == Posture(
        (
            Approval(label="approval", from_tier="protected", people=2),
            Approval(label="strict-approval", strict=True, role="trust-lead"),
        ),
        (Probe(label="probe", chance=0.5, actions=("deactivate",)),),
    )


def test_keyed_items_keep_the_order_of_the_file_and_their_ids():
    """A mapping from id to item becomes a tuple."""
    assert [team.id for team in GOOD.organisation.teams] == [
        "enforcement",
        "escalations",
    ]
    assert GOOD.organisation.registries[0].id == "contractor"


def test_null_is_the_absence_of_what_may_be_absent():
    """``at: null`` says that there is no instant."""
    when, wrong = structurer().structure({"at": None, "anchor": "notice"}, When)

    assert not wrong
    assert when == When(anchor="notice")


@pytest.mark.parametrize("raw", [None, [], "x", 3, True])
def test_what_is_no_mapping_is_one_mistake(raw):
    """A noun needs its keys."""
    assert len(complaints(raw, Response)) == 1


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "    contractor:\n      delay",
            "    ‸freelancer:\n      delay",
            "organisation.registries.freelancer: not one of the choices "
            "('freelancer'); accepted: employee, contractor, vendor",
        ),
        (
            "    look-up: {",
            "    ‸Look Up: {",
            "organisation.actions.\"Look Up\": not an id ('Look Up'); "
            "accepted: lower-case letters, digits and hyphens, such as late-shift",
        ),
        (
            "      strict-approval: {control: approval,",
            "      strict-approval: {‸label: x, control: approval,",
            "organisation.posture.controls.strict-approval.label: unknown key "
            "'label'; accepted: from_tier, role, people, ttl, beyond, strict, control",
        ),
        (
            "    probe: {chance: 0.5,",
            "    ‸probe: {",
            "organisation.posture.alerts.probe: missing key 'chance' "
            "(chance to see it)",
        ),
    ],
)
def test_a_mistake_in_a_key_is_shown_at_the_key(old, new, line):
    """Ids, labels and missing keys are placed where they stand or should stand."""
    text, place = marked((old, new))

    assert f"{place}: {line}" in problems(text)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "targets:\n  head-of-state:",
            "‸posture: {}\ntargets:\n  head-of-state:",
            "posture: unknown key 'posture'; belongs under organisation",
        ),
        (
            "  name: microblog\n",
            "  name: microblog\n  ‸misuse: {}\n",
            "organisation.misuse: unknown key 'misuse'; belongs at the top level",
        ),
        (
            "  name: microblog\n",
            "  name: microblog\n  ‸controls: {}\n",
            "organisation.controls: unknown key 'controls'; belongs under candidates "
            "or under organisation.posture",
        ),
        (
            "  intent: {is: gesture",
            "  ‸tries: []\n  intent: {is: gesture",
            "misuse.tries: unknown key 'tries'; belongs under misuse.plan[]",
        ),
        (
            "        - {action: deactivate, target: head-of-state}\n",
            "        - {action: deactivate, target: head-of-state, ‸targets: {}}\n",
            "misuse.plan[0].tries[0].targets: unknown key 'targets'; did you mean "
            "'target'?",
        ),
        (
            "strict: true, role: trust-lead}",
            "strict: true, ‸posture: {}}",
            "organisation.posture.controls.strict-approval.posture: unknown key "
            "'posture'; accepted: from_tier, role, people, ttl, beyond, strict, "
            "control",
        ),
        (
            "incident: microblog-lastday\n",
            "incident: microblog-lastday\n‸sumary: x\n",
            "sumary: unknown key 'sumary'; accepted: lastday, title, question, clock, "
            "organisation, tolerances, targets, misuse, incident, candidates, expect, "
            "axes",
        ),
    ],
)
def test_a_key_in_the_wrong_place_is_told_where_it_belongs(old, new, line):
    """A misspelling is likelier only where a key that may stand there comes near."""
    text, place = marked((old, new))

    assert problems(text) == [f"{place}: {line}"]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "    - tries:\n        - {action: deactivate, target: head-of-state}\n"
            "        - action: deactivate\n          target: head-of-state\n"
            "          through: colleague-session\n          possible: 0.2\n"
            "          wait: {dist: constant, value: 5m}\n",
            "    - tries: ‸{action: deactivate, target: head-of-state}\n",
            "misuse.plan[0].tries: not a list (a mapping); put '- ' before it, on a "
            "line of its own",
        ),
        (
            "      may:\n        - {actions: [deactivate, look-up], up_to: protected}"
            "\n        - {actions: [look-up], up_to: ordinary}\n",
            "      may: ‸{actions: [deactivate, look-up], up_to: protected}\n",
            "organisation.roles.support.may: not a list (a mapping); put '- ' before "
            "it, on a line of its own",
        ),
        (
            "employments: [contractor]",
            "employments: ‸contractor",
            "organisation.offboarding.disable-account.employments: not a list "
            "('contractor'); accepted: [one, another]",
        ),
        (
            "delay: {dist: lognormal, median: 8h, p90: 3d}",
            "‸delay: {dist: lognormal, median: 8h}",
            "organisation.registries.contractor.delay: missing key 'p90' (skewed, as "
            "times people take are: half within median, 9 in 10 within p90)",
        ),
    ],
)
def test_a_form_that_is_wrong_is_told_how_to_write_it(old, new, line):
    """A list needs dashes; a key that is missing says what it means."""
    text, place = marked((old, new))
    (found,) = (one for one in problems(text) if "axes" not in one)

    assert f"{place}: {line}" == found


def test_moments_wait_for_the_clock():
    """Without a clock a moment is no mistake of its own."""
    raw = {"notice": "2017-10-20", "separation": "2017-11-02"}
    noun, wrong = Structurer(SHELVES).structure(raw, Leaving)

    assert noun is None
    assert not wrong


def test_what_was_read_well_is_not_read_again():
    """The same data gives the same noun, which makes trying options cheap."""
    read = structurer()

    assert (
        read.structure(APPROVALS, Approvals)[0]
        is read.structure(APPROVALS, Approvals)[0]
    )
