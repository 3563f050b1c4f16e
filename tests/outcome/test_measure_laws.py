"""Laws of measuring, on runs of small generated scenarios."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.outcome import VERDICTS, decisive, measure
from simulator.testing.strategies import everything, postures, scenarios, seeds
from simulator.trail import (
    Closed,
    Executed,
    Explained,
    LeftBehind,
    Refused,
    Requested,
    Restored,
    Trail,
    Truth,
)
from simulator.world import simulate

pytestmark = pytest.mark.slow

some = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@st.composite
def runs(draw):
    """Runs: a scenario, and the trail of it under some arm."""
    scenario = draw(scenarios())
    return scenario, simulate(scenario, draw(postures()), draw(seeds))


@some
@given(runs())
def test_a_stored_trail_measures_as_the_live_one(run):
    """Writing a trail and reading it back changes no metric."""
    scenario, trail = run

    stored = Trail.from_jsonl(trail.to_jsonl())

    assert measure(stored, scenario) == measure(trail, scenario)


@some
@given(runs())
def test_honest_requests_conserve(run):
    """Honest requests are those that took effect, were refused, or are under way."""
    scenario, trail = run
    misuse = {t.request for t in trail.of(Truth) if t.purpose == "misuse"}

    friction = measure(trail, scenario).friction

    done = sum(e.request not in misuse for e in trail.of(Executed))
    pending = sum(p not in misuse for p in trail.of(Closed)[0].pending)
    refused = friction.refused + friction.slips_caught
    assert friction.requests == done + refused + pending
    assert friction.requests + len(misuse) >= len(trail.of(Requested))


@some
@given(runs())
def test_stopped_means_nothing_took_effect(run):
    """A run is stopped exactly where no action of the misuse took effect."""
    scenario, trail = run
    misuse = {t.request for t in trail.of(Truth) if t.purpose == "misuse"}

    outcome = measure(trail, scenario)

    harmed = any(e.request in misuse for e in trail.of(Executed))
    assert (outcome.verdict == "stopped") is not harmed
    assert (outcome.times.effect_at is not None) is harmed
    assert (outcome.harm.touched > 0) is harmed
    assert outcome.possible or not harmed


@some
@given(runs())
def test_the_verdict_is_the_best_that_holds(run):
    """No better verdict than the one given holds, and that one does."""
    scenario, trail = run
    tolerances, outcome = scenario.tolerances, measure(trail, scenario)
    harm, times = outcome.harm, outcome.times

    holds = {
        "stopped": harm.touched == 0,
        "limited": harm.touched < harm.intended
        or (harm.restored and (harm.outage_s or 0) <= tolerances.tolerable_outage),
        "caught": times.detect_s is not None
        and times.detect_s <= tolerances.caught_within,
        "noticed": times.notice_s is not None or times.detect_s is not None,
        "missed": True,
    }

    assert outcome.verdict == next(v for v in VERDICTS if holds[v])


@some
@given(runs())
def test_times_come_in_order(run):
    """Nothing is confirmed before it is signalled, or whole before it is back."""
    scenario, trail = run
    times = measure(trail, scenario).times

    if times.detect_s is not None:
        assert times.signal_s is not None
        assert times.signal_s <= times.detect_s
        assert times.confirm_s is not None
        assert times.confirm_s <= times.detect_s
    if times.derived_tail_s is not None:
        assert trail.of(Restored)
        assert times.derived_tail_s >= 0
    assert all(left.seconds is None or left.seconds >= 0 for left in times.residual)


@some
@given(runs())
def test_only_what_was_left_behind_is_residual(run):
    """Each way in has one entry, and none lasts that was not left at separation."""
    scenario, trail = run
    left = {(record.staff, record.system) for record in trail.of(LeftBehind)}

    residual = measure(trail, scenario).times.residual

    assert len({(r.staff, r.system, r.way) for r in residual}) == len(residual)
    assert {(r.staff, r.system) for r in residual if r.seconds != 0} <= left


@some
@given(runs())
def test_friction_is_made_of_shares(run):
    """What is counted as part of something never exceeds it."""
    scenario, trail = run
    friction = measure(trail, scenario).friction

    assert friction.slips_caught <= friction.slips <= friction.requests
    assert friction.refused <= friction.requests
    assert friction.false_alarms <= friction.alarms
    assert friction.alarms_in_time <= friction.alarms
    assert min(friction.added_s, friction.queue_wait_s, friction.alarm_wait_s) >= 0


@some
@given(runs())
def test_a_stopped_run_names_who_refused(run):
    """Where every refusal of the misuse has a label, so has the verdict."""
    scenario, trail = run
    outcome = measure(trail, scenario)
    misuse = {t.request for t in trail.of(Truth) if t.purpose == "misuse"}

    refusals = [r for r in trail.of(Refused) if r.request in misuse and r.by]
    if outcome.verdict == "stopped" and outcome.possible and refusals:
        assert outcome.by


@some
@given(scenarios(), seeds)
def test_everybody_asked_has_one_decisive_sentence(scenario, seed):
    """Each label that explained anything has exactly one sentence, and its own."""
    trail = simulate(scenario, everything(), seed)

    chosen = decisive(trail)

    assert set(chosen) == {e.label for e in trail.of(Explained)}
    assert all(label == e.label for label, e in chosen.items())
