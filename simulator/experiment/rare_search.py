"""Finding out, in pilot runs, which draws make something rare happen.

Walks lead to where it happens and give the first tilts; runs that are tilted so, and
weighed, give better ones. Tilts only decide how well an estimate works; it is right in
expectation with any of them.

Source: tilts after walks, J. C. C. Chan and D. P. Kroese (2012), Statistics and
Computing 22, 1031-1040; after weighted runs, R. Y. Rubinstein and D. P. Kroese (2004),
The Cross-Entropy Method, 3.2.
"""

import math

from simulator.experiment.rare_fit import fit_tilts
from simulator.experiment.rare_tilt import Tilts, effective, weight
from simulator.experiment.rare_walks import Deal, Score, play, walk_there

TIED = 20
"""Stops of walks that say as much as one run of its own: what was best of 5, 10, 20 and
40 for a product of chances, a race of two clocks and a binomial tail."""
ROUNDS = 4
"""How often tilts are made better."""
TRUSTED = 40
"""Runs that the weighted ones must be worth, to make tilts after them."""
PLAIN_EVERY = 5
"""Nothing is tilted in every fifth run, so that no run weighs more than five."""


def find_tilts(score: Score, deal: Deal, *, at: float, pilot: int, seed: int) -> Tilts:
    """Search for tilts with which a score is often at or above a level.

    Args:
        score: Plays a run and returns its score.
        deal: Gives the luck of a pilot run.
        at: The level.
        pilot: Runs for each level, and for each round that makes the tilts better.
        seed: Where the chance of the walks starts.

    Returns:
        Tilts of the groups in which runs where it happened differ from others by more
        than chance; of none where it was not reached.
    """
    stops = [run.luck for run in walk_there(score, deal, at=at, pilot=pilot, seed=seed)]
    tilts = fit_tilts(stops, [1 / TIED] * len(stops))
    for number in range(2, 2 + ROUNDS):
        if tilts:
            numbers = range(number * pilot, (number + 1) * pilot)
            tilts = _better(score, deal, tilts, numbers, at)
    return tilts


def tilts_of(number: int, tilts: Tilts) -> Tilts:
    """Return how a run is tilted: every fifth is plain."""
    return {} if number % PLAIN_EVERY == 0 else tilts


def _better(score: Score, deal: Deal, tilts: Tilts, numbers: range, at: float) -> Tilts:
    """Tilt after tilted and weighed runs; leave it where it happened too seldom."""
    lucks, weights = [], []
    for number in numbers:
        run = play(score, deal(number, tilts_of(number, tilts)))
        if run.score >= at:
            ratio = math.fsum(run.luck.log_ratios(tilts).values())
            lucks.append(run.luck)
            weights.append(weight(ratio, 1 / PLAIN_EVERY))
    if len(lucks) <= TRUSTED:
        return tilts
    # Weights are evened out as far as it takes for enough runs to have a say.
    while effective(weights) < TRUSTED:
        weights = [w**0.8 for w in weights]
    scale = effective(weights) / math.fsum(weights)
    return fit_tilts(lucks, [scale * w for w in weights])
