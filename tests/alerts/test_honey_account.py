"""Which requests touch a decoy, and how surely."""

import pytest

from simulator.alerts import HoneyAccount
from simulator.clock import HOUR, MINUTE
from simulator.decisions import DENY, Alert
from simulator.scenario.misuse import Target
from simulator.scenario.organisation import Action, Entitlement, Role
from simulator.streams import Constant
from tests.fakes import FakeView, a_requested, an_executed
from tests.scenes import (
    ORGANISATION,
    again,
    attempt,
    honest_work,
    kind,
    misuse,
    plan,
    scene,
)
from tests.verdicts import ends, outcome

VIEW = FakeView()
OWNED_BY_NOBODY = FakeView(decoys=frozenset({"account-1"}))
PICKED_UNSEEN = FakeView(swept_decoys=frozenset({"account-1"}))

PLAIN = HoneyAccount()
SLOW = HoneyAccount(ingest=Constant(HOUR))
NAMED = HoneyAccount(decoys=("account-1", "account-9"), share=0.0)
NONE = HoneyAccount(share=0.0)
HALF = HoneyAccount(share=0.5)
ALL = HoneyAccount(share=1.0)


def signal(chance=1.0, ingest_s=60):
    """Build the signal of a request that hits a decoy with some chance."""
    return Alert("agent-1", "account-1", Constant(ingest_s), chance=chance, urgent=True)


