"""Options of open questions, tried on the file."""

import pytest

from simulator.scenario.organisation import Posture
from simulator.streams import Constant
from tests.scenario.sample import EXAMPLE, Approval, edited, loaded, marked, problems

SLIP = "          misuse.intent: slip\n"
REST = """\
          misuse.when.before: {is: 30m, source: R 1c}
          misuse.plan.0.tries.1.possible: 0
"""


def test_an_option_keeps_its_changes_as_values():
    """Raw values become what the nouns hold, one for each path."""
    gesture, slip = loaded().axes[0].options

    assert gesture.changes == ()
    assert slip.changes == (
        (("misuse", "intent"), "slip"),
        (("misuse", "when", "before"), 1800),
        (("misuse", "plan", "0", "tries", "1", "possible"), 0.0),
    )


def test_a_variant_is_the_scenario_with_the_changes():
    """Options of several axes combine; the first one counts elsewhere."""
    variant = loaded().variant(("reading", "slip"), ("watch", "somebody"))

    assert variant.misuse.intent == "slip"
    assert variant.organisation.teams[1].size == 5
    assert variant.organisation.posture.alerts[0].chance == 1.0
    assert variant.chosen == (("reading", "slip"), ("watch", "somebody"))


def test_the_first_option_counts_where_none_is_chosen():
    """Nobody watches, and it was meant."""
    variant = loaded().variant()

    assert variant.misuse.intent == "gesture"
    assert variant.organisation.posture.alerts == ()


@pytest.mark.parametrize(
    ("row", "value_of"),
    [
        ("misuse: null", lambda s: s.misuse is None),
        (
            '"misuse.plan[0].tries[0].ticket": other-target',
            lambda s: s.misuse.plan[0].tries[0].ticket == "other-target",
        ),
        (
            "organisation.staff.departing-contractor.shift: dublin",
            lambda s: s.organisation.staff[0].shift == "dublin",
        ),
        ("clock.horizon: 6d", lambda s: s.clock.horizon == 6 * 86400),
        (
            "organisation.response.triage: 5m",
            lambda s: s.organisation.response.triage == Constant(300),
        ),
        (
            "misuse.when: {at: 2017-11-01}",
            lambda s: s.misuse.when.at == 2 * 86400,
        ),
        (
            "organisation.posture: {}",
            lambda s: s.organisation.posture == Posture(),
        ),
        (
            "organisation.teams.night: "
            "{role: support, employment: vendor, shift: late, size: 2}",
            lambda s: s.organisation.teams[-1].id == "night",
        ),
    ],
)
def test_an_option_may_change_any_field(row, value_of):
    """One value, a whole section, or a new item of a collection."""
    text = edited((SLIP + REST, f"          {row}\n"))

    assert value_of(loaded(text).variant(("reading", "slip")))


