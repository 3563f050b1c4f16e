"""Where the cut-off lies, and for whom."""

import pytest
from attrs import evolve

from simulator.clock import DAY, HOUR, MINUTE
from simulator.controls import LastDayCutoff
from simulator.decisions import ALLOW, DENY
from simulator.scenario.organisation import Registry
from simulator.streams import Constant
from tests.fakes import ACT, FakeView, a_departure, a_request
from tests.scenes import (
    BESIDE,
    NEVER_ENTERED,
    ORGANISATION,
    attempt,
    honest_work,
    misuse,
    scene,
)
from tests.verdicts import ends, outcome

LEAVER = FakeView(departures={"agent-1": a_departure(17 * HOUR)})
NIGHT_LEAVER = FakeView(departures={"agent-1": a_departure(6 * HOUR)})
LATE_ENTRY = FakeView(
    departures={"agent-1": a_departure(known_from=ACT + HOUR)},
    employments={"agent-1": "contractor"},
)

PLAIN = LastDayCutoff()
QUARTER_HOUR = LastDayCutoff(before_end=15 * MINUTE)
AT_TEN = LastDayCutoff(at=10 * HOUR)

COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # Eight hours before 17:00 is 09:00; the cut-off itself is cut off.
    pytest.param(
        PLAIN,
        a_request(at=9 * HOUR),
        LEAVER,
        DENY,
        "the cut-off at 09:00 is 0 s before the act",
        id="leaver_deactivates_at_cutoff",
    ),
    pytest.param(
        PLAIN,
        a_request(at=9 * HOUR - 1),
        LEAVER,
        ALLOW,
        "the cut-off at 09:00 is 1 s after the act",
        id="leaver_deactivates_a_second_before_cutoff",
    ),
    # It lasts, for leavers and for nobody else.
    pytest.param(
        PLAIN,
        a_request(at=17 * HOUR + 30 * DAY),
        LEAVER,
        DENY,
        "the cut-off at 09:00 is 30 d 8 h before the act",
        id="leaver_comes_back_a_month_later",
    ),
    pytest.param(
        PLAIN,
        a_request(staff="agent-2"),
        LEAVER,
        ALLOW,
        "no registry entry: systems do not know that this employee leaves",
        id="colleague_deactivates_on_the_same_day",
    ),
    # Every tier is covered, and no reading.
    pytest.param(
        PLAIN,
        a_request(tier="ordinary"),
        LEAVER,
        DENY,
        "the cut-off at 09:00 is 6 h 50 min before the act",
        id="leaver_deactivates_ordinary",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="ordinary", action="look-up"),
        LEAVER,
        ALLOW,
        "look-up harms no target",
        id="leaver_reads_ordinary",
    ),
    # A late entry is no entry.
    pytest.param(
        PLAIN,
        a_request(at=ACT + HOUR),
        LATE_ENTRY,
        DENY,
        "the cut-off at 09:00 is 7 h 50 min before the act",
        id="contractor_deactivates_after_late_entry",
    ),
    pytest.param(
        PLAIN,
        a_request(),
        LATE_ENTRY,
        ALLOW,
        "no registry entry: systems do not know that this contractor leaves",
        id="contractor_deactivates_before_late_entry",
    ),
    # The distance is a setting.
    pytest.param(
        QUARTER_HOUR,
        a_request(at=16 * HOUR + 45 * MINUTE),
        LEAVER,
        DENY,
        "the cut-off at 16:45",
        id="leaver_deactivates_in_last_minutes",
    ),
    pytest.param(
        QUARTER_HOUR,
        a_request(),
        LEAVER,
        ALLOW,
        "the cut-off at 16:45 is 55 min after the act",
        id="leaver_deactivates_long_before_late_cutoff",
    ),
    # A time of day counts on the last working day.
    pytest.param(
        AT_TEN,
        a_request(at=10 * HOUR),
        LEAVER,
        DENY,
        "the cut-off at 10:00 is 0 s before the act",
        id="leaver_deactivates_at_ten",
    ),
    pytest.param(
        AT_TEN,
        a_request(at=10 * HOUR - 1),
        LEAVER,
        ALLOW,
        "the cut-off at 10:00 is 1 s after the act",
        id="leaver_deactivates_before_ten",
    ),
    # It is never later than the separation, such as after a last night shift.
    pytest.param(
        AT_TEN,
        a_request(at=6 * HOUR),
        NIGHT_LEAVER,
        DENY,
        "the cut-off at 06:00",
        id="night_leaver_deactivates_after_last_shift",
    ),
    pytest.param(
        AT_TEN,
        a_request(at=6 * HOUR - 1),
        NIGHT_LEAVER,
        ALLOW,
        "the cut-off at 06:00",
        id="night_leaver_deactivates_on_last_shift",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A known leaver's harmful action is denied from the cut-off on."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence


LAST_HOUR = LastDayCutoff(before_end=HOUR)


def last_day(*, at=7 * HOUR + MINUTE, through="own-session", **organisation):
    """Build a scene on the last day; the separation is at 8 h."""
    return scene(
        misuse=misuse(attempt(through=through), at=at),
        credentials=BESIDE,
        **organisation,
    )


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        pytest.param(PLAIN, last_day(at=MINUTE), id="first_minutes_of_the_last_shift"),
        pytest.param(LAST_HOUR, last_day(), id="last_hour"),
        pytest.param(LAST_HOUR, last_day(at=10 * HOUR), id="after_the_separation"),
        pytest.param(
            LastDayCutoff(at=10 * HOUR), last_day(at=2 * HOUR), id="at_a_set_time"
        ),
    ],
)
def test_alone_changes_the_outcome(control, scenario):
    """A leaver does no more harm from the cut-off on."""
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, control) == ("stopped", "last-day-cutoff")


@pytest.mark.parametrize(
    "scenario",
    [
        # A leaver must be known as one,
        pytest.param(
            last_day(registries=(Registry("contractor", Constant(DAY), 0.0),)),
            id="leaver_who_is_not_entered_yet",
        ),
        pytest.param(last_day(registries=NEVER_ENTERED), id="leaver_nobody_enters"),
        # be late enough,
        pytest.param(last_day(at=7 * HOUR - 1), id="before_the_cutoff"),
        # and act under the own name.
        pytest.param(last_day(through="colleague-session"), id="colleagues_session"),
        pytest.param(last_day(through="shared-secret"), id="shared_secret"),
        pytest.param(last_day(through="shadow-account"), id="account_without_owner"),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario):
    """What cannot be told from honest work, or comes sooner, is as without it."""
    assert ends(scenario) == ends(scenario, LAST_HOUR) == ("missed", "")


def test_refuses_honest_work_of_leavers():
    """A leaver's honest harmful work is refused from the cut-off on."""
    crew, *others = ORGANISATION.teams
    work = scene(teams=(evolve(crew, size=0), *others), desks=honest_work())

    paid = outcome(work, PLAIN).friction

    assert outcome(work).friction.refused == 0
    assert paid.refused == paid.requests > 0