COLUMNS = ("alert", "record", "view", "signal", "fact")
ROWS = [
    # A decoy raises an alarm, any other target does not.
    pytest.param(
        PLAIN,
        a_requested(),
        PICKED_UNSEEN,
        signal(),
        "account-1 is a decoy: fires after 1 min on average",
        id="agent_picks_a_decoy",
    ),
    pytest.param(
        PLAIN,
        a_requested(target="account-2"),
        PICKED_UNSEEN,
        None,
        "account-2 is no decoy",
        id="agent_picks_another_target",
    ),
    pytest.param(
        PLAIN,
        a_requested(action="look-up", decision=DENY),
        PICKED_UNSEEN,
        signal(),
        "account-1 is a decoy",
        id="agent_is_refused_to_read_a_decoy",
    ),
    pytest.param(
        PLAIN,
        an_executed(),
        PICKED_UNSEEN,
        None,
        "looks at requests when they are made",
        id="agent_took_a_decoy_down",
    ),
    # Without a share, decoys are those that are named or that nobody owns.
    pytest.param(
        NONE,
        a_requested(),
        PICKED_UNSEEN,
        None,
        "account-1 is no decoy",
        id="agent_picks_a_target_where_no_decoys_are_sown",
    ),
    pytest.param(
        NONE,
        a_requested(),
        OWNED_BY_NOBODY,
        signal(),
        "account-1 is a decoy",
        id="agent_finds_a_decoy_that_nobody_owns",
    ),
    pytest.param(
        NAMED,
        a_requested(),
        VIEW,
        signal(),
        "account-1 is a decoy",
        id="agent_finds_a_decoy_that_is_listed",
    ),
    pytest.param(
        NAMED,
        a_requested(target="account-2"),
        VIEW,
        None,
        "account-2 is no decoy",
        id="agent_finds_a_target_that_is_not_listed",
    ),
    # Many targets hit one by chance: half of the others are decoys, or all, or none.
    pytest.param(
        HALF,
        a_requested(size=2),
        VIEW,
        signal(0.5),
        "account-1 is no decoy, and one of 1 more that are touched is with a chance "
        "of 50%",
        id="script_touches_two",
    ),
    pytest.param(
        HALF,
        a_requested(size=4),
        VIEW,
        signal(0.875),
        "one of 3 more that are touched is with a chance of 87.5%",
        id="script_touches_four",
    ),
    pytest.param(
        HALF,
        a_requested(size=1),
        VIEW,
        None,
        "account-1 is no decoy",
        id="script_touches_one",
    ),
    pytest.param(
        HALF,
        a_requested(size=4),
        PICKED_UNSEEN,
        signal(),
        "account-1 is a decoy",
        id="script_touches_four_and_names_a_decoy",
    ),
    pytest.param(
        ALL,
        a_requested(size=2),
        VIEW,
        signal(),
        "with a chance of 100%",
        id="script_touches_two_where_all_are_decoys",
    ),
    pytest.param(
        NAMED,
        a_requested(size=1_000_000, target="account-2"),
        VIEW,
        None,
        "with a chance of 0%",
        id="script_touches_a_million_where_no_decoys_are_sown",
    ),
    pytest.param(
        PLAIN,
        a_requested(size=1_000_000),
        VIEW,
        signal(),
        "one of 999999 more that are touched is with a chance of 100%",
        id="script_touches_a_million",
    ),
    pytest.param(
        SLOW,
        a_requested(),
        PICKED_UNSEEN,
        signal(ingest_s=HOUR),
        "fires after 1 h on average",
        id="agent_picks_a_decoy_where_logs_are_slow",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, signal, fact):
    """A request raises an alarm as surely as it touches a decoy."""
    raised = alert.watch(record, view)

    assert signal == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, signal, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence


# Whole scenes: what it changes alone, and what goes through.

TEN_MINUTES = Constant(10 * MINUTE)
LOOK_UP = Action("look-up", "reads", "console")
MAY_LOOK_UP = Role("agent", (Entitlement(("deactivate", "look-up"), "protected"),))
DECOY = HoneyAccount(decoys=("decoy",), share=0.0)
MASS_ACT = attempt(batch=1_000)


def browsing(first):
    """Build a scene in which somebody looks at one target, then acts on another."""
    return scene(
        misuse=plan(attempt(action="look-up", target=first), attempt(wait=TEN_MINUTES)),
        targets=tuple(
            Target(name, "protected") for name in ("decoy", "singer", "celebrity")
        ),
        actions=(*ORGANISATION.actions, LOOK_UP),
        roles=(MAY_LOOK_UP, *ORGANISATION.roles[1:]),
    )


@pytest.mark.parametrize(
    ("scenario", "alert", "verdict"),
    [
        pytest.param(browsing("decoy"), DECOY, "limited", id="browses"),
        pytest.param(scene(misuse=again(40, MINUTE)), ALL, "limited", id="sweeps"),
        pytest.param(scene(misuse=misuse(MASS_ACT)), ALL, "caught", id="acts_on_many"),
    ],
)
def test_alone_changes_the_outcome(scenario, alert, verdict):
    """Whoever browses or picks from a list meets a decoy, and is found out."""
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, alert) == (verdict, "honey-account")


@pytest.mark.parametrize(
    ("scenario", "alert", "ending"),
    [
        pytest.param(
            scene(misuse=misuse(MASS_ACT)),
            ALL,
            ("caught", "honey-account"),
            id="the_act_itself",
        ),
        pytest.param(scene(misuse=misuse()), ALL, ("missed", ""), id="one_in_mind"),
        pytest.param(
            scene(misuse=again(40, MINUTE, on="same-target")),
            ALL,
            ("missed", ""),
            id="one_in_mind_over_and_over",
        ),
        pytest.param(
            browsing("singer"), DECOY, ("missed", ""), id="somebody_knows_the_decoy"
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, alert, ending):
    """The act takes effect, and targets in mind are no decoys."""
    assert ending == ends(scenario, alert)


@pytest.mark.parametrize(("size", "alarms_each"), [(2, 1), (1, 0)])
def test_cost_is_true(size, alarms_each):
    """Honest work that touches many targets at once meets decoys too."""
    desks = honest_work(kind(batch=size))
    friction = outcome(scene(desks=desks), ALL).friction

    assert friction.requests > 0
    assert friction.requests * alarms_each == friction.false_alarms
