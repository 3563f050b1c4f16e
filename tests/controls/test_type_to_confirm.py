"""Who must type the name of the target."""

import pytest

from simulator.controls import TypeToConfirm
from simulator.decisions import ALLOW, Challenge, Decision
from tests.fakes import FakeView, a_request
from tests.scenes import honest_work, misuse, scene
from tests.verdicts import ends, outcome

AGENT = FakeView()

PLAIN = TypeToConfirm()
HIGH = TypeToConfirm(from_tier="business", seconds=30, slip_catch=0.9)
READ = TypeToConfirm(slip_catch=1)
UNREAD = TypeToConfirm(slip_catch=0)

PROMPT = Decision(challenges=(Challenge("type-to-confirm", 8, 0.5),))
LONG_PROMPT = Decision(challenges=(Challenge("type-to-confirm", 30, 0.9),))

COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # Every harmful action asks for it, on the lowest tier too; reading does not.
    pytest.param(
        PLAIN,
        a_request(tier="ordinary"),
        AGENT,
        PROMPT,
        "account-1 must be typed first, which takes 8 s: that catches 50% of slips",
        id="agent_deactivates_ordinary",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="ordinary", action="look-up"),
        AGENT,
        ALLOW,
        "look-up harms no target",
        id="agent_reads_ordinary",
    ),
    # Or only from a tier upwards.
    pytest.param(
        HIGH,
        a_request(tier="business"),
        AGENT,
        LONG_PROMPT,
        "account-1 must be typed first",
        id="agent_deactivates_business",
    ),
    pytest.param(
        HIGH,
        a_request(tier="protected"),
        AGENT,
        LONG_PROMPT,
        "takes 30 s: that catches 90% of slips",
        id="agent_deactivates_protected",
    ),
    pytest.param(
        HIGH,
        a_request(tier="ordinary"),
        AGENT,
        ALLOW,
        "of tier business or above; this one is ordinary",
        id="agent_deactivates_below_the_tier",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A harmful action on the tiers covered prompts for the target's name."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence


def test_alone_changes_the_outcome():
    """A slip goes through, but not where the name is read and typed."""
    scenario = scene(misuse=misuse(intent="slip"))

    assert ends(scenario) == ("missed", "")
    assert ends(scenario, READ) == ("stopped", "type-to-confirm")


def test_catches_slips_of_honest_work():
    """Of honest slips all are caught that are noticed."""
    scenario = scene(desks=honest_work(slip_rate=1.0))
    paid = outcome(scenario, READ).friction

    assert outcome(scenario, UNREAD).friction.slips_caught == 0
    assert paid.slips_caught == paid.slips > 0


@pytest.mark.parametrize(
    ("control", "intent"),
    [
        pytest.param(READ, "gesture", id="leaver_means_it"),
        pytest.param(UNREAD, "slip", id="leaver_types_without_reading"),
    ],
)
def test_what_it_does_not_stop_goes_through(control, intent):
    """Who means it types the name, and so does who does not read it."""
    scenario = scene(misuse=misuse(intent=intent))

    assert ends(scenario, control) == ends(scenario) == ("missed", "")


def test_costs_seconds_on_every_action():
    """Every honest action is kept for the time it takes to type."""
    paid = outcome(scene(desks=honest_work()), PLAIN).friction

    assert paid.requests > 0
    assert (paid.refused, paid.added_s) == (0, 8 * paid.requests)
