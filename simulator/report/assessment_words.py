"""What every form of an assessment says in the same words: order, sentences, legend."""

from collections.abc import Iterable, Iterator, Sequence

from simulator.experiment.assessed import (
    Assessment,
    ByAnswer,
    IncidentRow,
    Remedy,
)
from simulator.experiment.findings import Estimate
from simulator.report.words import listing, percent, plural

HELD = "held (stopped, limited or caught)"
NOT_HERE = "not possible here, because "
"""How `simulator.scenario.binding` begins a reason."""


def ranked(rows: Iterable[IncidentRow]) -> list[IncidentRow]:
    """Sort the least held first; of equals, the one that harms without being seen."""
    return sorted(
        rows,
        key=lambda row: (row.held.share, -row.verdicts["missed"].share, row.name),
    )


def reason(row: IncidentRow) -> str:
    """Say why an incident is not possible, without the words that a heading says."""
    return row.why_not.removeprefix(NOT_HERE)


def share(held: Estimate) -> str:
    """Write a share for a sentence: "31 of 100 runs (95 % interval 23-41 %)"."""
    low, high = f"{held.low * 100:.0f}", f"{held.high * 100:.0f}"
    return f"{held.count} of {plural(held.of, 'run')} (95 % interval {low}-{high} %)"


def asked(assessment: Assessment) -> str:
    """Say what was played against what."""
    force = listing(assessment.in_force) if assessment.in_force else "nothing"
    return (
        f"{plural(assessment.replications, 'run')} of each incident, seed "
        f"{assessment.seed}. In force: {force}."
    )


def cut_short(assessment: Assessment) -> str:
    """Say what an interrupt left out; "" if nothing."""
    left = assessment.unfinished
    if not left:
        return ""
    incidents = len(assessment.rows) + len(left)
    return (
        f"Interrupted: {len(assessment.rows)} of {plural(incidents, 'incident')} were "
        f"finished; not {listing(left, 'or')}."
    )


def conclude(assessment: Assessment) -> str:
    """Say how many are held, and which additions would close the gaps."""
    possible, gaps = assessment.possible, assessment.gaps
    name = assessment.organisation
    if not possible:
        return f"None of the incidents asked about could happen at {name}."
    least = percent(assessment.gap_under)
    held = len(possible) - len(gaps)
    if len(possible) == 1:
        what = f"{'holds' if held else 'does not hold'} the one incident"
    else:
        what = f"holds {held} of the {len(possible)} incidents"
    begun = f"{name} {what} that could happen there in at least {least} % of the runs"
    if not gaps:
        return f"{begun}: there is no gap."
    return f"{begun}. {_closing(gaps)}"


def _closing(gaps: Sequence[IncidentRow]) -> str:
    chosen, closed = cover(gaps)
    if not closed:
        return f"No one or two additions close {'it' if len(gaps) == 1 else 'any'}."
    labels = listing(dict.fromkeys(label for one in chosen for label in one.labels))
    every = {1: "the gap", 2: "both gaps"}.get(len(gaps), f"all {len(gaps)} gaps")
    some = f"{closed} of the {len(gaps)} gaps"
    what = every if closed == len(gaps) else some
    alone = ", each judged on its own" if len(chosen) > 1 else ""
    return f"Adding {labels} closes {what}{alone}."


def cover(gaps: Sequence[IncidentRow]) -> tuple[tuple[Remedy, ...], int]:
    """Choose few remedies that between them close as many gaps as any do.

    Each time the one that closes most of those still open, and of equals the cheapest.
    Remedies are known to close only the gaps that they are told for.

    Returns:
        The remedies, and how many gaps they close.
    """
    options: dict[tuple[str, ...], tuple[Remedy, set[int]]] = {}
    for at, row in enumerate(gaps):
        for remedy in row.gap.remedies if row.gap else ():
            options.setdefault(remedy.labels, (remedy, set()))[1].add(at)
    chosen: list[Remedy] = []
    closed: set[int] = set()
    while left := [o for o in options.values() if o[1] - closed]:
        remedy, closes = min(
            left,
            key=lambda o: (
                -len(o[1] - closed),
                len(o[0].labels),
                o[0].friction.order,
                o[0].labels,
            ),
        )
        chosen.append(remedy)
        closed |= closes
    return tuple(chosen), len(closed)


def depending(row: IncidentRow) -> Iterator[tuple[str, tuple[ByAnswer, ...]]]:
    """Yield the open questions whose answers matter: two intervals do not overlap."""
    for axis in dict.fromkeys(answer.axis for answer in row.by_answer):
        answers = tuple(a for a in row.by_answer if a.axis == axis)
        known = [answer.held for answer in answers if answer.held.of]
        if known and max(h.low for h in known) > min(h.high for h in known):
            yield axis, answers


def legend(assessment: Assessment) -> tuple[str, ...]:
    """Say what the columns mean, and how remedies were found."""
    least = percent(assessment.gap_under)
    payers = plural(assessment.friction_replications, "run")
    return (
        f"A gap is an incident {HELD} in under {least} % of its runs. Runs are spread "
        "evenly over the answers to open questions.",
        "Times are medians from the first effect: until a signal from inside is "
        "confirmed, and until all is back; in brackets where under half of the runs "
        "got there, - where none did. Residual access is how long that of whoever did "
        "it outlasted the last shift; open: beyond the end of the simulation; -: "
        "nobody had left.",
        "A remedy adds controls or alerts with the organisation's settings, else with "
        "those of the catalogue, on the same seeds; the cheapest that close the gap "
        "are told, pairs only where no single one does. Cheapest is what refuses the "
        "smallest share of honest requests, then adds the fewest seconds to one, then "
        f"the fewest alarms to an analyst shift, over {payers} without misuse.",
    )
