"""Which outages are news."""

import pytest

from simulator.alerts import PressReport
from simulator.decisions import Alert
from simulator.scenario.misuse import Target
from simulator.streams import Constant
from tests.fakes import FakeView, a_requested, an_executed
from tests.scenes import IN_PLACE, misuse, scene
from tests.verdicts import ends, outcome

FAMOUS = FakeView(audiences={"account-1": 1_000_000})
LESS_FAMOUS = FakeView(audiences={"account-1": 999_999})

PLAIN = PressReport(delay=Constant(1200))
LOCAL = PressReport(delay=Constant(1200), audience=10_000)


def signal(*, urgent):
    """Build the question of the press."""
    return Alert(
        target="account-1", delay=Constant(1200), once_per_target=True, urgent=urgent
    )


COLUMNS = ("alert", "record", "view", "expected", "fact")
ROWS = [
    # A million followers are news.
    pytest.param(
        PLAIN,
        an_executed(),
        FAMOUS,
        signal(urgent=True),
        "1,000,000 people follow account-1: the press asks after 20 min on average",
        id="agent_took_famous_target_down",
    ),
    pytest.param(
        PLAIN,
        an_executed(),
        LESS_FAMOUS,
        None,
        "999,999 people follow account-1; it is news from 1,000,000 on",
        id="agent_took_less_famous_target_down",
    ),
    # Smaller news is not urgent.
    pytest.param(
        LOCAL,
        an_executed(),
        LESS_FAMOUS,
        signal(urgent=False),
        "999,999 people follow account-1: the press asks",
        id="agent_took_locally_famous_target_down",
    ),
    # What stays in place, or was only asked for, is not news.
    pytest.param(
        PLAIN,
        an_executed(action="rename"),
        FAMOUS,
        None,
        "rename takes nothing down",
        id="agent_renamed_famous_target",
    ),
    pytest.param(
        PLAIN,
        a_requested(),
        FAMOUS,
        None,
        "looks at effects",
        id="agent_asks_to_take_famous_target_down",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, expected, fact):
    """The press asks about the outage of a target with a large audience."""
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
NO_NEWS = (Target("celebrity", "protected", audience=999_999),)


def test_alone_changes_the_outcome():
    """An outage that nobody inside sees is asked about by the press, and ended."""
    assert ends(OUTAGE) == ("missed", "")
    assert not outcome(OUTAGE).harm.restored
    assert ends(OUTAGE, PLAIN) == ("noticed", "press-report")
    assert outcome(OUTAGE, PLAIN).harm.restored


@pytest.mark.parametrize(
    ("scenario", "ending"),
    [
        pytest.param(OUTAGE, ("noticed", "press-report"), id="the_act_itself"),
        pytest.param(RENAMED, ("missed", ""), id="stays_in_place"),
        pytest.param(
            scene(misuse=misuse(), targets=NO_NEWS), ("missed", ""), id="no_news"
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, ending):
    """The act takes effect, and the press asks about outages that are news alone."""
    assert ending == ends(scenario, PLAIN)
