"""What can be undone, and for how long."""

import pytest

from simulator.alerts import ProtectedChangeAlert
from simulator.clock import DAY, HOUR, MINUTE
from simulator.controls import SoftDelete
from simulator.decisions import ALLOW
from simulator.scenario.organisation import Action
from simulator.streams import Constant
from tests.fakes import FakeView, a_request
from tests.scenes import IN_PLACE, honest_work, misuse, scene
from tests.verdicts import ends, outcome

AGENT = FakeView()

PLAIN = SoftDelete()
SHORT = SoftDelete(undo_window=2 * HOUR, actions=("deactivate",))

STORY = scene(misuse=misuse())
SHOWN = (Action("deactivate", "exposes", "console"),)
TO_THE_HORIZON = 11 * HOUR


def noticed(*, after):
    """Build the alert by which somebody notices so much later."""
    return ProtectedChangeAlert(ingest=Constant(after))


def outage_s(*entries, scenario=STORY):
    """Return how long the target is out."""
    return outcome(scenario, *entries).harm.outage_s


COLUMNS = ("control", "asked", "window_s", "fact")
ROWS = [
    # Everything is kept for thirty days,
    pytest.param(
        PLAIN,
        a_request(),
        30 * DAY,
        "deactivate on account-1 can be undone for 30 d, until day 31 15:50",
        id="agent_deactivates",
    ),
    pytest.param(
        PLAIN,
        a_request(action="rename"),
        30 * DAY,
        "rename on account-1 can be undone for 30 d",
        id="agent_renames",
    ),
    # or only what is listed,
    pytest.param(
        SHORT,
        a_request(),
        2 * HOUR,
        "can be undone for 2 h, until 17:50",
        id="agent_deactivates_what_is_listed",
    ),
    pytest.param(
        SHORT,
        a_request(action="rename"),
        0,
        "does not keep rename reversible",
        id="agent_renames_what_is_not_listed",
    ),
    # and after reading there is nothing to undo.
    pytest.param(
        SHORT,
        a_request(action="look-up"),
        0,
        "look-up harms no target",
        id="agent_reads",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_keeps(control, asked, window_s, fact):
    """An action covered stays reversible for the window."""
    assert window_s == control.undo_window_s(asked.action)


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides_nothing(control, asked, window_s, fact):
    """A request is never refused by it."""
    assert control.decide(asked, AGENT) == ALLOW


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, window_s, fact):
    """The sentence names the window."""
    assert fact in control.explain(asked, AGENT)


def test_alone_changes_the_outcome():
    """Once somebody is at it an outage takes a rebuild, and with it an undo."""
    alert = noticed(after=0)

    assert outage_s(alert) == 2 * MINUTE + 2 * HOUR
    assert outage_s(alert, PLAIN) == 2 * MINUTE + 3 * MINUTE


@pytest.mark.parametrize(
    ("entries", "outage"),
    [
        pytest.param((), TO_THE_HORIZON, id="nobody_notices"),
        pytest.param(
            (noticed(after=2 * HOUR),), 4 * HOUR + 2 * MINUTE, id="noticed_too_late"
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(entries, outage):
    """The act takes effect, and the outage lasts where the window is no help."""
    assert ends(STORY, SHORT, *entries) == ends(STORY, *entries)
    assert outage_s(SHORT, *entries) == outage_s(*entries) == outage


def test_outage_lasts_until_somebody_notices():
    """An undo in time comes after the time that it takes to notice."""
    assert outage_s(PLAIN, noticed(after=HOUR)) == HOUR + 2 * MINUTE + 3 * MINUTE


def test_takes_back_what_was_altered_and_not_what_was_shown():
    """A target that was altered is as it was before; what was seen stays seen."""
    altered, shown = (
        scene(misuse=misuse(), actions=actions, horizon=2 * HOUR)
        for actions in (IN_PLACE, SHOWN)
    )

    assert outcome(altered, PLAIN, noticed(after=0)).harm.restored
    assert not outcome(altered, noticed(after=0)).harm.restored
    assert not outcome(shown, PLAIN, noticed(after=0)).harm.restored


def test_costs_honest_work_nothing():
    """Honest work is as it was."""
    scenario = scene(desks=honest_work())

    assert outcome(scenario).friction == outcome(scenario, PLAIN).friction
