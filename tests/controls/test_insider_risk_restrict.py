"""Whose alarms and departure add up to a restriction."""

import pytest
from attrs import evolve

from simulator.alerts import ProtectedChangeAlert
from simulator.clock import DAY, HOUR, MINUTE
from simulator.controls import InsiderRiskRestrict
from simulator.decisions import ALLOW, DENY
from simulator.scenario.misuse import Requirement, Step
from simulator.streams import Constant
from tests.fakes import ACT, FakeView, a_departure, a_request
from tests.scenes import BESIDE, ORGANISATION, attempt, honest_work, misuse, scene
from tests.verdicts import ends, outcome

FLAG = ("insider-risk-restrict flags", "agent-1")


def alarms(*ago, staff="agent-1", leaves=False, **known):
    """Build a view of alarms raised so many seconds before the act, none confirmed."""
    return FakeView(
        alarms_at=tuple((ACT - s, staff, False) for s in ago),
        departures={"agent-1": a_departure()} if leaves else {},
        **known,
    )


DAY_OLD = alarms(DAY, DAY)

PLAIN = InsiderRiskRestrict()
FROM_BUSINESS = InsiderRiskRestrict(from_tier="business")
ONE_POINT = InsiderRiskRestrict(threshold=1)
OUT_OF_REACH = InsiderRiskRestrict(threshold=10**9)
FOR_A_WEEK = InsiderRiskRestrict(window=7 * DAY)
AT_ONCE = InsiderRiskRestrict(time_to_act=0)
TOO_SLOW = InsiderRiskRestrict(time_to_act=30 * DAY)
FAR_TOO_SLOW = InsiderRiskRestrict(time_to_act=10_000 * DAY)
NOT_LEAVERS = InsiderRiskRestrict(threshold=1, departure_points=0)
ALL_LEAVERS = InsiderRiskRestrict(departure_points=2)
A_FEW_WRONGLY = InsiderRiskRestrict(flagged_wrongly=0.1)
ALL_WRONGLY = InsiderRiskRestrict(flagged_wrongly=1)

COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # Two alarms restrict a person, one does not.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        DAY_OLD,
        DENY,
        "agent-1 scores 2 of 2 points: 2 for alarms 1 h to 30 d old, 0 for a departure",
        id="agent_deactivates_protected_after_two_alarms",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        alarms(DAY),
        ALLOW,
        "agent-1 scores 1 of 2 points: 1 for alarms",
        id="agent_deactivates_protected_after_one_alarm",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        alarms(DAY, DAY, staff="agent-2"),
        ALLOW,
        "agent-1 scores 0 of 2 points",
        id="agent_deactivates_protected_after_alarms_about_a_colleague",
    ),
    pytest.param(
        ONE_POINT,
        a_request(tier="protected"),
        alarms(DAY),
        DENY,
        "agent-1 scores 1 of 1 points",
        id="agent_deactivates_protected_where_one_alarm_is_enough",
    ),
    pytest.param(
        OUT_OF_REACH,
        a_request(tier="protected"),
        DAY_OLD,
        ALLOW,
        "agent-1 scores 2 of 1000000000 points",
        id="agent_deactivates_protected_where_nothing_is_enough",
    ),
    # Only harmful actions on the tiers covered are restricted.
    pytest.param(
        PLAIN,
        a_request(tier="business"),
        DAY_OLD,
        ALLOW,
        "asks only for targets of tier protected; this one is business",
        id="restricted_agent_deactivates_business",
    ),
    pytest.param(
        FROM_BUSINESS,
        a_request(tier="business"),
        DAY_OLD,
        DENY,
        "agent-1 scores 2 of 2 points",
        id="restricted_agent_deactivates_business_that_is_covered",
    ),
    pytest.param(
        FROM_BUSINESS,
        a_request(tier="ordinary"),
        DAY_OLD,
        ALLOW,
        "of tier business or above; this one is ordinary",
        id="restricted_agent_deactivates_ordinary",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected", action="look-up"),
        DAY_OLD,
        ALLOW,
        "look-up harms no target",
        id="restricted_agent_reads_protected",
    ),
    # An alarm counts after the time to act, and until it is as old as the window.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        alarms(DAY, HOUR),
        DENY,
        "2 for alarms",
        id="agent_acts_an_hour_after_the_second_alarm",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        alarms(DAY, HOUR - 1),
        ALLOW,
        "1 for alarms",
        id="agent_acts_within_an_hour_of_the_second_alarm",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        alarms(DAY, 30 * DAY - 1),
        DENY,
        "2 for alarms",
        id="agent_acts_while_the_first_alarm_counts",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        alarms(DAY, 30 * DAY),
        ALLOW,
        "1 for alarms",
        id="agent_acts_when_the_first_alarm_counts_no_more",
    ),
    pytest.param(
        FOR_A_WEEK,
        a_request(tier="protected"),
        alarms(DAY, 7 * DAY - 1),
        DENY,
        "2 for alarms 1 h to 7 d old",
        id="agent_acts_within_a_week_of_both_alarms",
    ),
    pytest.param(
        FOR_A_WEEK,
        a_request(tier="protected"),
        alarms(DAY, 7 * DAY),
        ALLOW,
        "1 for alarms 1 h to 7 d old",
        id="agent_acts_a_week_after_the_first_alarm",
    ),
    pytest.param(
        AT_ONCE,
        a_request(tier="protected"),
        alarms(0, 0),
        DENY,
        "2 for alarms 0 s to 30 d old",
        id="agent_acts_in_the_second_of_both_alarms",
    ),
    pytest.param(
        AT_ONCE,
        a_request(tier="protected"),
        alarms(0, -1),
        ALLOW,
        "1 for alarms",
        id="agent_acts_before_the_second_alarm",
    ),
    pytest.param(
        TOO_SLOW,
        a_request(tier="protected"),
        alarms(DAY, 30 * DAY - 1, 30 * DAY),
        ALLOW,
        "0 for alarms 30 d to 30 d old",
        id="agent_acts_where_alarms_count_too_late",
    ),
    # A known departure counts too, as much as is set.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        alarms(DAY, leaves=True),
        DENY,
        "agent-1 scores 2 of 2 points: 1 for alarms 1 h to 30 d old, 1 for a departure",
        id="leaver_acts_after_one_alarm",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        alarms(leaves=True),
        ALLOW,
        "agent-1 scores 1 of 2 points",
        id="leaver_acts_without_an_alarm",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        FakeView(
            alarms_at=((ACT - DAY, "agent-1", False),),
            departures={"agent-1": a_departure(known_from=ACT + 1)},
        ),
        ALLOW,
        "0 for a departure",
        id="leaver_acts_before_being_entered",
    ),
    pytest.param(
        ALL_LEAVERS,
        a_request(tier="protected"),
        alarms(leaves=True),
        DENY,
        "agent-1 scores 2 of 2 points",
        id="leaver_acts_where_leaving_is_enough",
    ),
    pytest.param(
        NOT_LEAVERS,
        a_request(tier="protected"),
        alarms(leaves=True),
        ALLOW,
        "agent-1 scores 0 of 1 points",
        id="leaver_acts_where_leaving_does_not_count",
    ),
    pytest.param(
        FAR_TOO_SLOW,
        a_request(tier="protected"),
        alarms(DAY, DAY, leaves=True),
        ALLOW,
        "agent-1 scores 1 of 2 points",
        id="leaver_acts_where_no_alarm_ever_counts",
    ),
    # Some are flagged without cause, or all.
    pytest.param(
        A_FEW_WRONGLY,
        a_request(tier="protected"),
        FakeView(within=frozenset({FLAG})),
        DENY,
        "agent-1 is flagged without cause, whatever the score",
        id="agent_is_flagged_without_cause",
    ),
    pytest.param(
        A_FEW_WRONGLY,
        a_request(tier="protected", staff="agent-2"),
        FakeView(within=frozenset({FLAG})),
        ALLOW,
        "agent-2 scores 0 of 2 points",
        id="colleague_is_not_flagged",
    ),
    pytest.param(
        A_FEW_WRONGLY,
        a_request(tier="business"),
        FakeView(within=frozenset({FLAG})),
        ALLOW,
        "this one is business",
        id="flagged_agent_deactivates_business",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        FakeView(within=frozenset({FLAG})),
        ALLOW,
        "agent-1 scores 0 of 2 points",
        id="agent_is_in_a_share_of_nobody",
    ),
    pytest.param(
        ALL_WRONGLY,
        a_request(tier="protected"),
        FakeView(),
        DENY,
        "agent-1 is flagged without cause",
        id="everybody_is_flagged_without_cause",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A harmful action on a high tier is denied from a risk score on."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence


class Subtracting(FakeView):
    """Counts alarms as an index does that subtracts, so that a reversed span shows."""

    def alarms(self, staff, *, since, until, confirmed=False):
        """Count up to the end, less those before the start."""
        return sum(at < until for at, *_ in self.alarms_at) - sum(
            at < since for at, *_ in self.alarms_at
        )


def test_asks_about_no_reversed_span():
    """A time to act beyond the window lets no alarm count, and takes none away."""
    view = Subtracting(
        alarms_at=((ACT - 31 * DAY, "agent-1", False),),
        departures={"agent-1": a_departure()},
    )

    sentence = FAR_TOO_SLOW.explain(a_request(tier="protected"), view)

    assert "agent-1 scores 1 of 2 points: 0 for alarms" in sentence


ALERT = ProtectedChangeAlert(ingest=Constant(0))


def acts(*, times=2, every=2 * HOUR, through="own-session", who=None):
    """Build a scene in which somebody acts again, and no alarm is believed."""
    step = Step((attempt(through=through),), times=times, every=Constant(every))
    return scene(
        credentials=BESIDE,
        misuse=evolve(misuse(who=who), plan=(step,)),
        response=evolve(ORGANISATION.response, confirms=0.0),
    )


@pytest.mark.parametrize(
    ("control", "alarms", "scenario", "verdict"),
    [
        pytest.param(ONE_POINT, (), acts(times=1), "stopped", id="for_the_departure"),
        pytest.param(PLAIN, (ALERT,), acts(), "limited", id="leaver_after_one_alarm"),
        pytest.param(
            PLAIN,
            (ALERT,),
            acts(times=3, who=Requirement(role="lead")),
            "limited",
            id="somebody_who_stays_after_two",
        ),
        pytest.param(
            ALL_WRONGLY, (), acts(times=1), "stopped", id="flagged_without_a_cause"
        ),
    ],
)
def test_alone_changes_the_outcome(control, alarms, scenario, verdict):
    """A person of risk does no harm on the tier; alarms need not be believed."""
    assert ends(scenario, *alarms) == ("missed", "")
    assert ends(scenario, *alarms, control) == (verdict, "insider-risk-restrict")


@pytest.mark.parametrize(
    ("control", "alarms", "scenario"),
    [
        # There must be cause enough, and some time since,
        pytest.param(PLAIN, (ALERT,), acts(times=1), id="first_act"),
        pytest.param(
            PLAIN, (ALERT,), acts(times=9, every=5 * MINUTE), id="acts_that_follow_soon"
        ),
        pytest.param(PLAIN, (), acts(times=5), id="nobody_raises_an_alarm"),
        # and it is held against the name it was about.
        pytest.param(
            ONE_POINT, (), acts(through="colleague-session"), id="colleagues_session"
        ),
        pytest.param(ONE_POINT, (), acts(through="shared-secret"), id="shared_secret"),
    ],
)
def test_what_it_does_not_stop_goes_through(control, alarms, scenario):
    """Whoever is not known for a risk by then does as without the control."""
    assert ends(scenario, *alarms) == ("missed", "")
    assert ends(scenario, *alarms, control) == ("missed", "")


@pytest.mark.parametrize(
    ("control", "alarms"),
    [
        pytest.param(PLAIN, (ALERT,), id="false_alarms"),
        pytest.param(ALL_WRONGLY, (), id="flags_without_cause"),
    ],
)
def test_refuses_honest_work(control, alarms):
    """People of whom nothing is true are restricted too."""
    work = scene(desks=honest_work())

    assert outcome(work, *alarms).friction.refused == 0
    assert outcome(work, *alarms, control).friction.refused > 0
