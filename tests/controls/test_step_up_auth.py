"""When the own factor is asked for again."""

import pytest

from simulator.clock import DAY, HOUR, MINUTE
from simulator.controls import StepUpAuth
from simulator.decisions import ALLOW, Challenge, Decision
from tests.fakes import ACT, FakeView, a_request
from tests.scenes import BELOW, BESIDE, attempt, honest_work, leaver, misuse, scene
from tests.verdicts import ends, outcome

LONG_AGO = FakeView(signed_in={"agent-1": ACT - 7 * HOUR})
JUST_TOO_OLD = FakeView(signed_in={"agent-1": ACT - 15 * MINUTE})
JUST_YOUNG_ENOUGH = FakeView(signed_in={"agent-1": ACT - 15 * MINUTE + 1})
FRESH = FakeView()


def passed(seconds_ago, signed_in=7 * HOUR):
    """Build the view of a prompt passed since the sign-in, so many seconds ago."""
    return FakeView(
        signed_in={"agent-1": ACT - signed_in},
        passed={("agent-1", "own-factor"): ACT - seconds_ago},
    )


PLAIN = StepUpAuth()
ALWAYS = StepUpAuth(max_age=0, from_tier="ordinary", seconds=5)
PROMPT = Decision(challenges=(Challenge("own-factor", 20, own_factor=True),))
SHORT_PROMPT = Decision(challenges=(Challenge("own-factor", 5, own_factor=True),))


def act(through, *, at=HOUR, passes_factor=0.0, **parts):
    """Build the scene of an act through some access."""
    way = attempt(through=through, passes_factor=passes_factor)
    return scene(misuse=misuse(way, at=at), credentials=BESIDE, **parts)


COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # An old authentication does not count on the top tier.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        LONG_AGO,
        PROMPT,
        "agent-1 signed in 7 h before the act, which counts for 15 min only",
        id="agent_deactivates_protected_late_in_the_shift",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="business"),
        LONG_AGO,
        ALLOW,
        "asks only for targets of tier protected; this one is business",
        id="agent_deactivates_business_late_in_the_shift",
    ),
    # A fresh one does, up to its last second.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        JUST_TOO_OLD,
        PROMPT,
        "15 min before the act, which counts for 15 min only: the own factor",
        id="agent_deactivates_protected_after_a_quarter_hour",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        JUST_YOUNG_ENOUGH,
        ALLOW,
        "and that counts for 15 min",
        id="agent_deactivates_protected_a_second_earlier",
    ),
    # So does a prompt passed since, if it is the younger one.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        passed(15 * MINUTE),
        PROMPT,
        "agent-1 passed the prompt 15 min before the act, which counts for 15 min only",
        id="agent_passed_the_prompt_a_quarter_hour_ago",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        passed(15 * MINUTE - 1),
        ALLOW,
        "before the act, and that counts for 15 min",
        id="agent_passed_the_prompt_a_second_later",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        passed(DAY, signed_in=MINUTE),
        ALLOW,
        "agent-1 signed in 1 min before the act, and that counts for 15 min",
        id="agent_passed_the_prompt_yesterday_and_just_signed_in",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        FakeView(
            signed_in={"agent-1": ACT - 7 * HOUR},
            passed={("agent-1", "call-back"): ACT - 1},
        ),
        PROMPT,
        "agent-1 signed in 7 h before the act",
        id="agent_passed_another_prompt",
    ),
    # A login nobody is known to have signed in with must pass the prompt once.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        FakeView(signed_in={"agent-1": None}),
        PROMPT,
        "no sign-in of agent-1 is known: the own factor is asked for",
        id="shared_login_with_no_sign_in",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        FakeView(
            signed_in={"agent-1": None},
            passed={("agent-1", "own-factor"): ACT - MINUTE},
        ),
        ALLOW,
        "agent-1 passed the prompt 1 min before the act, and that counts",
        id="shared_login_with_a_prompt_passed",
    ),
    # With no age allowed it is asked for every time, but not for reading.
    pytest.param(
        ALWAYS,
        a_request(tier="ordinary"),
        FRESH,
        SHORT_PROMPT,
        "signed in 0 s before the act",
        id="agent_deactivates_ordinary_at_sign_in",
    ),
    pytest.param(
        ALWAYS,
        a_request(tier="ordinary", action="look-up"),
        LONG_AGO,
        ALLOW,
        "look-up harms no target",
        id="agent_reads_ordinary",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A harmful action on a high tier needs a fresh authentication."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence


@pytest.mark.parametrize(
    "through",
    [
        "colleague-session",
        "phished-login",
        "shared-secret",
        "shadow-account",
        "api-key",
        "device",
    ],
)
def test_alone_changes_the_outcome(through):
    """Access that is not the own fresh login works, until the factor is asked for."""
    assert ends(act(through)) == ("missed", "")
    assert ends(act(through), PLAIN) == ("stopped", "step-up-auth")


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        pytest.param(PLAIN, act("own-session"), id="owner_means_it"),
        pytest.param(
            PLAIN,
            act("colleague-session", at=15 * MINUTE - 1),
            id="colleague_has_just_signed_in",
        ),
        pytest.param(
            StepUpAuth(max_age=2 * HOUR),
            act(
                "colleague-session",
                at=3 * HOUR,
                staff=(leaver(separation=MINUTE),),
                desks=honest_work(),
            ),
            id="colleague_has_passed_the_prompt_at_work",
        ),
        pytest.param(
            PLAIN,
            act("phished-login", passes_factor=1.0),
            id="prompt_is_relayed_to_the_owner",
        ),
        pytest.param(
            PLAIN,
            act("colleague-session", targets=BELOW),
            id="target_is_below_the_tier",
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(control, scenario):
    """Owners, those who come just after them and who gets the factor go through."""
    assert ends(scenario, control) == ends(scenario) == ("missed", "")


def test_costs_a_prompt_now_and_then():
    """Honest work is kept for some prompts, and none of it is refused."""
    paid = outcome(scene(desks=honest_work()), PLAIN).friction

    assert 0 < paid.added_s < 20 * paid.requests
    assert paid.refused == 0


def test_costs_all_work_with_a_shared_login():
    """Nobody can prove to own a login of many: honest work with it is refused."""
    desks = honest_work(shared_login="shared-desk", shared_share=1.0)
    paid = outcome(scene(desks=desks), PLAIN).friction

    assert paid.refused == paid.requests > 0