def test_an_option_may_change_one_of_two_settings_of_a_control():
    """Labels, not ids, lead to the items of a posture."""
    path = "organisation.posture.controls.strict-approval.people"
    text = edited((SLIP, f"          {path}: 4\n"))
    variant = loaded(text).variant(("reading", "slip"))

    assert [c.people for c in variant.organisation.posture.controls] == [2, 4]
    assert isinstance(variant.organisation.posture.controls[1], Approval)


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (
            "‸misuse.intnt: slip",
            'axes.reading.options.slip.set."misuse.intnt": path leads nowhere '
            "('intnt'); did you mean 'intent'? accepted: who, intent, when, plan, "
            "desists, accomplice",
        ),
        (
            "misuse.intent: ‸slipp",
            'axes.reading.options.slip.set."misuse.intent": not one of the choices '
            "('slipp'); did you mean 'slip'? accepted: gesture, slip, bribe, revenge, "
            "curiosity, outsider",
        ),
        (
            "misuse.intent: {is: slip, source: ‸1c}",
            'axes.reading.options.slip.set."misuse.intent".source: source without its '
            "tag ('1c'); accepted: D (documented), R (reported) or A (assumed), a "
            "blank, and the source",
        ),
        (
            "misuse.who.role: ‸suport",
            'axes.reading.options.slip.set."misuse.who.role": unknown role ('
            "'suport'); did you mean 'support'? known: support, trust-lead",
        ),
        (
            "organisation.posture.controls.approval.people: ‸0",
            'axes.reading.options.slip.set."organisation.posture.controls.approval.'
            'people": 0 is too small; at least 1 is accepted',
        ),
        (
            "‸organisation.teams.enforcment.size: 3",
            'axes.reading.options.slip.set."organisation.teams.enforcment.size": path '
            "leads nowhere ('enforcment'); did you mean 'enforcement'? "
            "accepted: enforcement, escalations",
        ),
        (
            "‸clock.start: 2017-10-01",
            'axes.reading.options.slip.set."clock.start": the same in every variant '
            "(clock.start); accepted: anything but the clock's start and the axes",
        ),
        (
            "‸targets.new: {}",
            "axes.reading.options.slip.set.\"targets.new\": missing key 'tier' "
            "(its real tier)",
        ),
        (
            "targets.new: {tier: ‸top}",
            "axes.reading.options.slip.set.\"targets.new\".tier: unknown tier ('top'); "
            "known: ordinary, verified, protected",
        ),
    ],
)
def test_what_a_patch_makes_wrong_is_shown_at_the_patch(row, line):
    """Place and path are those of the row that changes the file."""
    text, place = marked((SLIP, f"          {row}\n"))

    assert problems(text) == [f"{place}: {line}"]


def test_what_a_patch_makes_wrong_elsewhere_is_shown_at_its_option():
    """The path of what no longer fits is told."""
    path = "organisation.desks.abuse-reports.kinds"
    text = edited((SLIP, f"          {path}.spam.share: 0.5\n"))

    assert problems(text) == [
        f"136:9: axes.reading.options.slip.set: {path}: shares do not add up to 1 "
        "(1.25); accepted: shares that do"
    ]


def test_what_is_wrong_without_an_option_is_told_once():
    """Trying options does not repeat the problems of the file."""
    assert len(problems(edited(("size: 40", "size: forty")))) == 1


def test_an_option_is_tried_on_the_file_as_it_is():
    """Every option stands alone: one wrong option does not spoil the other."""
    text, place = marked(("says: Nobody did.\n", "says: ‸3\n"))

    assert problems(text) == [
        f"{place}: axes.watch.options.nobody.says: not a text (3); write it in quotes"
    ]


def test_too_many_options_for_the_size_of_the_file_are_refused():
    """Work is bounded by values times options."""
    many = "".join(
        f"      o{n}: {{says: so, set: {{misuse.intent: slip}}}}\n" for n in range(2000)
    )
    found = problems(EXAMPLE.replace("      gesture:\n", f"{many}      gesture:\n"))

    assert "too many options for a file of this size (2003); accepted" in found[0]
    assert "too many combinations of the questions shown apart" in found[1]


def test_options_that_clash_are_refused_together():
    """Two options that are fine alone and not together are told as a pair."""
    leaves = "leaving: {notice: 2017-10-20, separation: 2017-11-02T19:00}"
    somebody = f"{{somebody: {{team: enforcement, {leaves}}}}}"
    text = edited((SLIP, f"          organisation.staff: {somebody}\n"))
    question = (
        "  aim:\n"
        "    question: by whom?\n"
        "    show: on-request\n"
        "    options:\n"
        "      them:\n"
        "        says: one person\n"
        "        set:\n"
        "          misuse.who: {person: departing-contractor}\n"
    )
    (found,) = problems(text.replace("axes:\n", f"axes:\n{question}"))

    said = "unknown person ('departing-contractor'), together with aim=them; known: "
    assert f"misuse.who.person: {said}somebody" in found
