"""How many targets one request may touch, and what becomes of larger ones."""

import pytest
from attrs import evolve

from simulator.clock import DAY, HOUR, MINUTE
from simulator.controls import BlastRadiusCap
from simulator.decisions import ALLOW, DENY, Approval, Challenge, Decision
from simulator.scenario.misuse import Step, Target
from simulator.streams import Constant
from tests.fakes import FakeView, a_request
from tests.scenes import ORGANISATION, attempt, honest_work, kind, misuse, scene
from tests.verdicts import ends, outcome

ANY = FakeView()

PLAIN = BlastRadiusCap()
ONE = BlastRadiusCap(most=1)
HUGE = BlastRadiusCap(most=10**9)
STAGED = BlastRadiusCap(beyond="hold")
STAGED_LONGER = BlastRadiusCap(beyond="hold", staging=6 * HOUR, dry_run=MINUTE)
APPROVED = BlastRadiusCap(beyond="approve")
BY_LEADS = BlastRadiusCap(
    beyond="approve",
    approver_role="lead",
    ttl=20 * MINUTE,
    dry_run=MINUTE,
    slip_catch=0.25,
)
LOOKED_AT = BlastRadiusCap(dry_run=MINUTE)

LOOK = Challenge("dry-run", MINUTE, slip_catch=0.5)

COLUMNS = ("control", "asked", "view", "decision", "fact")
ROWS = [
    # A hundred at once, and no more.
    pytest.param(
        PLAIN,
        a_request(size=100),
        ANY,
        ALLOW,
        "100 targets at once, against a cap of 100",
        id="script_deactivates_a_hundred",
    ),
    pytest.param(
        PLAIN,
        a_request(size=101),
        ANY,
        DENY,
        "101 targets at once, against a cap of 100: refused",
        id="script_deactivates_one_too_many",
    ),
    pytest.param(
        PLAIN,
        a_request(size=101, action="look-up"),
        ANY,
        ALLOW,
        "look-up harms no target",
        id="script_reads_one_too_many",
    ),
    # At the edges it allows single targets only, or everything.
    pytest.param(
        ONE,
        a_request(size=2),
        ANY,
        DENY,
        "2 targets at once, against a cap of 1: refused",
        id="script_deactivates_two_where_one_is_allowed",
    ),
    pytest.param(
        ONE,
        a_request(tier="protected"),
        ANY,
        ALLOW,
        "a single target, against a cap of 1",
        id="agent_deactivates_the_one_allowed",
    ),
    pytest.param(
        HUGE,
        a_request(size=10**9),
        ANY,
        ALLOW,
        "against a cap of 1000000000",
        id="script_deactivates_everything",
    ),
    # A larger one may be held while it goes in stages.
    pytest.param(
        STAGED,
        a_request(size=101),
        ANY,
        Decision(hold_s=4 * HOUR),
        "held for 4 h, until 19:50",
        id="script_goes_in_stages",
    ),
    pytest.param(
        STAGED,
        a_request(size=100),
        ANY,
        ALLOW,
        "100 targets at once, against a cap of 100",
        id="script_needs_no_stages",
    ),
    pytest.param(
        STAGED_LONGER,
        a_request(size=101),
        ANY,
        Decision(hold_s=6 * HOUR, challenges=(LOOK,)),
        "held for 6 h, until 21:50; a dry run shows them first, which takes 1 min",
        id="script_is_looked_at_and_goes_in_stages",
    ),
    # Or it may need consent.
    pytest.param(
        APPROVED,
        a_request(size=101),
        ANY,
        Decision(approvals=(Approval("", 1, HOUR),)),
        "an approver of role agent must consent first",
        id="script_needs_consent_of_a_colleague",
    ),
    pytest.param(
        APPROVED,
        a_request(size=100),
        ANY,
        ALLOW,
        "100 targets at once, against a cap of 100",
        id="script_needs_no_consent",
    ),
    pytest.param(
        BY_LEADS,
        a_request(size=101),
        ANY,
        Decision(
            approvals=(Approval("lead", 1, 20 * MINUTE),),
            challenges=(Challenge("dry-run", MINUTE, slip_catch=0.25),),
        ),
        "an approver of role lead must consent first; a dry run shows them first, "
        "which takes 1 min and catches 25% of slips",
        id="script_needs_a_lead_and_a_look",
    ),
    # A dry run is asked for from two targets on; what is refused needs none.
    pytest.param(
        LOOKED_AT,
        a_request(size=1),
        ANY,
        ALLOW,
        "a single target, against a cap of 100",
        id="agent_deactivates_one_without_a_look",
    ),
    pytest.param(
        LOOKED_AT,
        a_request(size=2),
        ANY,
        Decision(challenges=(LOOK,)),
        "a dry run shows them first, which takes 1 min and catches 50% of slips",
        id="script_deactivates_two_after_a_look",
    ),
    pytest.param(
        LOOKED_AT,
        a_request(size=2, action="look-up"),
        ANY,
        ALLOW,
        "look-up harms no target",
        id="script_reads_two_without_a_look",
    ),
    pytest.param(
        LOOKED_AT,
        a_request(size=101),
        ANY,
        DENY,
        "101 targets at once, against a cap of 100: refused",
        id="script_is_refused_without_a_look",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides(control, asked, view, decision, fact):
    """A harmful request beyond the cap is refused, held or needs consent."""
    answer = control.decide(asked, view)

    assert decision == answer


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, view, decision, fact):
    """The sentence names the fact that decided."""
    sentence = control.explain(asked, view)

    assert fact in sentence


@pytest.mark.parametrize(
    ("control", "size"),
    [
        pytest.param(PLAIN, 100, id="nobody_looks"),
        pytest.param(LOOKED_AT, 1, id="one_target"),
        pytest.param(LOOKED_AT, 101, id="refused"),
    ],
)
def test_promises_a_dry_run_only_where_there_is_one(control, size):
    """Who is refused, or touches one target, is told nothing of a dry run."""
    sentence = control.explain(a_request(size=size), ANY)

    assert "dry run" not in sentence


def test_names_no_path_for_what_the_cap_allows():
    """Who touches as many targets as allowed is told of no refusal."""
    sentence = PLAIN.explain(a_request(size=100), ANY)

    assert sentence == "100 targets at once, against a cap of 100"


OBJECTING = (Target("celebrity", "protected", owner_answers=Constant(HOUR)),)


def swept(size, *, times=1, intent="gesture", **parts):
    """Build a scene in which requests of one size follow each other by the minute."""
    step = Step((attempt(batch=size),), times=times, every=Constant(MINUTE))
    return scene(misuse=evolve(misuse(intent=intent), plan=(step,)), **parts)


@pytest.mark.parametrize(
    ("control", "scenario"),
    [
        pytest.param(PLAIN, swept(101), id="script_is_refused"),
        pytest.param(STAGED, swept(101, targets=OBJECTING), id="script_is_called_off"),
        pytest.param(APPROVED, swept(101), id="approver_sees_what_it_is"),
        pytest.param(
            evolve(LOOKED_AT, slip_catch=1),
            swept(2, intent="slip"),
            id="filter_that_matches_all_is_seen",
        ),
    ],
)
def test_alone_changes_the_outcome(control, scenario):
    """What touches very many targets in one go does not go through."""
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, control) == ("stopped", "blast-radius-cap")


