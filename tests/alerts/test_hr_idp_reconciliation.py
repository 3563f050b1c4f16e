"""Which accounts a run of the reconciliation finds, and when."""

import pytest

from simulator.alerts import HrIdpReconciliation
from simulator.clock import DAY, HOUR, WEEK, Seconds
from simulator.decisions import Alert
from simulator.scenario.organisation import Registry, System
from simulator.streams import Constant
from tests.fakes import (
    ACT,
    FakeView,
    a_departure,
    a_left_behind,
    a_requested,
    an_executed,
)
from tests.scenes import (
    BESIDE,
    CLOSED,
    NEVER_ENTERED,
    attempt,
    misuse,
    scene,
)
from tests.verdicts import ends, outcome

NOBODY = FakeView()
LEFT = FakeView(departures={"agent-1": a_departure(ACT)})
CONFUSED = FakeView(
    departures={"agent-1": a_departure(ACT)},
    within=frozenset({("hr-idp-reconciliation mismatch", "agent-1")}),
)
LEAVES_AT_MIDNIGHT = FakeView(departures={"agent-1": a_departure(DAY)})

PLAIN = HrIdpReconciliation()
HOURLY = HrIdpReconciliation(interval=HOUR)
EVERY_SECOND = HrIdpReconciliation(interval=1)
LENIENT = HrIdpReconciliation(grace=WEEK)
LENIENT_TO_MIDNIGHT = HrIdpReconciliation(grace=DAY - ACT)
LENIENT_A_SECOND_MORE = HrIdpReconciliation(grace=DAY - ACT + 1)
SOME_ERRORS = HrIdpReconciliation(match_errors=0.1)
ALL_ERRORS = HrIdpReconciliation(match_errors=1.0)
HASTY = HrIdpReconciliation(misses=0.25)
BLIND = HrIdpReconciliation(misses=1.0)
ROWS_ONLY = HrIdpReconciliation(unmatched=False)
UNREAD = HrIdpReconciliation(covers=0.0)
ANSWERED = HrIdpReconciliation(answered_by="identity")


def entered(known_from, separation=ACT):
    """Build a view in which the registry's entry arrives at an instant."""
    departure = a_departure(separation, known_from)
    return FakeView(departures={"agent-1": departure})


def finding(at, *, since=ACT, every_s=DAY, chance=1.0, team=None):
    """Build the signal of a run at an instant."""
    return Alert(
        "agent-1",
        None,
        Constant(at - since),
        chance=chance,
        again_every_s=every_s,
        while_access=True,
        team=team,
    )


