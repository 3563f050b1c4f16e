"""Which logins cannot be tied to one person."""

import pytest

from simulator.alerts import SharedAccountUse
from simulator.clock import HOUR
from simulator.decisions import DENY, Alert
from simulator.streams import Constant
from tests.fakes import FakeView, a_requested, an_executed
from tests.scenes import BESIDE, attempt, honest_work, misuse, scene
from tests.verdicts import ends, outcome

SHARED = FakeView(shared=frozenset({"agent-1"}))
CHECKED_OUT = FakeView(
    shared=frozenset({"agent-1"}),
    within=frozenset({("shared-account-use checked out", "r1")}),
)
SIGNAL = Alert("agent-1", "account-1", Constant(60))

PLAIN = SharedAccountUse()
SLOW = SharedAccountUse(ingest=Constant(HOUR))
HALF_LOGGED = SharedAccountUse(checked_out=0.5)
ALL_LOGGED = SharedAccountUse(checked_out=1.0)

COLUMNS = ("alert", "record", "view", "signal", "fact")
ROWS = [
    # A login of many raises an alarm, that of one person does not.
    pytest.param(
        PLAIN,
        a_requested(),
        SHARED,
        SIGNAL,
        "agent-1 is a login tied to no one person: fires after 1 min on average",
        id="somebody_uses_a_shared_login",
    ),
    pytest.param(
        PLAIN,
        a_requested(staff="agent-2"),
        SHARED,
        None,
        "agent-2 is the login of one person",
        id="agent_uses_the_own_login",
    ),
    # So it does for every request, and not again for its effect.
    pytest.param(
        PLAIN,
        a_requested(action="look-up"),
        SHARED,
        SIGNAL,
        "tied to no one person",
        id="somebody_reads_with_a_shared_login",
    ),
    pytest.param(
        PLAIN,
        a_requested(decision=DENY),
        SHARED,
        SIGNAL,
        "tied to no one person",
        id="somebody_is_denied_with_a_shared_login",
    ),
    pytest.param(
        PLAIN,
        an_executed(),
        SHARED,
        None,
        "looks at requests when they are made",
        id="shared_login_took_down_what_was_asked_for",
    ),
    # A check-out log ties single uses to a person.
    pytest.param(
        HALF_LOGGED,
        a_requested(),
        CHECKED_OUT,
        None,
        "the check-out log says who used it",
        id="somebody_checks_a_shared_login_out",
    ),
    pytest.param(
        HALF_LOGGED,
        a_requested(request="r2"),
        CHECKED_OUT,
        SIGNAL,
        "tied to no one person: fires",
        id="somebody_does_not_the_next_time",
    ),
    pytest.param(
        PLAIN,
        a_requested(),
        CHECKED_OUT,
        SIGNAL,
        "tied to no one person: fires",
        id="somebody_uses_a_shared_login_where_none_is_logged",
    ),
    pytest.param(
        ALL_LOGGED,
        a_requested(),
        SHARED,
        None,
        "the check-out log says who used it",
        id="somebody_uses_a_shared_login_where_all_is_logged",
    ),
    pytest.param(
        SLOW,
        a_requested(),
        SHARED,
        Alert("agent-1", "account-1", Constant(HOUR)),
        "fires after 1 h on average",
        id="somebody_uses_a_shared_login_where_logs_are_slow",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, signal, fact):
    """A use of a login that is tied to nobody raises an alarm."""
    raised = alert.watch(record, view)

    assert signal == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, signal, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence


# Whole scenes: what it changes alone, and what goes through.

BY_MANY = scene(misuse=misuse(attempt(through="shared-secret")))
BY_NOBODY = scene(misuse=misuse(attempt(through="shadow-account")), credentials=BESIDE)


@pytest.mark.parametrize("scenario", [BY_MANY, BY_NOBODY])
def test_alone_changes_the_outcome(scenario):
    """Whoever hides behind a login of many, or of nobody, is found out."""
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, PLAIN) == ("caught", "shared-account-use")


@pytest.mark.parametrize(
    ("scenario", "alert", "ending"),
    [
        pytest.param(
            BY_MANY, PLAIN, ("caught", "shared-account-use"), id="the_act_itself"
        ),
        pytest.param(scene(misuse=misuse()), PLAIN, ("missed", ""), id="own_login"),
        pytest.param(
            scene(misuse=misuse(attempt(through="colleague-session"))),
            PLAIN,
            ("missed", ""),
            id="login_of_a_colleague",
        ),
        pytest.param(BY_MANY, ALL_LOGGED, ("missed", ""), id="checked_out"),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, alert, ending):
    """The act takes effect, and nobody wonders about a login tied to a person."""
    assert ending == ends(scenario, alert)


@pytest.mark.parametrize(
    ("share", "alert", "alarms_each"),
    [(1.0, PLAIN, 1), (1.0, ALL_LOGGED, 0), (0.0, PLAIN, 0)],
)
def test_cost_is_true(share, alert, alarms_each):
    """Every honest use of a shared login is a false alarm unless it is checked out."""
    desks = honest_work(shared_login="shared-desk", shared_share=share)
    friction = outcome(scene(desks=desks), alert).friction

    assert friction.requests > 0
    assert friction.requests * alarms_each == friction.false_alarms
