"""What is held, and for how long."""

import pytest

from simulator.alerts import LeaverActivityAlert
from simulator.clock import DAY, HOUR
from simulator.controls import CoolingOff
from simulator.decisions import ALLOW, Decision
from simulator.scenario.misuse import Target
from simulator.streams import Constant
from tests.fakes import FakeView, a_request
from tests.scenes import AT_ONCE, honest_work, misuse, scene
from tests.verdicts import ends, outcome

AGENT = FakeView()

PLAIN = CoolingOff()
TWO_HOURS = CoolingOff(hold=2 * HOUR, from_tier="business")

COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # The top tier is held for a day.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        AGENT,
        Decision(hold_s=DAY),
        "held for 1 d, until day 2 15:50; the owner of account-1 is told",
        id="agent_deactivates_protected",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="business"),
        AGENT,
        ALLOW,
        "asks only for targets of tier protected; this one is business",
        id="agent_deactivates_business",
    ),
    # Time and tier are settings.
    pytest.param(
        TWO_HOURS,
        a_request(tier="business"),
        AGENT,
        Decision(hold_s=2 * HOUR),
        "held for 2 h, until 17:50",
        id="agent_deactivates_held_business",
    ),
    pytest.param(
        TWO_HOURS,
        a_request(tier="ordinary"),
        AGENT,
        ALLOW,
        "of tier business or above; this one is ordinary",
        id="agent_deactivates_ordinary",
    ),
    # Changing is harmful, reading is not.
    pytest.param(
        PLAIN,
        a_request(tier="protected", action="rename"),
        AGENT,
        Decision(hold_s=DAY),
        "held for 1 d",
        id="agent_renames_protected",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected", action="look-up"),
        AGENT,
        ALLOW,
        "look-up harms no target",
        id="agent_reads_protected",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A harmful action on a high tier is held."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence


HELD = CoolingOff(hold=2 * HOUR)


def answered(*, after, tier="protected"):
    """Build a scene in which the owner objects to a notice after a time, or never."""
    owner = None if after is None else Constant(after)
    return scene(
        misuse=misuse(), targets=(Target("celebrity", tier, owner_answers=owner),)
    )


def test_alone_changes_the_outcome():
    """An owner who reads the notice stops what would have happened at once."""
    objected = answered(after=HOUR)

    assert ends(objected) == ("missed", "")
    assert ends(objected, HELD) == ("stopped", "cooling-off")


def test_gives_time_to_cancel():
    """An alarm about the request comes in time, where it came after the effect."""
    unread, alarm = answered(after=None), LeaverActivityAlert(ingest=AT_ONCE)

    assert ends(unread, alarm) == ("caught", "leaver-activity-alert")
    assert ends(unread, alarm, HELD) == ("stopped", "leaver-activity-alert")


@pytest.mark.parametrize(
    "scenario",
    [
        # Somebody must read the notice, and soon enough.
        pytest.param(answered(after=None), id="notice_nobody_reads"),
        pytest.param(answered(after=2 * HOUR), id="notice_read_when_it_is_over"),
        # Of low tiers there is none.
        pytest.param(answered(after=HOUR, tier="ordinary"), id="below_the_tier"),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario):
    """What nobody stops in time happens all the same."""
    assert ends(scenario) == ends(scenario, HELD) == ("missed", "")


def test_delays_honest_work():
    """Every honest action on the tier comes late by the hold."""
    work = scene(desks=honest_work())

    paid = outcome(work, HELD).friction

    assert outcome(work).friction.added_s == 0
    assert paid.added_s == 2 * HOUR * paid.requests > 0