FOUND = [
    # The next run finds the account of somebody whom the registry shows as gone.
    pytest.param(
        PLAIN, a_left_behind(), LEFT, finding(DAY), id="leaver_keeps_an_account"
    ),
    pytest.param(
        PLAIN, a_left_behind(), NOBODY, None, id="leaver_the_registry_never_shows"
    ),
    # A run at the very second finds it; a second later it is the next one.
    pytest.param(
        PLAIN,
        a_left_behind(at=DAY),
        entered(0, DAY),
        finding(DAY, since=DAY),
        id="leaver_goes_during_a_run",
    ),
    pytest.param(
        PLAIN,
        a_left_behind(at=DAY + 1),
        entered(0, DAY + 1),
        finding(2 * DAY, since=DAY + 1),
        id="leaver_goes_a_second_after_a_run",
    ),
    # An entry that comes later is found by the first run after it.
    pytest.param(
        PLAIN,
        a_left_behind(),
        entered(3 * DAY),
        finding(3 * DAY),
        id="entry_comes_during_a_run",
    ),
    pytest.param(
        PLAIN,
        a_left_behind(),
        entered(3 * DAY + 1),
        finding(4 * DAY),
        id="entry_comes_a_second_after_a_run",
    ),
    # A person entered as leaving later is not shown as gone until then.
    pytest.param(
        PLAIN,
        a_left_behind(),
        entered(0, 2 * DAY + 1),
        finding(3 * DAY),
        id="leaver_is_entered_with_a_later_end",
    ),
    pytest.param(
        PLAIN,
        a_left_behind(at=2 * DAY + 1),
        entered(0),
        finding(3 * DAY, since=2 * DAY + 1),
        id="leaver_is_entered_with_an_earlier_end",
    ),
    # The interval is a setting, and a run at every second finds it at once.
    pytest.param(
        HOURLY,
        a_left_behind(),
        LEFT,
        finding(16 * HOUR, every_s=HOUR),
        id="leaver_keeps_an_account_for_ten_minutes",
    ),
    pytest.param(
        EVERY_SECOND,
        a_left_behind(),
        LEFT,
        finding(ACT, every_s=1),
        id="leaver_keeps_an_account_for_no_time",
    ),
    # The grace must be over; it counts from the separation, not from the entry.
    pytest.param(
        LENIENT,
        a_left_behind(),
        LEFT,
        finding(8 * DAY),
        id="leaver_keeps_an_account_for_a_week_of_grace",
    ),
    pytest.param(
        LENIENT_TO_MIDNIGHT,
        a_left_behind(),
        LEFT,
        finding(DAY),
        id="grace_ends_during_a_run",
    ),
    pytest.param(
        LENIENT_A_SECOND_MORE,
        a_left_behind(),
        LEFT,
        finding(2 * DAY),
        id="grace_ends_a_second_after_a_run",
    ),
    pytest.param(
        LENIENT,
        a_left_behind(),
        entered(3 * DAY),
        finding(8 * DAY),
        id="entry_comes_within_the_grace",
    ),
    # A mismatched account is never found; an overlooked one perhaps at the next run.
    pytest.param(
        SOME_ERRORS, a_left_behind(), CONFUSED, None, id="account_matches_another_row"
    ),
    pytest.param(
        SOME_ERRORS, a_left_behind(), LEFT, finding(DAY), id="account_matches_its_row"
    ),
    pytest.param(
        PLAIN, a_left_behind(), CONFUSED, finding(DAY), id="no_account_is_mismatched"
    ),
    pytest.param(
        ALL_ERRORS, a_left_behind(), LEFT, None, id="all_accounts_are_mismatched"
    ),
    pytest.param(
        HASTY,
        a_left_behind(),
        LEFT,
        finding(DAY, chance=0.75),
        id="account_may_be_overlooked",
    ),
    pytest.param(BLIND, a_left_behind(), LEFT, None, id="account_is_always_overlooked"),
    # An account without a row needs no entry; other access is no account.
    pytest.param(
        PLAIN,
        a_left_behind(what="shadow-account"),
        NOBODY,
        finding(DAY),
        id="account_matches_no_row",
    ),
    pytest.param(
        PLAIN,
        a_left_behind(what="shadow-account", at=0),
        NOBODY,
        finding(0, since=0),
        id="account_matches_no_row_from_the_start",
    ),
    pytest.param(
        LENIENT,
        a_left_behind(what="shadow-account"),
        NOBODY,
        finding(DAY),
        id="account_without_a_row_has_no_grace",
    ),
    pytest.param(
        ROWS_ONLY,
        a_left_behind(what="shadow-account"),
        LEFT,
        None,
        id="accounts_without_a_row_are_ignored",
    ),
    pytest.param(
        ROWS_ONLY,
        a_left_behind(),
        LEFT,
        finding(DAY),
        id="accounts_with_a_row_are_compared",
    ),
    *(
        pytest.param(
            PLAIN, a_left_behind(what=what), LEFT, None, id=f"leaver_keeps_{what}"
        )
        for what in ("sessions", "shared-secret", "api-key", "device")
    ),
    # What never reaches it is not found, and the finding goes to its team.
    pytest.param(UNREAD, a_left_behind(), LEFT, None, id="nothing_is_compared"),
    pytest.param(
        ANSWERED,
        a_left_behind(),
        LEFT,
        finding(DAY, team="identity"),
        id="finding_goes_to_its_team",
    ),
]


@pytest.mark.parametrize(("alert", "left", "view", "signal"), FOUND)
def test_finds(alert, left, view, signal):
    """The first run after the registry shows the person as gone finds the account."""
    found = alert.find(left, view)

    assert signal == found


@pytest.mark.parametrize("known_from", [0, ACT, ACT + 1, DAY, DAY + 1, 10 * WEEK])
def test_foresees_no_entry(known_from):
    """A finding is never raised before the registry's entry has arrived."""
    found = PLAIN.find(a_left_behind(), entered(known_from))

    assert ACT + found.delay.value >= known_from


