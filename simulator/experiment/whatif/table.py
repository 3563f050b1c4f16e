"""What was counted of every arm of one reading, in memory that does not grow with runs.

One replication is folded in by a few operations on whole regions, however many arms
there are; what is asked about an arm is answered from the sums.
"""

from collections.abc import Iterable, Mapping

from attrs import Factory, define, field

from simulator.experiment.statistics import Difference, Mean, wilson
from simulator.experiment.whatif.counting import Counts, Sums
from simulator.experiment.whatif.design import Design
from simulator.experiment.whatif.explore import Explored
from simulator.experiment.whatif.findings import Arm, Burden
from simulator.experiment.whatif.goals import Met
from simulator.experiment.whatif.paired import difference_of_shares, pairs_of
from simulator.outcome import VERDICTS, Friction, Verdict
from simulator.outcome.friction import ANALYST_SHIFT_S
from simulator.regions import Region, holds

PAID = (
    "requests",
    "refused",
    "approvals",
    "tickets",
    "queue_wait_s",
    "alarms",
    "false_alarms",
    "analyst_s",
)
"""Whole numbers of a run that are summed for each arm."""
FINE = 1_000_000
"""Parts of a second that what is added to one request is counted in."""


@define(eq=False)
class ArmTable:
    """Counts and sums of all arms.

    Attributes:
        design: The arms.
        reference: The number of the arm that is in force.
        runs: Replications folded in.
        leaves: Runs that were played for them.
        verdicts: Runs with each verdict.
        caught: Runs stopped or confirmed in time.
        gained: Runs that held where the reference did not.
        lost: Runs that did not where the reference held.
        reference_held: Runs in which the reference held.
        paid: Sums of what honest work paid.
        added: What was added to one honest request beyond the reference.
        squares: The squares of that.
        days: Days of 24 h of desks at work.
        fired: Candidates that fired in any run.
    """

    design: Design
    reference: int
    runs: int = 0
    leaves: int = 0
    verdicts: Mapping[Verdict, Counts] = field(
        factory=lambda: {verdict: Counts() for verdict in VERDICTS}
    )
    caught: Counts = Factory(Counts)
    gained: Counts = Factory(Counts)
    lost: Counts = Factory(Counts)
    reference_held: int = 0
    paid: Mapping[str, Sums] = field(factory=lambda: {name: Sums() for name in PAID})
    added: Sums = Factory(Sums)
    squares: Sums = Factory(Sums)
    days: float = 0.0
    fired: set[str] = Factory(set)

    def add(self, explored: Explored, met: Met, *, days: float) -> None:
        """Fold one replication in."""
        self.runs += 1
        self.leaves += len(explored.leaves)
        self.days += days
        self.fired |= explored.fired
        for verdict, region in met.verdicts.items():
            self.verdicts[verdict].add(region)
        self.caught.add(met.goals["caught"])
        held = met.goals["held"]
        if holds(held, self.reference):
            self.reference_held += 1
            self.lost.add(self.design.everything & ~held)
        else:
            self.gained.add(held)
        self._pay(explored)

    def _pay(self, explored: Explored) -> None:
        parts: dict[Friction, Region] = {}
        for leaf in explored.leaves:
            friction = leaf.outcome.friction
            parts[friction] = parts.get(friction, 0) | leaf.arms
        sums = [(region, _numbers(friction)) for friction, region in parts.items()]
        for name, kept in self.paid.items():
            kept.add((region, numbers[name]) for region, numbers in sums)
        mine = next(f for f, region in parts.items() if holds(region, self.reference))
        more = [(r, _added(friction) - _added(mine)) for friction, r in parts.items()]
        self.added.add(more)
        self.squares.add((region, number**2) for region, number in more)

    def arm(self, labels: Iterable[str]) -> Arm:
        """Return the arm in which just these candidates are on.

        Raises:
            LastdayError: A label is no candidate, or the design has no such arm.
        """
        return self.at(self.design.arm(labels))

    def at(self, number: int) -> Arm:
        """Return an arm by its number."""
        verdicts = {v: counts.at(number) for v, counts in self.verdicts.items()}
        held = self.held(number)
        against, saved = self._against(number, held)
        return Arm(
            labels=tuple(sorted(self.design.on(number))),
            verdicts={v: wilson(count, self.runs) for v, count in verdicts.items()},
            held=wilson(held, self.runs),
            stopped=wilson(verdicts["stopped"], self.runs),
            caught=wilson(self.caught.at(number), self.runs),
            friction=self.burden(number),
            against=against,
            saved=saved,
        )

    def held(self, number: int) -> int:
        """Count the runs in which an arm held."""
        return (
            self.reference_held + self.gained.at(number) - self.lost.at(number)
            if self.runs
            else 0
        )

    def _against(
        self, number: int, held: int
    ) -> tuple[Difference | None, float | None]:
        """Hold an arm against the reference, and say what common chance saved."""
        if number == self.reference or not self.runs:
            return None, None
        gained, lost = self.gained.at(number), self.lost.at(number)
        both = pairs_of(held, self.reference_held, gained, lost, self.runs)
        saved = both.saving().saved
        return difference_of_shares(gained, lost, self.runs), saved

    def burden(self, number: int) -> Burden:
        """Return what honest work pays in an arm."""
        paid = {name: sums.at(number) for name, sums in self.paid.items()}
        added = self._added(number)
        shifts = paid["analyst_s"] / ANALYST_SHIFT_S
        return Burden(
            added_s=added.mean,
            refused=_ratio(paid["refused"], paid["requests"]),
            approvals_per_day=_ratio(paid["approvals"], self.days),
            alarms_per_shift=_ratio(paid["alarms"], shifts),
            false_alarms_per_shift=_ratio(paid["false_alarms"], shifts),
            queue_wait_s=_ratio(paid["queue_wait_s"], paid["tickets"]),
            added_low=added.low,
            added_high=added.high,
        )

    def _added(self, number: int) -> Difference:
        """Return what is added to one honest request, run by run, in seconds."""
        if not self.runs:
            return Mean().difference()
        total, squares = self.added.at(number), self.squares.at(number)
        off = (squares * self.runs - total * total) / (self.runs * FINE * FINE)
        return Mean(self.runs, total / (self.runs * FINE), off).difference()

    def fired_never(self) -> tuple[str, ...]:
        """Return the candidates that fired in no run, sorted; of no runs, none."""
        if not self.runs:
            return ()
        return tuple(sorted(set(self.design.labels) - self.fired))

    def shares(self) -> set[int]:
        """Return every count of a share that a reading tells of any arm."""
        everything, counts = self.design.everything, {self.reference_held}
        for kept in (*self.verdicts.values(), self.caught):
            counts |= {count for count, _ in kept.alike(everything)}
        for gained, region in self.gained.alike(everything):
            counts |= {
                self.reference_held + gained - lost
                for lost, _ in self.lost.alike(region)
            }
        return counts


def _numbers(friction: Friction) -> dict[str, int]:
    analyst_s = round(friction.analyst_shifts * ANALYST_SHIFT_S)
    names = (name for name in PAID if name != "analyst_s")
    return {name: getattr(friction, name) for name in names} | {"analyst_s": analyst_s}


def _added(friction: Friction) -> int:
    """Return what was added to one honest request, in parts of a second."""
    if not friction.requests:
        return 0
    return round(friction.added_s * FINE / friction.requests)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
