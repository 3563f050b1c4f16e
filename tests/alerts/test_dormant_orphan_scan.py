"""Which access left behind a scan finds, and when."""

import pytest

from simulator.alerts import DormantOrphanScan
from simulator.clock import DAY, HOUR, WEEK, Seconds
from simulator.decisions import Alert
from simulator.scenario.organisation import System
from simulator.streams import Constant
from tests.fakes import ACT, FakeView, a_left_behind, a_requested, an_executed
from tests.scenes import BESIDE, CLOSED, attempt, misuse, scene
from tests.verdicts import ends, outcome

MORNING = FakeView(signed_in={"agent-1": 9 * HOUR})
NEVER = FakeView(signed_in={"agent-1": None})
AT_THE_START = FakeView(signed_in={"agent-1": 0})
BEFORE_THE_START = FakeView(signed_in={"agent-1": -HOUR})

PLAIN = DormantOrphanScan()
DAILY = DormantOrphanScan(interval=DAY, dormant=0)
TWO_DAYS = DormantOrphanScan(interval=DAY, dormant=2 * DAY)
TO_A_SCAN = DormantOrphanScan(interval=DAY, dormant=DAY - 9 * HOUR)
PAST_A_SCAN = DormantOrphanScan(interval=DAY, dormant=DAY - 9 * HOUR + 1)
CARELESS = DormantOrphanScan(diligence=0.25)
UNREAD = DormantOrphanScan(diligence=0)
CONSTANT = DormantOrphanScan(interval=1, dormant=0)


def at(second, left=ACT, every_s=DAY, chance=1.0):
    """Build the signal of a scan at that second."""
    return Alert(
        "agent-1",
        None,
        Constant(second - left),
        chance=chance,
        again_every_s=every_s,
        while_access=True,
    )


def shadow(**changes):
    """Build the record of an account that nobody owns on record."""
    return a_left_behind(what="shadow-account", credential="old-tool", **changes)