@pytest.mark.parametrize("record", [a_requested(), an_executed()])
def test_watches_no_action(record):
    """No action raises an alarm, not even one of a leaver who is gone."""
    assert PLAIN.watch(record, LEFT) is None


@pytest.mark.parametrize(
    ("alert", "record", "view", "fact"),
    [
        # Before the run and after it.
        pytest.param(
            PLAIN,
            an_executed(),
            LEFT,
            "looks for accounts left behind, not at actions: the run at day 2 00:00, "
            "8 h 10 min after the act, is the first to show that of agent-1",
            id="leaver_acts_before_the_run",
        ),
        pytest.param(
            PLAIN,
            an_executed(at=DAY + HOUR),
            LEFT,
            "the run at day 2 00:00, 1 h before the act",
            id="leaver_acts_after_the_run",
        ),
        pytest.param(
            PLAIN,
            an_executed(at=DAY),
            LEAVES_AT_MIDNIGHT,
            "the run at day 2 00:00, 0 s before the act",
            id="leaver_acts_during_the_run",
        ),
        # Grace and a late entry put it off.
        pytest.param(
            LENIENT,
            an_executed(),
            LEFT,
            "the run at day 9 00:00, 7 d 8 h after the act",
            id="leaver_acts_within_the_grace",
        ),
        pytest.param(
            PLAIN,
            an_executed(at=5 * DAY),
            entered(3 * DAY + 1),
            "the run at day 5 00:00, 1 d before the act",
            id="leaver_acts_after_a_late_entry",
        ),
        # Nobody is shown as gone before the entry has arrived, or for somebody else.
        pytest.param(
            PLAIN,
            an_executed(),
            entered(ACT + 1),
            "the registry shows no departure of agent-1",
            id="leaver_acts_a_second_before_the_entry",
        ),
        pytest.param(
            SOME_ERRORS,
            an_executed(),
            CONFUSED,
            "takes that of agent-1 for somebody else's",
            id="leaver_acts_whose_account_is_mismatched",
        ),
    ],
)
def test_explains(alert, record, view, fact):
    """The sentence names the run that shows the account, or why there is none."""
    sentence = alert.explain(record, view)

    assert fact in sentence


# Whole scenes: what it changes alone, and what goes through.

RARELY_ASKED = (System("console", Seconds(90 * DAY)),)
"""A console whose sessions ask for their account four times a year."""
DAYS_LATE = (Registry("contractor", Constant(3 * DAY), 0.0),)


def forgotten(hour, through="own-session", **parts):
    """Build a scene in which a leaver, gone after eight hours, uses what is left."""
    return scene(
        horizon=4 * DAY,
        misuse=misuse(attempt(through=through), at=hour * HOUR),
        credentials=BESIDE,
        **parts,
    )


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(forgotten(26), id="account_of_a_leaver"),
        pytest.param(forgotten(1, "shadow-account"), id="account_of_nobody"),
    ],
)
def test_alone_changes_the_outcome(scenario):
    """An account left behind is found and ended before it is used."""
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, PLAIN) == ("stopped", "hr-idp-reconciliation")


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(forgotten(23), id="before_the_run"),
        pytest.param(forgotten(26, registries=NEVER_ENTERED), id="never_entered"),
        pytest.param(forgotten(71, registries=DAYS_LATE), id="not_entered_yet"),
        pytest.param(forgotten(26, "api-key", offboarding=CLOSED), id="key"),
        pytest.param(forgotten(26, "shared-secret", offboarding=CLOSED), id="secret"),
        pytest.param(
            forgotten(26, "device", offboarding=CLOSED, systems=RARELY_ASKED),
            id="session_kept_open_on_a_device",
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario):
    """What comes before the run, is not entered, or needs no account is not held up."""
    assert ends(scenario, PLAIN) == ("missed", "")


NO_SHADOW = tuple(known for known in BESIDE if known.kind != "shadow-account")


@pytest.mark.parametrize(("closed", "hits"), [((), 1), (CLOSED, 0)])
def test_cost_is_true(closed, hits):
    """Every account that is found is an alarm to answer, and a true one."""
    scenario = scene(
        horizon=2 * DAY,
        offboarding=closed,
        credentials=NO_SHADOW,
        systems=RARELY_ASKED,
    )
    friction = outcome(scenario, PLAIN).friction

    assert (hits, 0) == (friction.alarms, friction.false_alarms)
