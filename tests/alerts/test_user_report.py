"""Which outages visitors tell of, and how soon."""

import pytest

from simulator.alerts import UserReport
from simulator.clock import HOUR
from simulator.decisions import Alert
from simulator.scenario.misuse import Target
from simulator.streams import Exponential
from tests.fakes import FakeView, a_requested, an_executed
from tests.scenes import IN_PLACE, misuse, scene
from tests.verdicts import ends, outcome

FAMOUS = FakeView(audiences={"account-1": 40_000_000})
KNOWN = FakeView(audiences={"account-1": 1_000})
UNKNOWN = FakeView()

PLAIN = UserReport()
OFTEN = UserReport(visits=0.5, tells=0.01, urgent_from=1_000)
SILENT = UserReport(tells=0.0)


def signal(mean_s, *, urgent):
    """Build the signal of visitors who tell after so long on average."""
    return Alert(
        target="account-1",
        delay=Exponential(mean_s),
        while_out=True,
        once_per_target=True,
        urgent=urgent,
    )


COLUMNS = ("alert", "record", "view", "expected", "fact")
ROWS = [
    # 40 million x 0.002 per hour x 0.001 are 80 reports an hour: one in 45 s.
    pytest.param(
        PLAIN,
        an_executed(),
        FAMOUS,
        signal(45, urgent=True),
        "40,000,000 people follow account-1: the first tells after 45 s on average",
        id="agent_took_famous_target_down",
    ),
    pytest.param(
        PLAIN,
        an_executed(),
        UNKNOWN,
        None,
        "0 people follow account-1, and none of them is there to tell",
        id="agent_took_unknown_target_down",
    ),
    # 1,000 x 0.5 x 0.01 are 5 an hour; the rate and the urgency are settings.
    pytest.param(
        OFTEN,
        an_executed(),
        KNOWN,
        signal(12 * 60, urgent=True),
        "after 12 min on average",
        id="agent_took_often_visited_target_down",
    ),
    pytest.param(
        PLAIN,
        an_executed(),
        KNOWN,
        signal(500 * HOUR, urgent=False),
        "after 20 d 20 h on average",
        id="agent_took_rarely_visited_target_down",
    ),
    pytest.param(
        SILENT,
        an_executed(),
        FAMOUS,
        None,
        "none of them is there to tell",
        id="agent_took_target_down_that_nobody_tells_of",
    ),
    # What stays in place, or was only asked for, is not missed.
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
    """Visitors tell of an outage at a rate proportional to the audience."""
    raised = alert.watch(record, view)

    assert expected == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, expected, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence


def test_takes_a_second_at_least():
    """However large the audience, the mean time is not rounded to nothing."""
    everybody = FakeView(audiences={"account-1": 8_000_000_000})

    raised = PLAIN.watch(an_executed(), everybody)

    assert Exponential(1) == raised.delay


# Whole scenes: what it changes alone, and what goes through.

OUTAGE = scene(misuse=misuse())
RENAMED = scene(misuse=misuse(), actions=IN_PLACE)
UNVISITED = (Target("celebrity", "protected", audience=10),)


def test_alone_changes_the_outcome():
    """An outage that nobody inside sees is told by a visitor, and ended."""
    assert ends(OUTAGE) == ("missed", "")
    assert not outcome(OUTAGE).harm.restored
    assert ends(OUTAGE, PLAIN) == ("noticed", "user-report")
    assert outcome(OUTAGE, PLAIN).harm.restored


@pytest.mark.parametrize(
    ("scenario", "ending"),
    [
        pytest.param(OUTAGE, ("noticed", "user-report"), id="the_act_itself"),
        pytest.param(RENAMED, ("missed", ""), id="stays_in_place"),
        pytest.param(
            scene(misuse=misuse(), targets=UNVISITED), ("missed", ""), id="few_visits"
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, ending):
    """The act takes effect, and visitors tell of outages they meet alone."""
    assert ending == ends(scenario, PLAIN)
