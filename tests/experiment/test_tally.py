"""Counting what leavers had left: shares of all runs, and times where it ended."""

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from simulator.experiment.tally import ResidualTally
from simulator.outcome import Residual, measure
from tests.outcome.trail_builders import a_scenario, a_trail

OUTCOME = measure(a_trail(), a_scenario())
WAYS = (("leaver", "console", "account"), ("leaver", "vpn", "api-key deploy"))


def tallied(runs):
    """Count runs, each a mapping from ways in to seconds. Returns what is found."""
    tally = ResidualTally()
    for run in runs:
        residual = tuple(Residual(*way, seconds) for way, seconds in run.items())
        tally.add(evolve(OUTCOME, times=evolve(OUTCOME.times, residual=residual)))
    return {(f.staff, f.system, f.way): f for f in tally.found()}


SECONDS = st.none() | st.just(0) | st.integers(1, 10_000)


@given(st.lists(st.dictionaries(st.sampled_from(WAYS), SECONDS), min_size=1))
def test_every_run_is_counted_once_for_each_way(runs):
    """Of all runs, access was closed, ended later, or stayed open to the horizon."""
    for way, found in tallied(runs).items():
        given_ = [run.get(way, 0) for run in runs]
        ended = [seconds for seconds in given_ if seconds]

        assert found.left.of == found.beyond.of == found.lasted.of == len(runs)
        assert found.beyond.count == given_.count(None)
        assert found.left.count == found.beyond.count + len(ended)
        assert found.lasted.happened == len(ended)
        assert found.lasted.median is None or min(ended) <= found.lasted.median


def test_only_what_was_left_is_kept():
    """A way in that was closed in every run takes no memory for each of them."""
    (way, _) = WAYS
    tally = ResidualTally()
    for seconds in (0, 0, 60, 0, None):
        left = (Residual(*way, seconds),)
        tally.add(evolve(OUTCOME, times=evolve(OUTCOME.times, residual=left)))

    assert list(tally.lasted[way]) == [60]
    assert tally.beyond[way] == 1
