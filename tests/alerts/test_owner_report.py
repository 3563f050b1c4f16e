"""Which owners tell that their target is gone."""

import pytest
from attrs import evolve

from simulator.alerts import OwnerReport, ProtectedChangeAlert
from simulator.decisions import Alert
from simulator.streams import Constant
from tests.fakes import FakeView, a_requested, an_executed
from tests.scenes import IN_PLACE, ORGANISATION, misuse, scene
from tests.verdicts import ends, outcome

FAMOUS = FakeView(watched=frozenset({"account-1"}), audiences={"account-1": 1_000_000})
LESS_FAMOUS = FakeView(
    watched=frozenset({"account-1"}), audiences={"account-1": 999_999}
)
UNLISTED = FakeView(audiences={"account-1": 1_000_000})

TEN_MINUTES = OwnerReport(delay=Constant(600))


def signal(*, urgent):
    """Build the signal of an owner."""
    return Alert(
        target="account-1",
        delay=Constant(600),
        while_out=True,
        once_per_target=True,
        urgent=urgent,
    )


COLUMNS = ("alert", "record", "view", "expected", "fact")
ROWS = [
    # The owner of a target on the list has somebody to call.
    pytest.param(
        TEN_MINUTES,
        an_executed(),
        FAMOUS,
        signal(urgent=True),
        "the owner of account-1 tells after 10 min on average",
        id="agent_took_listed_target_down",
    ),
    pytest.param(
        TEN_MINUTES,
        an_executed(),
        UNLISTED,
        None,
        "account-1 is not on the list of watched targets",
        id="agent_took_unlisted_target_down",
    ),
    # A smaller audience is not urgent.
    pytest.param(
        TEN_MINUTES,
        an_executed(),
        LESS_FAMOUS,
        signal(urgent=False),
        "the owner of account-1 tells",
        id="agent_took_less_famous_target_down",
    ),
    # What stays in place, or was only asked for, is not missed.
    pytest.param(
        TEN_MINUTES,
        an_executed(action="rename"),
        FAMOUS,
        None,
        "rename takes nothing down",
        id="agent_renamed_listed_target",
    ),
    pytest.param(
        TEN_MINUTES,
        a_requested(),
        FAMOUS,
        None,
        "looks at effects",
        id="agent_asks_to_take_listed_target_down",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, expected, fact):
    """The owner of a watched target tells of its outage."""
    raised = alert.watch(record, view)

    assert expected == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, expected, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence


# Whole scenes: what it changes alone, and what goes through.

OUTAGE = scene(misuse=misuse())
RENAMED = scene(misuse=misuse(), actions=IN_PLACE)
QUICK = evolve(ORGANISATION.response, rebuild=Constant(60))


def test_alone_changes_the_outcome():
    """An outage that nobody inside sees is told by the owner, and ended."""
    assert ends(OUTAGE) == ("missed", "")
    assert not outcome(OUTAGE).harm.restored
    assert ends(OUTAGE, TEN_MINUTES) == ("noticed", "owner-report")
    assert outcome(OUTAGE, TEN_MINUTES).harm.restored


@pytest.mark.parametrize(
    ("scenario", "ending"),
    [
        pytest.param(OUTAGE, ("noticed", "owner-report"), id="the_act_itself"),
        pytest.param(RENAMED, ("missed", ""), id="stays_in_place"),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, ending):
    """The act takes effect, and the owner sees no change to what is still there."""
    assert ending == ends(scenario, TEN_MINUTES)


@pytest.mark.parametrize(("response", "tells"), [(QUICK, False), (None, True)])
def test_what_it_does_not_stop_goes_through_in_a_short_outage(response, tells):
    """An owner who looks when all is well again adds nothing to what others saw."""
    scenario = scene(misuse=misuse(), response=response or ORGANISATION.response)
    others = outcome(scenario, ProtectedChangeAlert())
    both = outcome(scenario, ProtectedChangeAlert(), TEN_MINUTES)

    assert others.verdict == "caught"
    assert tells == (others != both)
