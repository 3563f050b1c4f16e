"""For which targets somebody is called back, and what where nobody can be."""

import pytest

from simulator.clock import DAY, HOUR, MINUTE
from simulator.controls import OutOfBandConfirm
from simulator.decisions import ALLOW, DENY, Challenge, Decision
from simulator.scenario.misuse import Requirement
from tests.fakes import FakeView, a_request
from tests.scenes import BELOW, attempt, honest_work, misuse, scene
from tests.verdicts import ends, outcome

AGENT = FakeView()
OUT_OF_DATE = FakeView(
    within=frozenset({("out-of-band-confirm contacts", "account-1")})
)

PLAIN = OutOfBandConfirm()
FROM_BUSINESS = OutOfBandConfirm(from_tier="business")
POOR = OutOfBandConfirm(seconds=MINUTE, knows=0.5, unanswered=0.25)
OLD_LIST = OutOfBandConfirm(stale=0.1)
LENIENT = OutOfBandConfirm(stale=0.1, on_no_answer="hold", hold=2 * HOUR)


def call(seconds, knows, unanswered=0.0):
    """Build the decision to call the contact back."""
    prompt = Challenge("call-back", seconds, harm_catch=knows, unanswered=unanswered)
    return Decision(challenges=(prompt,))


COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # The contact of a protected target is called back.
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        AGENT,
        call(5 * MINUTE, 0.95),
        "the contact of account-1 is called back, which takes 5 min: 95% of the "
        "requests nobody asked for are told, 0% of calls lapse",
        id="agent_deactivates_protected",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="business"),
        AGENT,
        ALLOW,
        "asks only for targets of tier protected; this one is business",
        id="agent_deactivates_business",
    ),
    # Contacts differ in what they know, and in whether they answer.
    pytest.param(
        POOR,
        a_request(tier="protected"),
        AGENT,
        call(MINUTE, 0.5, 0.25),
        "takes 1 min: 50% of the requests nobody asked for are told, 25% of calls",
        id="agent_meets_a_contact_who_knows_little",
    ),
    pytest.param(
        OutOfBandConfirm(knows=0, seconds=0),
        a_request(tier="protected"),
        AGENT,
        call(0, 0),
        "takes 0 s: 0% of the requests",
        id="agent_meets_a_contact_who_knows_nothing",
    ),
    # The tier is a setting, and reading harms nothing.
    pytest.param(
        FROM_BUSINESS,
        a_request(tier="business", action="rename"),
        AGENT,
        call(5 * MINUTE, 0.95),
        "the contact of account-1 is called back",
        id="agent_renames_business",
    ),
    pytest.param(
        FROM_BUSINESS,
        a_request(tier="ordinary"),
        AGENT,
        ALLOW,
        "of tier business or above; this one is ordinary",
        id="agent_deactivates_below_the_tier",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected", action="look-up"),
        AGENT,
        ALLOW,
        "look-up harms no target",
        id="agent_reads_protected",
    ),
    # Where the list is out of date nobody can be called.
    pytest.param(
        OLD_LIST,
        a_request(tier="protected"),
        OUT_OF_DATE,
        DENY,
        "the contact on the list for account-1 is out of date: refused",
        id="agent_deactivates_what_has_an_old_contact",
    ),
    pytest.param(
        OLD_LIST,
        a_request(tier="protected", target="account-2"),
        OUT_OF_DATE,
        call(5 * MINUTE, 0.95),
        "the contact of account-2 is called back",
        id="agent_deactivates_what_has_a_good_contact",
    ),
    pytest.param(
        PLAIN,
        a_request(tier="protected"),
        OUT_OF_DATE,
        call(5 * MINUTE, 0.95),
        "the contact of account-1 is called back",
        id="agent_deactivates_by_a_list_that_is_fresh",
    ),
    pytest.param(
        LENIENT,
        a_request(tier="protected"),
        OUT_OF_DATE,
        Decision(hold_s=2 * HOUR),
        "is out of date: held for 2 h",
        id="agent_is_held_where_the_contact_is_old",
    ),
    pytest.param(
        LENIENT,
        a_request(tier="protected", target="account-2"),
        OUT_OF_DATE,
        call(5 * MINUTE, 0.95),
        "is called back",
        id="agent_is_not_held_where_the_contact_is_good",
    ),
    pytest.param(
        OutOfBandConfirm(stale=1, on_no_answer="hold"),
        a_request(tier="protected"),
        AGENT,
        Decision(hold_s=DAY),
        "is out of date: held for 1 d",
        id="agent_is_held_where_all_contacts_are_old",
    ),
    pytest.param(
        OutOfBandConfirm(stale=1),
        a_request(tier="protected", action="look-up"),
        AGENT,
        ALLOW,
        "look-up harms no target",
        id="agent_reads_where_all_contacts_are_old",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """Harm on a high tier waits for the word of the target's contact."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(misuse(), id="leaver_means_it"),
        pytest.param(misuse(intent="slip"), id="leaver_slips"),
        pytest.param(
            misuse(attempt(through="colleague-session")),
            id="leaver_sits_at_a_colleagues_session",
        ),
        pytest.param(
            misuse(attempt(through="phished-login")), id="outsider_has_a_login"
        ),
        pytest.param(misuse(who=Requirement(role="lead")), id="lead_means_it"),
    ],
)
def test_alone_changes_the_outcome(act):
    """Misuse and slips go through with anybody's access, unless the contact tells."""
    scenario, knowing = scene(misuse=act), OutOfBandConfirm(knows=1)

    assert ends(scenario) == ("missed", "")
    assert ends(scenario, knowing) == ("stopped", "out-of-band-confirm")


def test_tells_slips_as_surely_as_misuse():
    """Whether a request is stopped does not depend on whether it is meant."""
    meant, slip = scene(misuse=misuse()), scene(misuse=misuse(intent="slip"))
    unsure = OutOfBandConfirm(knows=0.5)
    verdicts = [ends(meant, unsure, seed=seed) for seed in range(40)]

    assert {verdict for verdict, _ in verdicts} == {"missed", "stopped"}
    assert verdicts == [ends(slip, unsure, seed=seed) for seed in range(40)]


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        pytest.param(
            OutOfBandConfirm(knows=0),
            scene(misuse=misuse()),
            id="contact_confirms_anything",
        ),
        pytest.param(
            OutOfBandConfirm(knows=1),
            scene(misuse=misuse(), targets=BELOW),
            id="leaver_acts_below_the_tier",
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(control, scenario):
    """What the contact confirms goes on, and so does what nobody is called about."""
    assert ends(scenario, control) == ends(scenario) == ("missed", "")


def test_costs_a_call_for_every_honest_action():
    """Honest work waits for its calls, and none of it is refused."""
    paid = outcome(scene(desks=honest_work()), PLAIN).friction

    assert paid.requests > 0
    assert (paid.refused, paid.added_s) == (0, 5 * MINUTE * paid.requests)


@pytest.mark.parametrize(
    "control",
    [
        pytest.param(OutOfBandConfirm(unanswered=1), id="nobody_answers"),
        pytest.param(OutOfBandConfirm(stale=1), id="list_is_out_of_date"),
    ],
)
def test_costs_refusals_where_nobody_is_reached(control):
    """Honest work is refused where the contact cannot be had."""
    paid = outcome(scene(desks=honest_work()), control).friction

    assert paid.refused == paid.requests > 0
