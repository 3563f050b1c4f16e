"""From when on leavers may not touch high tiers."""

import pytest

from simulator.clock import DAY, HOUR, MINUTE
from simulator.controls import NoticeRestriction
from simulator.decisions import ALLOW, DENY
from simulator.scenario.misuse import Requirement
from simulator.scenario.organisation import Registry
from simulator.streams import Constant
from simulator.trail import Refused
from tests.fakes import ACT, FakeView, a_departure, a_request
from tests.scenes import BELOW, attempt, honest_work, misuse, scene
from tests.verdicts import ends, outcome, played

END = 17 * HOUR
LEAVER = FakeView(departures={"agent-1": a_departure(END)})
LATE_ENTRY = FakeView(
    departures={"agent-1": a_departure(END, known_from=ACT + 1)},
    employments={"agent-1": "contractor"},
)
ENTRY_JUST_IN = FakeView(departures={"agent-1": a_departure(END, known_from=ACT)})

PLAIN = NoticeRestriction()
TWO_HOURS = NoticeRestriction(window=2 * HOUR)
FROM_BUSINESS = NoticeRestriction(from_tier="business")

COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # A leaver is restricted, and a colleague who stays is not.
    pytest.param(
        PLAIN,
        a_request(tier="protected", at=END - 10 * DAY),
        FakeView(departures={"agent-1": a_departure(END, known_from=-(30 * DAY))}),
        DENY,
        "4 d before the act",
        id="leaver_deactivates_protected_ten_days_before",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected", staff="agent-2"),
        LEAVER,
        ALLOW,
        "no registry entry: systems do not know that this employee leaves",
        id="colleague_deactivates_protected",
    ),
    # The window begins at its first second.
    pytest.param(
        TWO_HOURS,
        a_request(tier="protected", at=END - 2 * HOUR),
        LEAVER,
        DENY,
        "the restriction has held since 15:00, 0 s before the act",
        id="leaver_deactivates_as_the_window_begins",
    ),
    pytest.param(
        TWO_HOURS,
        a_request(tier="protected", at=END - 2 * HOUR - 10 * MINUTE),
        LEAVER,
        ALLOW,
        "the restriction begins at 15:00, 10 min after the act",
        id="leaver_deactivates_before_the_window",
    ),
    # It has no end: who has left is restricted too, and below the tier nobody is.
    pytest.param(
        TWO_HOURS,
        a_request(tier="protected", at=END + DAY),
        LEAVER,
        DENY,
        "1 d 2 h before the act",
        id="leaver_deactivates_a_day_after_leaving",
    ),
    pytest.param(
        TWO_HOURS,
        a_request(tier="business", at=END + DAY),
        LEAVER,
        ALLOW,
        "asks only for targets of tier protected; this one is business",
        id="leaver_deactivates_business",
    ),
    # What the registry does not show yet restricts nobody.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        ENTRY_JUST_IN,
        DENY,
        "the restriction has held since",
        id="leaver_is_entered_at_that_second",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        LATE_ENTRY,
        ALLOW,
        "no registry entry: systems do not know that this contractor leaves",
        id="leaver_is_entered_a_second_later",
    ),
    # The tier is a setting, and reading harms nothing.
    pytest.param(
        FROM_BUSINESS,
        a_request(tier="business"),
        LEAVER,
        DENY,
        "before the act",
        id="leaver_deactivates_restricted_business",
    ),
    pytest.param(
        FROM_BUSINESS,
        a_request(tier="business", action="look-up"),
        LEAVER,
        ALLOW,
        "look-up harms no target",
        id="leaver_reads_business",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A known leaver's harmful action on a high tier is denied from the window on."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence


@pytest.mark.parametrize("at", [HOUR, 9 * HOUR], ids=["before_leaving", "after"])
def test_alone_changes_the_outcome(at):
    """A leaver acts on a protected target in the last days, but not with it."""
    scenario = scene(misuse=misuse(at=at))

    assert ends(scenario) == ("missed", "")
    assert ends(scenario, PLAIN) == ("stopped", "notice-restriction")


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(
            scene(
                misuse=misuse(),
                registries=(Registry("contractor", Constant(2 * HOUR), 0.0),),
            ),
            id="leaver_is_entered_only_later",
        ),
        pytest.param(
            scene(misuse=misuse(), targets=BELOW), id="leaver_acts_below_the_tier"
        ),
        pytest.param(
            scene(misuse=misuse(who=Requirement(role="lead"))), id="lead_who_stays_acts"
        ),
        pytest.param(
            scene(misuse=misuse(attempt(through="colleague-session"))),
            id="leaver_sits_at_a_colleagues_session",
        ),
        pytest.param(
            scene(misuse=misuse(attempt(through="shared-secret"))),
            id="leaver_uses_a_shared_secret",
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario):
    """Leavers not known, low tiers, those who stay and others' logins meet no bar."""
    assert ends(scenario, PLAIN) == ends(scenario) == ("missed", "")


def test_costs_leavers_their_work():
    """Leavers' honest work on the tier is refused, and that of colleagues is not."""
    scenario = scene(desks=honest_work())

    assert outcome(scenario).friction.refused == 0
    assert {r.staff for r in played(scenario, PLAIN).of(Refused)} == {"leaver"}
