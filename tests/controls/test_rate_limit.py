"""How many harmful actions pass, and how long the next one waits."""

import pytest

from simulator.clock import HOUR, MINUTE
from simulator.controls import RateLimit
from simulator.decisions import ALLOW, DENY, Decision
from tests.fakes import ACT, FakeView, a_request

THREE = RateLimit(limit=3)
SLOW = RateLimit(limit=3, beyond="throttle")


def requests(*minutes_ago, action="deactivate", staff="agent-1"):
    """Build the rows of requests made so many minutes before the act."""
    return tuple((ACT - m * MINUTE, staff, "requested", action) for m in minutes_ago)


def refusals(*minutes_ago):
    """Build the rows of refusals so many minutes before the act."""
    return tuple(
        (ACT - m * MINUTE, "agent-1", "refused", "deactivate") for m in minutes_ago
    )


COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # The fourth within the hour is one too many.
    pytest.param(
        THREE,
        a_request(),
        FakeView(past=requests(50, 20, 10)),
        DENY,
        "3 of 3 harmful actions allowed within 1 h went through",
        id="agent_deactivates_a_fourth",
    ),
    pytest.param(
        THREE,
        a_request(),
        FakeView(past=requests(20, 10)),
        ALLOW,
        "2 of 3 harmful actions allowed within 1 h went through",
        id="agent_deactivates_a_third",
    ),
    # What happens at the very second counts; what is a whole window old does not.
    pytest.param(
        THREE,
        a_request(),
        FakeView(past=requests(0, 0, 0)),
        DENY,
        "3 of 3 harmful actions",
        id="script_deactivates_four_in_a_second",
    ),
    pytest.param(
        THREE,
        a_request(),
        FakeView(past=requests(60, 20, 10)),
        ALLOW,
        "2 of 3 harmful actions",
        id="agent_deactivates_a_third_within_the_hour",
    ),
    # Refusals use nothing up.
    pytest.param(
        THREE,
        a_request(),
        FakeView(past=requests(50, 30, 20, 10) + refusals(10)),
        DENY,
        "3 of 3 harmful actions",
        id="agent_was_refused_once_in_four",
    ),
    pytest.param(
        THREE,
        a_request(),
        FakeView(past=requests(50, 20, 10) + refusals(10)),
        ALLOW,
        "2 of 3 harmful actions",
        id="agent_was_refused_once_in_three",
    ),
    # Neither reading nor what others do counts.
    pytest.param(
        THREE,
        a_request(action="look-up"),
        FakeView(past=requests(50, 20, 10)),
        ALLOW,
        "look-up harms no target",
        id="agent_reads_after_three",
    ),
    pytest.param(
        THREE,
        a_request(),
        FakeView(
            past=requests(50, 20, action="look-up") + requests(10, staff="agent-2")
        ),
        ALLOW,
        "0 of 3 harmful actions",
        id="agent_deactivates_after_reading_twice",
    ),
    # Throttled, it waits until the oldest that stands in its way is an hour old.
    pytest.param(
        SLOW,
        a_request(),
        FakeView(past=requests(50, 20, 10)),
        Decision(throttle_s=10 * MINUTE),
        "there is room again in 10 min",
        id="agent_waits_for_the_oldest_of_three",
    ),
    pytest.param(
        SLOW,
        a_request(),
        FakeView(past=requests(50, 40, 20, 10)),
        Decision(throttle_s=20 * MINUTE),
        "there is room again in 20 min",
        id="agent_waits_for_the_second_oldest_of_four",
    ),
    pytest.param(
        SLOW,
        a_request(),
        FakeView(past=requests(0, 0, 0)),
        Decision(throttle_s=HOUR),
        "there is room again in 1 h",
        id="script_waits_a_whole_window",
    ),
    pytest.param(
        SLOW,
        a_request(),
        FakeView(past=requests(20, 10)),
        ALLOW,
        "2 of 3 harmful actions",
        id="agent_waits_for_nothing",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A harmful action beyond the limit is denied, or waits for room."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence


@pytest.mark.parametrize(
    ("control", "minutes_ago"),
    [
        pytest.param(THREE, (50, 20, 10), id="agent_is_denied"),
        pytest.param(SLOW, (20, 10), id="agent_is_let_through"),
    ],
)
def test_promises_room_only_to_those_who_wait(control, minutes_ago):
    """Who is denied, or need not wait, is told nothing of room in the window."""
    view = FakeView(past=requests(*minutes_ago))

    sentence = control.explain(a_request(), view)

    assert "room" not in sentence
