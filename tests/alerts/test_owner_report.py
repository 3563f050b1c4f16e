"""Which owners tell that their target is gone."""

import pytest

from simulator.alerts import OwnerReport
from simulator.decisions import Alert
from simulator.streams import Constant
from tests.fakes import FakeView, a_requested, an_executed

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
