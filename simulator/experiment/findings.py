"""What an experiment found: frozen values that a report prints and a user can read.

findings = readings; one for each combination of open questions shown apart
reading  = what was in force + one row for each candidate + replay targets
           + access left after separation
row      = verdicts with intervals, times with intervals, friction, reasons
"""

from collections.abc import Mapping
from typing import Literal

from attrs import asdict, frozen

from simulator.outcome.outcome import VERDICTS, Verdict


@frozen
class Estimate:
    """A share, counted, with its 95 % Wilson score interval."""

    count: int
    of: int
    share: float
    low: float
    high: float


@frozen
class Spread:
    """Times of the runs in which something happened, in seconds.

    Attributes:
        happened: Runs in which it did.
        of: All runs.
        median: Median of those; None if it never happened.
        low: 5 % quantile.
        high: 95 % quantile.
        median_low: Lower end of the 95 % interval of the median, between order
            statistics; None with fewer than six values.
        median_high: Upper end.
    """

    happened: int
    of: int
    median: float | None
    low: float | None
    high: float | None
    median_low: float | None = None
    median_high: float | None = None


@frozen
class Cost:
    """Friction as rates, means over all runs of the row.

    Attributes:
        added_s: Seconds added to one honest request, beyond what is in force; for the
            row of what is in force itself, by that.
        added_low: Lower end of the 95 % interval of the paired difference; minus
            infinity of a single run.
        added_high: Upper end.
        refused: Honest requests refused, as a share of all.
        approvals_per_day: Approvals asked of honest work in 24 h of desks at work.
        queue_wait_s: Mean wait of one ticket.
        alarms_per_shift: Signals from inside for each analyst shift of eight hours.
        false_share: Share of them that were false; None if there were none.
        alarm_wait_s: Mean wait of an alarm for an analyst; None if there were none.
        slips_caught: Honest slips caught, as a share of all; None if there were none.
        alarms_in_time: Share of signals from inside that an analyst turned to within
            the scenario's ``caught_within``; None if there were none.
    """

    added_s: float
    added_low: float
    added_high: float
    refused: float
    approvals_per_day: float
    queue_wait_s: float
    alarms_per_shift: float
    false_share: float | None
    alarm_wait_s: float | None
    slips_caught: float | None
    alarms_in_time: float | None = None


@frozen
class Row:
    """One arm against what was in force.

    Attributes:
        label: The candidate; "" for what was in force alone.
        shelf: Which shelf it is from; "posture" for what was in force.
        in_force: The candidate is in force; the row shows the day *without* it.
        verdicts: Share of each verdict.
        held: Share of runs that were stopped, limited or caught.
        detect: First confirmation of a signal from inside.
        notice: First signal from outside.
        restore: Time until the last target is back.
        outage: Longest time one target was out.
        cost: What honest work paid.
        fired: Runs in which the candidate said or signalled anything at all, ended
            access, kept reversible what was done, or sped up what was brought back;
            with it in force, where it is.
        did_it: How often each label did it first, most often first.
        why: The commonest reasons the candidate gave on the misuse, with how often;
            where it is in force, in the runs that had it.
        reran: Runs that had to be simulated again; the rest equal what was in force.
        by_option: Share held for each option of a swept axis, as
            (axis, option) -> estimate.
        possible: Runs in which the misuse could be tried at all.
    """

    label: str
    shelf: Literal["posture", "control", "alert", "witness"]
    in_force: bool
    verdicts: Mapping[Verdict, Estimate]
    held: Estimate
    detect: Spread
    notice: Spread
    restore: Spread
    outage: Spread
    cost: Cost
    fired: int
    did_it: tuple[tuple[str, int], ...]
    why: tuple[tuple[str, int], ...]
    reran: int
    by_option: Mapping[tuple[str, str], Estimate]
    possible: int

    @property
    def usual(self) -> Verdict:
        """The commonest verdict; the better one of equals."""
        return max(VERDICTS, key=lambda verdict: self.verdicts[verdict].count)


@frozen
class TargetCheck:
    """A documented value held against the simulated ones.

    Attributes:
        name: Id of the expectation.
        metric: Its metric, with what it is of.
        documented: The documented value as text, such as "11 min" or "0 s to 2 min".
        source: Tag and source.
        basis: calibrated or predicted.
        simulated: The spread over runs (counts and seconds alike).
        met: Whether the central 90 % of the runs, and at least half of all runs,
            reach into the documented range.
    """

    name: str
    metric: str
    documented: str
    source: str
    basis: Literal["calibrated", "predicted"]
    simulated: Spread
    met: bool


@frozen
class ResidualAccess:
    """One way in of one leaver after separation, over the runs of what was in force.

    Attributes:
        staff: The leaver; the account itself where nobody owns it on record.
        system: The system it opens.
        way: "account", or the credential with its kind.
        left: Share of runs in which access was left after separation.
        lasted: How long, in the runs in which it was left and then ended.
        beyond: Share of runs in which it lasted beyond the horizon.
    """

    staff: str
    system: str
    way: str
    left: Estimate
    lasted: Spread
    beyond: Estimate


@frozen
class Reading:
    """One answer to the questions that are shown apart.

    Attributes:
        chosen: The options that hold in all its runs: those shown apart, and those
            asked for. Swept ones are in `Row.by_option`; others take the first option.
        says: What each of them says.
        baseline: What was in force.
        rows: Every candidate: controls, then alerts, then witnesses, by label.
        targets: What is documented, held against what was in force.
        residual: Every way in of those who left, with what was in force.
    """

    chosen: tuple[tuple[str, str], ...]
    says: tuple[str, ...]
    baseline: Row
    rows: tuple[Row, ...]
    targets: tuple[TargetCheck, ...]
    residual: tuple[ResidualAccess, ...] = ()


@frozen
class Findings:
    """Everything `compare` found, and what it takes to find it again.

    ``finished`` is below ``replications`` where the experiment was interrupted; what is
    told is then about the finished ones alone.
    """

    title: str
    question: str
    incident: str
    seed: int
    replications: int
    finished: int
    version: str
    readings: tuple[Reading, ...]

    def to_table(self) -> list[dict[str, object]]:
        """Return one flat dict for each reading and row, as data frames like it.

        Estimates become three columns (``held``, ``held_low``, ``held_high``), spreads
        those of their fields (``detect_median``), options shown apart one column each
        (``chosen.intent``). All dicts have the same keys, in the same order.
        """
        return [
            {f"chosen.{axis}": option for axis, option in reading.chosen} | _flat(row)
            for reading in self.readings
            for row in (reading.baseline, *reading.rows)
        ]


_SPREADS = ("detect", "notice", "restore", "outage")


def _flat(row: Row) -> dict[str, object]:
    flat: dict[str, object] = {
        "label": row.label,
        "shelf": row.shelf,
        "in_force": row.in_force,
        "runs": row.held.of,
        "usual": row.usual,
    }
    for name, share in (("held", row.held), *row.verdicts.items()):
        flat |= {
            name: share.share,
            f"{name}_low": share.low,
            f"{name}_high": share.high,
        }
    for name in _SPREADS:
        spread: Spread = getattr(row, name)
        flat |= {f"{name}_{key}": value for key, value in asdict(spread).items()}
    flat |= asdict(row.cost)
    return flat | {
        "fired": row.fired,
        "reran": row.reran,
        "possible": row.possible,
        "by": row.did_it[0][0] if row.did_it else "",
        "why": row.why[0][0] if row.why else "",
    }
