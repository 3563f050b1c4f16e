"""Probabilities so small that plain runs hardly ever show them.

    score >= at    it happened
    weight         how often a run comes up as it is drawn plainly, over how it was
    share          mean over all runs of weight * (it happened)

Pilot runs find which draws make it happen; the runs that count are drawn with these
pushed that way, and weighed by how much. The mean is right in expectation whatever the
pilot found, for every way things can go remains possible and every fifth run is plain.

What the interval cannot know of is a way to the event that no run has taken: where two
unlike ways lead there and the pilot saw one, it is the share of that one. Nor is it
sound where hardly any weight lies on most runs; `RareEstimate.is_sound` tells. That is
so where much depends on how two draws make up for each other, since each group is
tilted apart from the others. After pilots of 500 and 800, of 1,000 runs each, 98 % of
200 intervals held a chance of 0.5 %, and 92 % of 120 a product of three chances, of
0.003 %: of something rarer than 0.1 %, take an interval of 95 % for one of 90.

Source: importance sampling with tilts found by cross-entropy, Rubinstein and Kroese
(2004), The Cross-Entropy Method, 3; mixed with plain runs as T. Hesterberg (1995),
Technometrics 37, 185-194, advises.
"""

import math
from collections.abc import Callable, Mapping

from attrs import frozen

from simulator.experiment.findings import Estimate
from simulator.experiment.plan import replication_seed
from simulator.experiment.rare_search import PLAIN_EVERY, find_tilts, tilts_of
from simulator.experiment.rare_tilt import (
    Group,
    Identity,
    Luck,
    Tilt,
    Tilts,
    by_purpose,
    effective,
    weight,
)
from simulator.experiment.statistics import (
    CONFIDENCE,
    clopper_pearson,
    score_interval,
    wilson,
)
from simulator.outcome import Outcome, measure
from simulator.scenario.organisation import Posture
from simulator.scenario.scenario import Scenario
from simulator.trail import Executed, Passed, Trail, Truth
from simulator.world import simulate

ENOUGH = 100
"""Equal runs that an estimate must rest on to be called sound."""
PILOT = 400
"""Runs that each round of a pilot must have for that. Where two unlike ways led to an
event of 0.15 %, 96 % of the intervals held it after pilots of 400, and 64 % of those
that rested on enough runs after pilots of 150: these had lost one of the ways."""


@frozen
class RareEstimate:
    """The probability of something rare.

    Attributes:
        share: The estimate.
        low: Lower end of its interval.
        high: Upper end.
        runs: Runs it rests on, without those of the pilot.
        pilot: Runs of each round of the pilot.
        happened: In how many of them it happened.
        effective: How many runs of equal weight those are worth.
        worth: How many plain runs would give an interval as narrow; as many as were
            played where it never happened.
        plain: The share among the plain runs alone, which owes nothing to the pilot.
        tilts: Which draws were pushed, and how; empty where the pilot found nothing.
    """

    share: float
    low: float
    high: float
    runs: int
    pilot: int
    happened: int
    effective: float
    worth: float
    plain: Estimate
    tilts: Mapping[str, Tilt]

    @property
    def is_sound(self) -> bool:
        """Whether it rests on enough runs, as well as pilot and weights can tell."""
        return self.effective >= ENOUGH and self.pilot >= PILOT


@frozen
class _Weighed:
    """One run: its weight, whether it happened, and whether nothing was tilted."""

    weight: float
    happened: bool
    plain: bool


