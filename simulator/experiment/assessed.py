"""What an assessment found: frozen values that a report prints and a user can read.

assessment = one row for each incident, against one organisation
row        = verdicts, who noticed first, times, residual access; or why not possible
gap        = a row held in too small a share of its runs, with what would close it
remedy     = one or two controls or alerts to add, with their friction
"""

from collections.abc import Mapping

from attrs import frozen

from simulator.experiment.findings import Estimate, Spread
from simulator.outcome.outcome import Verdict


@frozen
class Friction:
    """What honest work would pay for a remedy, beyond what is in force.

    Means over runs of the organisation without misuse, on shared seeds. Lower is
    better; below zero honest work is spared something.

    Attributes:
        refused: Honest requests refused, as a share of all.
        added_s: Seconds added to one honest request.
        added_low: Lower end of the 95 % interval of that paired difference; None of a
            single run.
        added_high: Upper end.
        alarms_per_shift: Signals from inside for each analyst shift of eight hours.
    """

    refused: float
    added_s: float
    added_low: float | None
    added_high: float | None
    alarms_per_shift: float

    @property
    def order(self) -> tuple[float, float, float]:
        """What is compared to say which remedy is cheaper; the first counts most.

        Refusals to a tenth of a per cent, seconds and alarms to a tenth, and nothing
        below zero, so that chance alone does not put one before another.
        """
        steps = ((self.refused, 3), (self.added_s, 1), (self.alarms_per_shift, 1))
        refused, added_s, alarms = (max(round(cost, to), 0.0) for cost, to in steps)
        return refused, added_s, alarms


@frozen
class Remedy:
    """Controls or alerts added to what is in force.

    Attributes:
        labels: One, or a pair, sorted.
        held: Share of runs stopped, limited or caught with it.
        friction: What honest work pays for it.
    """

    labels: tuple[str, ...]
    held: Estimate
    friction: Friction

    @property
    def name(self) -> str:
        """Its labels in one text."""
        return " + ".join(self.labels)


@frozen
class Gap:
    """What would close a gap.

    Attributes:
        remedies: What closes it, the cheapest first; as many as were looked for. Pairs
            only where no single addition closes it.
        heard: Single additions that were heard about the misuse.
        tried: Those of them that were played; the rest are dearer than what was found.
        pairs: Pairs that were played.
        closest: What came closest where nothing closes it; None if nothing helps.
    """

    remedies: tuple[Remedy, ...]
    heard: int
    tried: int
    pairs: int
    closest: Remedy | None = None


@frozen
class ByLabel:
    """In how many runs a label was the one."""

    label: str
    runs: int


@frozen
class ByAnswer:
    """The share held in the runs with one answer to an open question."""

    axis: str
    option: str
    held: Estimate


@frozen
class ActorAccess:
    """Access that whoever did it had left after separation, by the longest way in.

    Attributes:
        left: Share of all runs in which something was left.
        lasted: How long, in the runs in which it then ended.
        beyond: Share of all runs in which it was still open at the end.
        leavers: Runs in which whoever did it had left, or was an account that nobody
            owns.
    """

    left: Estimate
    lasted: Spread
    beyond: Estimate
    leavers: int


@frozen
class IncidentRow:
    """One incident against the organisation.

    Attributes:
        name: Slug of the incident, or its title.
        title: Its title.
        why_not: Why it is not possible there; "" where it is. Then nothing was played
            and every share is of no runs, or it could be tried in none of the runs.
        possible: Share of runs in which it could be tried at all.
        verdicts: Share of each verdict.
        held: Share of runs that were stopped, limited or caught.
        done_by: How often each label stopped, limited, caught or told of it first;
            most often first.
        noticed_by: How often each label gave the first signal that spoke of it.
        notice: Time to that signal; negative if it came before the effect.
        detect: Time to the first confirmation of a signal from inside.
        restore: Time until the last target was back.
        residual: Access that whoever did it had left.
        by_answer: Share held for each answer to its open questions, where they make a
            difference; the runs are spread evenly over them.
        gap: What would close the gap; None where there is none.
    """

    name: str
    title: str
    why_not: str
    possible: Estimate
    verdicts: Mapping[Verdict, Estimate]
    held: Estimate
    done_by: tuple[ByLabel, ...]
    noticed_by: tuple[ByLabel, ...]
    notice: Spread
    detect: Spread
    restore: Spread
    residual: ActorAccess
    by_answer: tuple[ByAnswer, ...]
    gap: Gap | None = None


@frozen
class Assessment:
    """Everything `assess` found, and what it takes to find it again.

    Attributes:
        organisation: Name of the organisation.
        title: Title of its file.
        in_force: Labels of what is in force there, sorted.
        seed: Where chance started.
        replications: Runs of each incident and of each addition.
        friction_replications: Runs without misuse that friction was measured in.
        gap_under: An incident held in a smaller share of its runs is a gap.
        version: Of the simulator.
        rows: One for each incident that was finished, in the order asked.
        unfinished: Names of those that an interrupt left out.
    """

    organisation: str
    title: str
    in_force: tuple[str, ...]
    seed: int
    replications: int
    friction_replications: int
    gap_under: float
    version: str
    rows: tuple[IncidentRow, ...]
    unfinished: tuple[str, ...] = ()

    @property
    def possible(self) -> tuple[IncidentRow, ...]:
        """The incidents that are possible there."""
        return tuple(row for row in self.rows if not row.why_not)

    @property
    def impossible(self) -> tuple[IncidentRow, ...]:
        """The incidents that are not."""
        return tuple(row for row in self.rows if row.why_not)

    @property
    def gaps(self) -> tuple[IncidentRow, ...]:
        """The incidents held in too small a share of their runs."""
        return tuple(row for row in self.possible if row.gap is not None)

    def under(self, share: float) -> tuple[IncidentRow, ...]:
        """Return the possible incidents held in less than a share of their runs."""
        return tuple(row for row in self.possible if row.held.share < share)
