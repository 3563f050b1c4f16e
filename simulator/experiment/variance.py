"""How much of an answer's spread comes from parameters, and how much from simulation.

cells = one list for each draw of the parameters, with the answer of each run; run r
        has the same seed in all draws
"""

import math
from collections.abc import Sequence
from statistics import fmean

from attrs import frozen

from simulator.experiment.statistics import quantile

TAIL = 0.05
"""Left out at either end of the spread over parameters: 90 % are inside."""


@frozen
class Parted:
    """The two sources of doubt, told apart. All but the counts in units of the answer.

    Attributes:
        draws: Draws of the parameters.
        runs: Runs of each.
        mean: Mean over all draws and runs.
        low: 5 % quantile of the answer over parameters, freed of noise.
        high: 95 % quantile.
        parameter_sd: Standard deviation that is due to parameters.
        noise_sd: Standard deviation of one run at fixed parameters.
    """

    draws: int
    runs: int
    mean: float
    low: float
    high: float
    parameter_sd: float
    noise_sd: float

    @property
    def noise_error(self) -> float:
        """Standard error that simulation leaves in the answer of one draw."""
        return self.noise_sd / math.sqrt(self.runs)


def part(cells: Sequence[Sequence[float]]) -> Parted:
    """Tell the spread due to parameters from the noise of simulation.

    By the law of total variance, Var(Y) = Var(E(Y | parameters)) + E(Var(Y |
    parameters)). With K draws and R runs on shared seeds the answers are a two-way
    layout without replication, and its mean squares give both parts without bias::

        parameters = (MS_draws - MS_rest) / R
        noise      = MS_rest + (MS_runs - MS_rest) / K      of one run

    A part that comes out below zero is zero. The means of the draws still hold noise;
    they are drawn together about their mean until their variance is that of the
    parameters alone, and the quantiles are taken of those.

    Args:
        cells: K lists of R numbers each, both at least 2.

    Raises:
        ValueError: Too few draws or runs, or lists of different lengths.

    Sources: two-way layout: Scheffe (1959), The Analysis of Variance, 7.4; means with
    the right variance: Louis (1984), Journal of the American Statistical Association
    79, 393-398.
    """
    k, r = len(cells), len(cells[0]) if cells else 0
    if k < 2 or r < 2 or any(len(row) != r for row in cells):
        raise ValueError(f"no layout ({k} draws of {r} runs); accepted: 2 of 2 or more")
    of_draws = [fmean(row) for row in cells]
    of_runs = [fmean(column) for column in zip(*cells, strict=True)]
    mean = fmean(of_draws)
    ms_draws = r * _squares(of_draws, mean) / (k - 1)
    ms_runs = k * _squares(of_runs, mean) / (r - 1)
    rest = math.fsum(
        (cell - of_draw - of_run + mean) ** 2
        for row, of_draw in zip(cells, of_draws, strict=True)
        for cell, of_run in zip(row, of_runs, strict=True)
    )
    ms_rest = rest / ((k - 1) * (r - 1))
    parameters = max(0.0, (ms_draws - ms_rest) / r)
    noise = ms_rest + max(0.0, (ms_runs - ms_rest) / k)
    together = math.sqrt(parameters * r / ms_draws) if ms_draws > 0 else 0.0
    freed = sorted(mean + together * (draw - mean) for draw in of_draws)
    return Parted(
        draws=k,
        runs=r,
        mean=mean,
        low=quantile(freed, TAIL),
        high=quantile(freed, 1 - TAIL),
        parameter_sd=math.sqrt(parameters),
        noise_sd=math.sqrt(noise),
    )


@frozen
class Effect:
    """Elementary effects of one number: changes of the answer over its whole range.

    Attributes:
        size: Mean of their absolute values (mu*): how much it matters at all.
        spread: Their standard deviation (sigma). Of the order of ``size``, it says that
            the effect depends on the other numbers, or is not straight.
    """

    size: float
    spread: float


def effect_of(changes: Sequence[float]) -> Effect | None:
    """Sum elementary effects up; None with fewer than two.

    Sources: Morris (1991), Technometrics 33, 161-174; mu* by Campolongo, Cariboni and
    Saltelli (2007), Environmental Modelling & Software 22, 1509-1518.
    """
    if len(changes) < 2:
        return None
    middle = fmean(changes)
    spread = math.sqrt(_squares(changes, middle) / (len(changes) - 1))
    return Effect(fmean(map(abs, changes)), spread)


def _squares(values: Sequence[float], mean: float) -> float:
    return math.fsum((value - mean) ** 2 for value in values)
