"""Summing up what honest work paid over the runs of a row."""

from operator import attrgetter

import attrs
from attrs import define, field

from simulator.clock import DAY
from simulator.experiment.findings import Cost
from simulator.experiment.statistics import Mean
from simulator.outcome import Friction
from simulator.scenario.scenario import Scenario

_NAMES = tuple(attribute.name for attribute in attrs.fields(Friction))
_values = attrgetter(*_NAMES)


@define
class CostTally:
    """Sums of friction over runs, and the mean of what is added to an honest request.

    Attributes:
        added: Of each run the seconds added to one honest request, beyond what is in
            force there; see `Cost.added_s`.
        sums: One sum for each field of `Friction`.
        days: Days of 24 h of desks at work.
    """

    added: Mean = field(factory=Mean)
    sums: list[float] = field(factory=lambda: [0] * len(_NAMES))
    days: float = 0.0

    def add(self, friction: Friction, *, less: Friction | None, days: float) -> None:
        """Count one run; ``less`` is the same run of what is in force."""
        values = _values(friction)
        self.sums = [a + b for a, b in zip(self.sums, values, strict=True)]
        self.added.add(_added_s(friction) - (_added_s(less) if less else 0.0))
        self.days += days

    def cost(self) -> Cost:
        """Return the rates."""
        sums = dict(zip(_NAMES, self.sums, strict=True))
        added = self.added.difference()
        return Cost(
            added_s=added.mean,
            added_low=added.low,
            added_high=added.high,
            refused=_ratio(sums["refused"], sums["requests"]) or 0.0,
            approvals_per_day=_ratio(sums["approvals"], self.days) or 0.0,
            queue_wait_s=_ratio(sums["queue_wait_s"], sums["tickets"]) or 0.0,
            alarms_per_shift=_ratio(sums["alarms"], sums["analyst_shifts"]) or 0.0,
            false_share=_ratio(sums["false_alarms"], sums["alarms"]),
            alarm_wait_s=_ratio(sums["alarm_wait_s"], sums["alarms"]),
            slips_caught=_ratio(sums["slips_caught"], sums["slips"]),
            alarms_in_time=_ratio(sums["alarms_in_time"], sums["alarms"]),
        )


def honest_days(scenario: Scenario) -> float:
    """Return for how many days of 24 h honest work is simulated, at any desk."""
    covered, until = 0, 0
    for desk in sorted(scenario.organisation.desks, key=lambda desk: desk.opens):
        closes = min(desk.closes, scenario.clock.horizon)
        covered += max(0, closes - max(desk.opens, until))
        until = max(until, closes)
    return covered / DAY


def _added_s(friction: Friction) -> float:
    """Return the seconds added to one honest request; 0 where there was none."""
    return friction.added_s / friction.requests if friction.requests else 0.0


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None