def estimate_rare(
    model: Callable[[Luck], float],
    *,
    runs: int,
    pilot: int,
    seed: int,
    at: float = 1.0,
    group: Group = by_purpose,
    confidence: float = CONFIDENCE,
) -> RareEstimate:
    """Estimate how probable it is that a score reaches a level.

    Args:
        model: Plays a run and returns its score; True and False are scores. All luck
            that matters is drawn by ``luck(purpose, *identity)``; what is drawn from
            ``luck.seed`` instead is never pushed.
        runs: Runs that count.
        pilot: Runs of each round of the search; there are a dozen rounds or more.
        seed: Where chance starts. Run n has the seed ``replication_seed(seed, n)``.
        at: The level from which on it happened.
        group: Which draws may be pushed, and which of them alike.
        confidence: Of the interval.

    Raises:
        ValueError: Fewer than ten runs, in the pilot or after it.
    """
    if min(runs, pilot) < 10:
        wrong = f"too few runs ({runs}, pilot {pilot})"
        raise ValueError(f"{wrong}; accepted: ten or more")

    def deal(number: int, tilts: Tilts) -> Luck:
        return Luck(replication_seed(seed, number), group, tilts)

    tilts = find_tilts(
        model, lambda n, t: deal(runs + n, t), at=at, pilot=pilot, seed=seed
    )
    plain = len(range(0, runs, PLAIN_EVERY)) / runs
    weighed = []
    for number in range(runs):
        luck = deal(number, tilts_of(number, tilts))
        happened = model(luck) >= at
        ratio = math.fsum(luck.log_ratios(tilts).values())
        weighed.append(
            _Weighed(weight(ratio, plain), happened, number % PLAIN_EVERY == 0)
        )
    return _estimate(weighed, tilts, pilot, confidence)


def _estimate(
    weighed: list[_Weighed], tilts: Tilts, pilot: int, confidence: float
) -> RareEstimate:
    """Add the runs up.

    With x = weight where it happened and 0 elsewhere, the share is the mean of x, with
    the variance s^2 / n. Its interval is Wilson's, for the number of plain runs that
    have this variance; without tilts it is `wilson` itself.
    """
    runs = len(weighed)
    weights = [run.weight for run in weighed if run.happened]
    plain_runs = [run.happened for run in weighed if run.plain]
    share = min(1.0, math.fsum(weights) / runs)
    spread = math.fsum(w * w for w in weights) / runs - share**2
    worth = runs * share * (1 - share) / spread if spread > 0 else float(runs)
    low, high = score_interval(share, worth, confidence)
    if not weights:
        none = len(plain_runs) if tilts else runs
        low, high = 0.0, clopper_pearson(0, none, confidence).high
    return RareEstimate(
        share=share,
        low=max(0.0, low),
        high=min(1.0, high),
        runs=runs,
        pilot=pilot,
        happened=len(weights),
        effective=effective(weights),
        worth=worth,
        plain=wilson(sum(plain_runs), len(plain_runs), confidence),
        tilts=tilts,
    )


def about_misuse(purpose: str, identity: Identity) -> str | None:
    """Push the draws that name a request of the misuse, those of one purpose alike."""
    named = any(str(part).startswith("misuse-") for part in identity)
    return purpose if named else None


def hurdles_passed(trail: Trail) -> int:
    """Count the prompts and consents that the misuse got past, and its effects."""
    about = {truth.request for truth in trail.of(Truth) if truth.purpose == "misuse"}
    passed = sum(p.request in about and p.what != "rejected" for p in trail.of(Passed))
    return passed + sum(done.request in about for done in trail.of(Executed))


def rare_outcome(
    scenario: Scenario,
    arm: Posture,
    *,
    counts: Callable[[Outcome], bool],
    runs: int,
    seed: int,
    pilot: int = PILOT,
    group: Group = about_misuse,
    nearness: Callable[[Trail], float] = hurdles_passed,
    play: Callable[..., Trail] = simulate,
    confidence: float = CONFIDENCE,
) -> RareEstimate:
    """Estimate how probable a rare outcome of an arm is.

    Args:
        scenario: The scenario, with the variant already chosen.
        arm: The controls and alerts that are switched on.
        counts: Says whether it is the outcome that is asked for.
        runs: Runs that count.
        seed: Of the experiment, as for `compare`.
        pilot: Runs of each round of the search.
        group: Which draws may be pushed; those about the misuse, unless said otherwise.
            Honest work, and what happens before the run such as how access ends, is
            never pushed.
        nearness: How near a run came that does not count; zero or more.
        play: What plays a run.
        confidence: Of the interval.
    """

    def score(luck: Luck) -> float:
        trail = play(scenario, arm, luck.seed, luck=luck)
        if counts(measure(trail, scenario)):
            return 1.0
        near = nearness(trail)
        return near / (1 + near)

    return estimate_rare(
        score,
        runs=runs,
        pilot=pilot,
        seed=seed,
        group=group,
        confidence=confidence,
    )
