"""When the roster lets a person act."""

import pytest
from attrs import evolve

from simulator.clock import DAY, HOUR, MINUTE, Span, TimeOfDay
from simulator.controls import ShiftHours
from simulator.decisions import ALLOW, DENY
from simulator.scenario.organisation import ShiftPattern
from simulator.streams import Constant
from tests.fakes import FakeView, a_request
from tests.scenes import (
    ORGANISATION,
    attempt,
    honest_work,
    kind,
    leaver,
    misuse,
    scene,
)
from tests.verdicts import ends, outcome

DAY_SHIFT = FakeView(rosters={"agent-1": (Span(9 * HOUR, 17 * HOUR),)})
DAY_OFF = FakeView(rosters={"agent-1": ()})

PLAIN = ShiftHours()
EXACT = ShiftHours(tolerance=0)
SLOPPY = ShiftHours(roster_wrong=0.1)


def lost(*days, start=9 * HOUR, end=17 * HOUR):
    """Build the view of a daily shift that the roster lacks on some days."""
    shifts = tuple(Span(day * DAY + start, day * DAY + end) for day in range(3))
    entries = frozenset(("shift-hours roster", f"agent-1 {day}") for day in days)
    return FakeView(rosters={"agent-1": shifts}, within=entries)


def act(*, at, through="own-session", **organisation):
    """Build the scene of an act at an instant, through some access."""
    return scene(misuse=misuse(attempt(through=through), at=at), **organisation)


def works_on(day):
    """Build the shifts and the staff where the leaver works on one day of the week."""
    own = ShiftPattern("own", (day,), TimeOfDay(8 * HOUR), TimeOfDay(16 * HOUR))
    return {
        "shifts": (*ORGANISATION.shifts, own),
        "staff": (evolve(leaver(separation=4 * DAY), shift="own"),),
    }


COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # On the shift it is allowed, on a day off not.
    pytest.param(
        PLAIN,
        a_request(),
        DAY_OFF,
        DENY,
        "the roster has no shift of agent-1 at 15:50, give or take 30 min",
        id="agent_deactivates_on_a_day_off",
    ),
    pytest.param(
        PLAIN,
        a_request(),
        DAY_SHIFT,
        ALLOW,
        "the rostered shift from 09:00 to 17:00 covers it",
        id="agent_deactivates_on_shift",
    ),
    # Half an hour of overtime is tolerated.
    pytest.param(
        PLAIN,
        a_request(at=17 * HOUR + 30 * MINUTE),
        DAY_SHIFT,
        DENY,
        "no shift of agent-1 at 17:30",
        id="agent_deactivates_after_overtime",
    ),
    pytest.param(
        PLAIN,
        a_request(at=17 * HOUR + 30 * MINUTE - 1),
        DAY_SHIFT,
        ALLOW,
        "the rostered shift from 09:00 to 17:00",
        id="agent_deactivates_in_overtime",
    ),
    # Without tolerance the end of the shift is off shift, its start on.
    pytest.param(
        EXACT,
        a_request(at=17 * HOUR),
        DAY_SHIFT,
        DENY,
        "no shift of agent-1 at 17:00, give or take 0 s",
        id="agent_deactivates_at_the_end",
    ),
    pytest.param(
        EXACT,
        a_request(at=9 * HOUR),
        DAY_SHIFT,
        ALLOW,
        "the rostered shift from 09:00",
        id="agent_deactivates_at_the_start",
    ),
    # Reading harms nothing, changing does.
    pytest.param(
        PLAIN,
        a_request(action="rename"),
        DAY_OFF,
        DENY,
        "no shift of agent-1",
        id="agent_renames_on_a_day_off",
    ),
    pytest.param(
        PLAIN,
        a_request(action="look-up"),
        DAY_OFF,
        ALLOW,
        "look-up harms no target",
        id="agent_reads_on_a_day_off",
    ),
    # A roster may lack a shift, and then lacks the whole of it.
    pytest.param(
        SLOPPY,
        a_request(),
        lost(0),
        DENY,
        "the roster is wrong: it lacks the shift from 09:00 to 17:00",
        id="agent_deactivates_on_a_shift_nobody_entered",
    ),
    pytest.param(
        SLOPPY,
        a_request(at=DAY + 10 * HOUR),
        lost(0),
        ALLOW,
        "the rostered shift from day 2 09:00",
        id="agent_deactivates_on_the_shift_after",
    ),
    pytest.param(
        SLOPPY,
        a_request(at=DAY + 2 * HOUR),
        lost(0, start=22 * HOUR, end=30 * HOUR),
        DENY,
        "it lacks the shift from 22:00 to day 2 06:00",
        id="agent_deactivates_after_midnight_of_a_lost_night",
    ),
    pytest.param(
        SLOPPY,
        a_request(at=DAY + 2 * HOUR),
        lost(1, start=22 * HOUR, end=30 * HOUR),
        ALLOW,
        "the rostered shift from 22:00 to day 2 06:00",
        id="agent_deactivates_in_the_night_before_a_lost_one",
    ),
    pytest.param(
        SLOPPY,
        a_request(action="look-up"),
        lost(0),
        ALLOW,
        "look-up harms no target",
        id="agent_reads_on_a_shift_nobody_entered",
    ),
    # Whose roster is always right has lost nothing, whose is always wrong all.
    pytest.param(
        PLAIN,
        a_request(),
        lost(0),
        ALLOW,
        "the rostered shift from 09:00 to 17:00",
        id="agent_deactivates_by_a_roster_without_gaps",
    ),
    pytest.param(
        ShiftHours(roster_wrong=1),
        a_request(),
        lost(),
        DENY,
        "the roster is wrong",
        id="agent_deactivates_by_an_empty_roster",
    ),
    pytest.param(
        SLOPPY,
        a_request(staff="agent-2"),
        lost(0),
        ALLOW,
        "the rostered shift",
        id="colleague_deactivates_on_an_own_shift",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A harmful action outside the rostered shift is denied."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(act(at=11 * HOUR, **works_on("mon")), id="at_night"),
        pytest.param(act(at=HOUR, **works_on("tue")), id="on_a_day_off"),
        pytest.param(
            act(at=2 * HOUR, staff=(leaver(separation=HOUR),)),
            id="after_the_last_shift",
        ),
        pytest.param(act(at=HOUR, through="shared-secret"), id="login_without_a_shift"),
    ],
)
def test_alone_changes_the_outcome(scenario):
    """Access works at any hour, and with it only on the shift of the login."""
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, PLAIN) == ("stopped", "shift-hours")


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(act(at=HOUR), id="on_shift"),
        pytest.param(act(at=8 * HOUR - 1), id="last_second_of_the_last_shift"),
        pytest.param(
            act(
                at=2 * HOUR,
                through="colleague-session",
                staff=(leaver(separation=HOUR),),
            ),
            id="session_of_a_colleague_on_shift",
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario):
    """What is done on shift goes through, to the last second, for anybody there."""
    assert ends(scenario, EXACT) == ends(scenario) == ("missed", "")


@pytest.mark.parametrize(
    ("control", "desks"),
    [
        pytest.param(
            ShiftHours(roster_wrong=1), honest_work(), id="stand_ins_off_the_roster"
        ),
        pytest.param(
            PLAIN,
            honest_work(shared_login="shared-desk", shared_share=1.0),
            id="shared_login",
        ),
    ],
)
def test_costs_honest_work_without_a_shift(control, desks):
    """All honest work is refused of those whom the roster does not show."""
    paid = outcome(scene(desks=desks), control).friction

    assert paid.refused == paid.requests > 0


def test_costs_overtime():
    """Honest work that lasts beyond the shift is refused at its end."""
    long = kind(tier="protected", handling=Constant(3 * HOUR))
    scenario = scene(desks=honest_work(long))

    assert outcome(scenario).friction.refused == 0
    assert outcome(scenario, PLAIN).friction.refused == 3
