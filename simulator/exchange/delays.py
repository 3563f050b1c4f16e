"""From accesses that lasted to what removes them: a fit for each system and employment.

Where a system has few accesses of one employment, all employments are taken together;
where it has few altogether, all systems are.
"""

import math
from collections import Counter
from collections.abc import Collection, Sequence

from attrs import evolve, frozen

from simulator.clock import Seconds
from simulator.exchange.fitting import FEW, Fit, fit
from simulator.exchange.leavers import Lasted
from simulator.exchange.survival import Case, survival
from simulator.scenario.organisation import Employment
from simulator.streams import Constant, Distribution, Empirical

SYSTEMS_MAX = 24
"""Systems that get removals of their own; the rest are one."""
OTHER_SYSTEMS = "other-systems"
_STEPS = 9


@frozen
class Removal:
    """How access to one system is removed, as the log has it.

    Attributes:
        system: The system.
        employments: Whom it is about; nobody in particular where it is empty.
        pooled: What was taken together for it; "" where it stands on its own.
        cases: Accesses it rests on.
        early: How many of them ended before the last day was over.
        fit: How long the others lasted.
        early_delay: From the last shift to an early removal.
        observed: Median and 90th percentile after the last day, as seen.
        fitted: The same, as the fit has them.
    """

    system: str
    employments: tuple[Employment, ...]
    pooled: str
    cases: int
    early: int
    fit: Fit
    early_delay: Distribution | None
    observed: tuple[float, float]
    fitted: tuple[float, float]

    @property
    def early_share(self) -> float:
        """Share of accesses that end before the last day is over."""
        return self.early / self.cases

    @property
    def said(self) -> str:
        """Say what it was learnt from: "41 accesses, 6 of them not removed so far"."""
        parts = [f"{self.cases} access{'es' * (self.cases != 1)}"]
        if self.early:
            parts.append(f"{self.early} removed before the last day was over")
        if self.fit.going_on:
            parts.append(f"{self.fit.going_on} not removed so far")
        return ", ".join(parts)


def fewer_systems(lasted: Collection[Lasted]) -> tuple[Lasted, ...]:
    """Take the rarest systems together where there are very many."""
    counts = Counter(one.system for one in lasted)
    if len(counts) <= SYSTEMS_MAX:
        return tuple(lasted)
    ordered = sorted(counts, key=lambda system: (-counts[system], system))
    kept = {*ordered[: SYSTEMS_MAX - 1]}
    return tuple(
        one if one.system in kept else evolve(one, system=OTHER_SYSTEMS)
        for one in lasted
    )


def removals(
    lasted: Collection[Lasted], employments: Collection[Employment]
) -> tuple[Removal, ...]:
    """Learn how access is removed from every system.

    Args:
        lasted: From the log.
        employments: Those that the organisation has; others of the log are added.
    """
    by_system: dict[str, list[Lasted]] = {}
    for one in lasted:
        by_system.setdefault(one.system, []).append(one)
    told = {one.employment for one in lasted if one.employment is not None}
    asked = sorted({*employments, *told}) if told else []
    found: list[Removal] = []
    for system, ones in sorted(by_system.items()):
        rest = []
        for employment in asked:
            own = [one for one in ones if one.employment == employment]
            if len(own) >= FEW:
                found.append(_removal(system, (employment,), "", own))
            else:
                rest.append(employment)
        if rest or not asked:
            enough = len(ones) >= FEW or len(by_system) == 1
            pooled = "all employments" if asked else ""
            if len(asked) == 1 and enough:
                pooled = ""
            elif not enough:
                pooled = "all systems"
            taken = ones if enough else list(lasted)
            found.append(_removal(system, tuple(rest), pooled, taken))
    return tuple(found)


def _removal(
    system: str,
    employments: tuple[Employment, ...],
    pooled: str,
    ones: Sequence[Lasted],
) -> Removal:
    early = [one.early for one in ones if one.early is not None]
    later: list[Case] = [(one.low, one.high) for one in ones if one.early is None]
    found = fit(later)
    seen = survival([*((0.0, 0.0) for _ in early), *later])
    share = len(early) / len(ones)
    observed, fitted = (
        (at(0.5), at(0.9))
        for at in (seen.quantile, lambda q: _quantile(found, share, q))
    )
    return Removal(
        system=system,
        employments=employments,
        pooled=pooled,
        cases=len(ones),
        early=len(early),
        fit=found,
        early_delay=_steps(early) if early else None,
        observed=observed,
        fitted=fitted,
    )


def _quantile(found: Fit, early: float, share: float) -> float:
    if share <= early:
        return 0.0
    return found.quantile((share - early) / (1 - early))


def _steps(seconds: Sequence[int]) -> Distribution:
    """Describe times by their deciles; there are zeros among them."""
    ordered = sorted(seconds)
    if ordered[0] == ordered[-1]:
        return Constant(Seconds(ordered[0]))
    if len(ordered) <= _STEPS:
        return Empirical(map(Seconds, ordered))
    at = (math.ceil(len(ordered) * step / (_STEPS + 1)) for step in range(1, 10))
    return Empirical([Seconds(ordered[position - 1]) for position in at])
