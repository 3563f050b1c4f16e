"""One replication: nobody is played again who could not change anything."""

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.clock import Seconds
from simulator.controls import AccessReview, AutoRevocation, FastRestore, SoftDelete
from simulator.experiment.arms import arm_of
from simulator.experiment.engine import World
from simulator.experiment.plan import make_plan, replication_seed
from simulator.experiment.replicate import Replication
from simulator.outcome import measure
from simulator.scenario.organisation import Credential, Posture
from simulator.streams import Constant
from simulator.testing.strategies import everything, postures, scenarios, seeds
from simulator.world import simulate
from tests.experiment.engines import CANDIDATES, IN_FORCE, Watched, a_day, an_axis


def played(scenario, candidates=CANDIDATES, engine=None):
    """Play one replication. Returns the rows by label."""
    plan = make_plan(scenario, candidates=candidates, seed=1, choose={})
    (answer,) = Replication(plan, engine or World())(0)
    labels = [row.label for row in plan.questions[0].rows]
    return dict(zip(labels, answer.rows, strict=True))


def test_only_who_could_matter_is_played_again():
    """A silent control costs no run; everybody who answers or alerts costs one."""
    engine = Watched()

    rows = played(a_day(), engine=engine)

    assert rows["silent"].outcome is None
    assert [label for label, row in rows.items() if row.outcome is None] == ["silent"]
    assert len(engine.arms) == 1 + len(rows) - 1


def test_all_rows_share_one_day():
    """Honest work is drawn once for a replication, whatever is asked."""
    engine = Watched()
    apart = evolve(a_day(), axes=(an_axis("why", "apart", "a", "b"),))
    plan = make_plan(apart, candidates=CANDIDATES, seed=1, choose={})

    Replication(plan, engine)(3)

    assert engine.days == [replication_seed(1, 3)]


def test_swept_options_come_by_turns():
    """Replication i takes option i, counted around."""
    swept = evolve(a_day(), axes=(an_axis("why", "swept", "a", "b"),))
    plan = make_plan(swept, candidates=Posture(), seed=1, choose={})
    asked = []

    class Listening(World):
        def simulate(self, scenario, *args, **parts):
            asked.append(dict(scenario.chosen)["why"])
            return super().simulate(scenario, *args, **parts)

    for number in range(3):
        Replication(plan, Listening())(number)

    assert list(dict.fromkeys(asked[:3])) == ["a"]
    assert set(asked) == {"a", "b"}


def test_a_control_for_leavers_is_played_though_it_never_answers():
    """What is done for leavers can matter without an answer, if somebody leaves."""
    candidates = Posture((AutoRevocation(),))
    stays = evolve(a_day().organisation.staff[0], leaving=None)

    assert played(a_day(), candidates)["auto-revocation"].outcome is not None
    row = played(a_day(staff=(stays,)), candidates)["auto-revocation"]
    assert row.outcome is None


def test_what_is_done_about_accounts_without_owner_matters_without_leavers():
    """A review may end an account that nobody owns, though nobody leaves."""
    stays = evolve(a_day().organisation.staff[0], leaving=None)
    ghost = Credential("old-admin", "shadow-account", ("console",), ("desk",))
    soon = AccessReview(interval=Seconds(3600), delay=Constant(Seconds(0)))
    never = AccessReview(label="never", diligence=0.0, unconfirmed="keep")
    candidates = Posture((soon, never))

    rows = played(a_day(staff=(stays,)), candidates)
    assert (rows["access-review"].outcome, rows["never"].outcome) == (None, None)
    rows = played(a_day(staff=(stays,), credentials=(ghost,)), candidates)
    assert rows["access-review"].outcome is not None
    assert rows["never"].outcome is None


def test_a_runbook_matters_where_something_was_done():
    """Who only speeds up restoration says nothing, and yet changes the outcome."""
    runbook = FastRestore(restore=Constant(Seconds(1)))
    usual = measure(simulate(a_day(), IN_FORCE, replication_seed(1, 0)), a_day())

    row = played(a_day(), Posture((runbook,)))["fast-restore"]

    assert row.fired
    assert row.outcome.harm.outage_s < usual.harm.outage_s


def test_a_runbook_matters_where_nothing_came_back():
    """What would not have come back in time may do so with a runbook."""
    slow = evolve(a_day().organisation.response, restore=Constant(Seconds(10**6)))

    row = played(a_day(response=slow), Posture((FastRestore(),)))["fast-restore"]

    assert row.outcome.harm.restored


def test_keeping_reversible_matters_only_where_something_was_done():
    """An undo window costs a run only where an action it covers took effect."""
    candidates = Posture((SoftDelete(label="undo", actions=("suspend",)),))

    assert played(a_day(), candidates)["undo"].outcome is None
    row = played(a_day(), Posture((SoftDelete(label="undo"),)))["undo"]
    assert row.outcome is not None
    assert row.fired


def test_what_is_in_force_tells_of_the_day_that_had_it():
    """A row of what is in force is an outcome without it and its own words with it."""
    row = played(a_day())["user-report"]

    assert row.fired
    assert row.why
    assert row.outcome.times.notice_s is None


def test_a_candidate_explains_the_run_that_has_it():
    """A row of a candidate says why it bit, in its own run."""
    row = played(a_day())["protected-lock"]

    assert row.outcome.verdict == "stopped"
    assert "locked" in row.why


@st.composite
def experiments(draw):
    """Generated scenarios with something in force."""
    scenario, in_force = draw(scenarios()), draw(postures())
    return evolve(
        scenario, organisation=evolve(scenario.organisation, posture=in_force)
    )


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(experiments(), seeds)
def test_skipping_never_changes_an_outcome(scenario, seed):
    """Whoever is not played again has the outcome they would have had."""
    plan = make_plan(scenario, candidates=everything(), seed=seed, choose={})
    (question,) = plan.questions
    variant = question.variants[0]

    (answer,) = Replication(plan, World())(0)

    for row, found in zip(question.rows, answer.rows, strict=True):
        arm = arm_of(row, variant.organisation.posture, question.candidates)
        trail = simulate(variant, arm, replication_seed(seed, 0))
        assert measure(trail, variant) == (found.outcome or answer.in_force), row