COLUMNS = ("alert", "left", "view", "expected")
ROWS = [
    # 45 days after the last sign-in, on day 46 at 09:00, the next scan is day 50's.
    pytest.param(
        PLAIN,
        a_left_behind(),
        MORNING,
        at(49 * DAY, every_s=WEEK),
        id="account_is_dormant_after_45_days",
    ),
    pytest.param(
        TWO_DAYS,
        a_left_behind(),
        MORNING,
        at(3 * DAY),
        id="account_is_dormant_after_two_days",
    ),
    # A scan in the very second lists it, one a second earlier does not.
    pytest.param(
        TO_A_SCAN,
        a_left_behind(),
        MORNING,
        at(DAY),
        id="account_is_dormant_as_the_scan_runs",
    ),
    pytest.param(
        PAST_A_SCAN,
        a_left_behind(),
        MORNING,
        at(2 * DAY),
        id="account_is_dormant_a_second_after_the_scan",
    ),
    # The last sign-in counts, on the first second or before it, or else the end.
    pytest.param(
        TWO_DAYS,
        a_left_behind(),
        AT_THE_START,
        at(2 * DAY),
        id="account_was_last_used_in_the_first_second",
    ),
    pytest.param(
        TWO_DAYS,
        a_left_behind(),
        BEFORE_THE_START,
        at(2 * DAY),
        id="account_was_last_used_before_the_start",
    ),
    pytest.param(
        TWO_DAYS,
        a_left_behind(at=DAY),
        NEVER,
        at(3 * DAY, left=DAY),
        id="account_was_never_used_and_left_at_a_scan",
    ),
    pytest.param(
        TWO_DAYS,
        a_left_behind(at=DAY + 1),
        NEVER,
        at(4 * DAY, left=DAY + 1),
        id="account_was_never_used_and_left_after_a_scan",
    ),
    # What was dormant long before it was left behind waits for the next scan.
    pytest.param(
        DAILY,
        a_left_behind(at=2 * DAY - 1),
        MORNING,
        at(2 * DAY, left=2 * DAY - 1),
        id="dormant_account_is_left_before_a_scan",
    ),
    pytest.param(
        DAILY,
        a_left_behind(at=2 * DAY),
        MORNING,
        at(3 * DAY, left=2 * DAY),
        id="dormant_account_is_left_during_a_scan",
    ),
    pytest.param(
        CONSTANT,
        a_left_behind(),
        MORNING,
        at(ACT + 1, every_s=1),
        id="dormant_account_is_left_where_scans_never_stop",
    ),
    # Without an owner, disuse does not matter.
    pytest.param(
        PLAIN,
        shadow(),
        MORNING,
        at(WEEK, every_s=WEEK),
        id="account_has_no_owner",
    ),
    pytest.param(
        PLAIN,
        shadow(at=0),
        NEVER,
        at(WEEK, left=0, every_s=WEEK),
        id="account_never_had_an_owner",
    ),
    pytest.param(
        PLAIN,
        shadow(at=WEEK - 1),
        MORNING,
        at(WEEK, left=WEEK - 1, every_s=WEEK),
        id="account_loses_its_owner_before_a_scan",
    ),
    pytest.param(
        PLAIN,
        shadow(at=WEEK),
        MORNING,
        at(2 * WEEK, left=WEEK, every_s=WEEK),
        id="account_loses_its_owner_during_a_scan",
    ),
    # A list that is followed up at times, or never.
    pytest.param(
        CARELESS,
        a_left_behind(),
        MORNING,
        at(49 * DAY, every_s=WEEK, chance=0.25),
        id="account_is_often_overlooked",
    ),
    pytest.param(
        UNREAD, a_left_behind(), MORNING, None, id="account_is_always_overlooked"
    ),
    # What is no account is not on it.
    *(
        pytest.param(DAILY, a_left_behind(what=what), MORNING, None, id=f"{what}_left")
        for what in ("sessions", "shared-secret", "api-key", "device")
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_finds(alert, left, view, expected):
    """An account left behind is found at the first scan that lists it."""
    found = alert.find(left, view)

    assert expected == found


@pytest.mark.parametrize(
    ("alert", "record", "fact"),
    [
        pytest.param(
            PLAIN,
            an_executed(),
            "looks at accounts, not at actions; the next scan is at day 8 00:00, "
            "6 d 8 h after the act",
            id="agent_took_one_down",
        ),
        pytest.param(
            DAILY,
            an_executed(at=DAY - 1),
            "the next scan is at day 2 00:00, 1 s after the act",
            id="agent_took_one_down_before_a_scan",
        ),
        pytest.param(
            DAILY,
            a_requested(at=DAY),
            "the next scan is at day 3 00:00, 1 d after the act",
            id="agent_asks_during_a_scan",
        ),
    ],
)
def test_says_nothing_about_actions(alert, record, fact):
    """No action raises an alarm, and the sentence says when it looks at accounts."""
    sentence = alert.explain(record, MORNING)

    assert alert.watch(record, MORNING) is None
    assert fact in sentence


# Whole scenes: what it changes alone, and what goes through.

RARELY_ASKED = (System("console", Seconds(90 * DAY)),)
"""A console whose sessions ask for their account four times a year."""


def forgotten(day, through="own-session", **parts):
    """Build a scene in which a leaver comes back with what nobody ended."""
    return scene(
        horizon=(day + 1) * DAY,
        misuse=misuse(attempt(through=through), at=day * DAY),
        credentials=BESIDE,
        **parts,
    )


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(forgotten(60), id="account_of_a_leaver"),
        pytest.param(
            forgotten(8, "shadow-account", offboarding=CLOSED), id="account_of_nobody"
        ),
    ],
)
def test_alone_changes_the_outcome(scenario):
    """A forgotten account is found and ended before its owner comes back."""
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, PLAIN) == ("stopped", "dormant-orphan-scan")


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(forgotten(44), id="account_is_not_dormant_yet"),
        pytest.param(forgotten(48), id="account_is_dormant_before_the_scan"),
        pytest.param(
            forgotten(6, "shadow-account"), id="account_of_nobody_before_the_scan"
        ),
        pytest.param(forgotten(60, "api-key", offboarding=CLOSED), id="key"),
        pytest.param(forgotten(60, "shared-secret", offboarding=CLOSED), id="secret"),
        pytest.param(
            forgotten(60, "device", offboarding=CLOSED, systems=RARELY_ASKED),
            id="session_kept_open_on_a_device",
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario):
    """What comes before the scan, or needs no account, is not held up."""
    assert ends(scenario, PLAIN) == ("missed", "")


NO_SHADOW = tuple(known for known in BESIDE if known.kind != "shadow-account")


@pytest.mark.parametrize(("closed", "hits"), [((), 1), (CLOSED, 0)])
def test_cost_is_true(closed, hits):
    """Every account that is found is an alarm to answer, and a true one."""
    scenario = scene(
        horizon=60 * DAY,
        offboarding=closed,
        credentials=NO_SHADOW,
        systems=RARELY_ASKED,
    )
    friction = outcome(scenario, PLAIN).friction

    assert (hits, 0) == (friction.alarms, friction.false_alarms)