def test_limits_what_falls_back_to_less():
    """Who makes do with what the cap lets pass touches so many, and no more."""
    both = (attempt(batch=5_000), attempt(batch=100))
    scenario = scene(misuse=misuse(*both))

    assert ends(scenario, PLAIN) == ("limited", "blast-radius-cap")
    assert outcome(scenario).harm.touched == 5_000
    assert outcome(scenario, PLAIN).harm.touched == 100


@pytest.mark.parametrize(
    ("control", "scenario", "touched"),
    [
        # One is enough where it is the right one,
        pytest.param(PLAIN, swept(1), 1, id="single_important_target"),
        # many small requests are as good as a large one,
        pytest.param(PLAIN, swept(100, times=50), 5_000, id="many_small_requests"),
        # and of a large one somebody must see what it is.
        pytest.param(STAGED, swept(5_000), 5_000, id="staged_and_not_called_off"),
        pytest.param(
            APPROVED,
            swept(5_000, approvals=evolve(ORGANISATION.approvals, rubber_stamp=1.0)),
            5_000,
            id="approved_without_a_look",
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(control, scenario, touched):
    """Whatever keeps below the cap, or is let beyond it, touches all it wants."""
    assert ends(scenario) == ends(scenario, control) == ("missed", "")
    assert outcome(scenario, control).harm.touched == touched


def test_costs_honest_bulk_work():
    """Honest bulk work is refused, comes late, or waits for consent."""
    work = scene(desks=honest_work(kind(batch=500), tickets_per_hour=3.0), horizon=DAY)

    free, refused, late, asked = (
        outcome(work, *entries).friction
        for entries in ((), (PLAIN,), (STAGED,), (APPROVED,))
    )

    assert (free.refused, free.added_s, free.approvals) == (0, 0, 0)
    assert refused.refused == refused.requests > 0
    assert late.added_s == 4 * HOUR * late.requests
    assert asked.approvals == asked.requests
