"""Measuring: one pass over the records of a run, and from them its outcome."""

from simulator.outcome.friction import measure_friction
from simulator.outcome.harm import measure_harm
from simulator.outcome.ledger import sort_records
from simulator.outcome.outcome import Outcome
from simulator.outcome.times import measure_times
from simulator.outcome.verdict import could_try, judge
from simulator.scenario.scenario import Scenario
from simulator.trail import Trail


def measure(trail: Trail, scenario: Scenario) -> Outcome:
    """Measure one run from its trail and its scenario alone.

    A stored trail gives the same outcome as a live one.

    Raises:
        ReplayError: The trail is not whole, or is of another scenario.
    """
    ledger = sort_records(trail, scenario)
    harm = measure_harm(ledger, scenario)
    times = measure_times(ledger, scenario)
    verdict, by = judge(ledger, harm, times, scenario)
    return Outcome(
        verdict=verdict,
        by=by,
        possible=could_try(ledger),
        harm=harm,
        times=times,
        friction=measure_friction(ledger, scenario.tolerances),
    )
