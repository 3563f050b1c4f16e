"""What every form of a what-if says in the same words: names of sets, and sentences."""

from collections.abc import Iterable, Iterator, Sequence

from simulator.experiment.findings import Estimate
from simulator.experiment.whatif.findings import (
    Arm,
    Burden,
    Goal,
    Redundant,
    Sufficient,
    WhatIf,
    WhatIfReading,
    Worse,
)
from simulator.report.words import (
    chosen,
    listing,
    percent,
    plural,
    rate,
    sentence,
    signed,
    span,
)

NONE, EVERY, AS_IT_WAS = "none of them", "all of them", "as it was"

ARMS = {
    "alone": "Each of them alone, the best first:",
    "without": "All of them, and all without one; what is missed most comes first:",
    "pairs": "Each of them alone and each two together, the best first:",
}
FRONTIER = "What more protection costs"
FRONTIER_SAYS = (
    "The sets that no other set beats: to hold more than one of these does, honest "
    "work must pay more."
)
SHARES = (
    "Fair share of the protection (Shapley value): what a candidate adds to the share "
    "of runs held, in percentage points, averaged over all orders of adding them."
)
REDUNDANT = "Makes no difference:"
WORSE = "Makes it worse:"
SILENT = "Never put to the test:"

_NAMED = 20
"""Candidates that are named before anything else; more stand in the tables alone."""
_GOALS: dict[Goal, str] = {
    "stopped": "stopped",
    "held": "held",
    "caught": "stopped or caught in time",
}
_TRIED = {
    "alone": "added alone",
    "pairs": "alone or in a pair",
    "lattice": "in whatever set",
}
_DESIGNS = {
    "alone": "Each of {candidates} added alone",
    "without": "All of {candidates}, and all without each one",
    "pairs": "Each of {candidates}, and each two of them",
    "lattice": "Every set of {candidates}",
}


def set_name(labels: Sequence[str], candidates: Sequence[str]) -> str:
    """Name a set of candidates, by what is missing where that is shorter."""
    if not labels:
        return NONE
    missing = [label for label in candidates if label not in labels]
    if len(candidates) > 2 and not missing:
        return EVERY
    if missing and len(missing) + 2 < len(labels):
        return f"all but {' + '.join(missing)}"
    return " + ".join(labels)


def between(found: Estimate) -> str:
    """Write a share for a sentence: "31 % (23-41)"."""
    return f"{percent(found.share)} % ({found.low * 100:.0f}-{found.high * 100:.0f})"


def goal_share(arm: Arm, goal: Goal) -> Estimate:
    """Return how often an arm reaches a goal."""
    return {"stopped": arm.stopped, "held": arm.held, "caught": arm.caught}[goal]


def price(paid: Burden) -> str:
    """Say in a few words what honest work pays, where it pays anything."""
    parts = []
    if paid.refused:
        parts.append(f"{percent(paid.refused)} % refused")
    if (seconds := signed(paid.added_s)) != "+0":
        parts.append(f"{seconds} s/act")
    if paid.alarms_per_shift:
        parts.append(f"{rate(paid.alarms_per_shift)} alarms/8 h")
    return ", ".join(parts) or "no price seen"


def labels_of(goal: Sufficient) -> list[tuple[str, ...]]:
    """Return the smallest sets that are enough, as labels."""
    return [arm.labels for arm in goal.sets]


def asked(found: WhatIf) -> str:
    """Say what was played."""
    count = plural(len(found.candidates), "candidate")
    runs = plural(found.finished, "replication")
    told = (
        f"{_DESIGNS[found.design].format(candidates=count)}, each in {runs} and all "
        f"on the same chance (seed {found.seed})."
    )
    if len(found.candidates) > _NAMED:
        return told
    return f"{told} Candidates: {listing(found.candidates)}."


def cut_short(found: WhatIf) -> str:
    """Say what an interrupt left out; "" if nothing."""
    if found.ended != "interrupted":
        return ""
    done = f"{found.finished} of {plural(found.replications, 'replication')}"
    return f"Interrupted: {done} were finished, and are what follows."


def reading_name(reading: WhatIfReading) -> str:
    """Name a reading; "" where no question is open."""
    return f"Reading {chosen(reading.chosen)}" if reading.chosen else ""


def aim(goal: Sufficient) -> str:
    """Say what a set does that is enough: "stop it in at least 90 % of the runs"."""
    return f"{does(goal)} in at least {percent(goal.at_least)} % of the runs"


def does(goal: Sufficient) -> str:
    """Say what a goal is: "stop it", "stop it or catch it within 5 min"."""
    if goal.within_s is None:
        return "stop it"
    return f"stop it or catch it within {span(goal.within_s)}"


def reference(reading: WhatIfReading) -> str:
    """Say how the day as it was does without any change."""
    arm = reading.reference
    there = f", with {listing(arm.labels)} in force" if arm.labels else ""
    return (
        f"As it was{there}: stopped in {between(arm.stopped)} of the runs, held "
        f"(stopped, limited or caught) in {between(arm.held)}."
    )


def none_enough(goal: Sufficient) -> str:
    """Say that nothing is enough."""
    return f"No set would {aim(goal)}."


def the_same(goal: Sufficient, where: str = "") -> str:
    """Say that the smallest sets are those of the goal before."""
    return f"The same sets are the smallest that {aim(goal)}{where}."


def how_many(goal: Sufficient, listed: int) -> str:
    """Say how many sets are enough, and how many are not listed."""
    told = f"Of all sets played, {percent(goal.share_of_sets)} % are enough."
    if left := goal.how_many - listed:
        told = f"{plural(left, 'smallest set')} more not listed here. {told}"
    if not all(goal.sure):
        told += " Not sure: the interval reaches below what is asked for."
    return told


def redundant(reading: WhatIfReading, found: WhatIf) -> Iterator[str]:
    """Say which candidates change nothing beside others, or nothing at all."""
    if found.design == "without":
        # Nothing was played alone, so that nothing is known but the last step.
        if spare := [one.label for one in reading.redundant]:
            yield (
                f"{listing(spare)}: left out, one at a time, the verdict of no run "
                "changes."
            )
        return
    for given, labels in _alike(reading.redundant).items():
        do, are = ("it does", "changes") if len(labels) == 1 else ("they do", "change")
        yield (
            f"{listing(labels)} {are} the verdict of no run beside "
            f"{listing(given)}, though alone {do}."
        )
    # Of what never fired more is said elsewhere.
    never = [
        one.label
        for one in reading.redundant
        if one.never_mattered and one.label not in reading.silent
    ]
    if never:
        do = "changes" if len(never) == 1 else "change"
        yield f"{listing(never)} {do} no verdict in any run, {_TRIED[found.design]}."


def _alike(found: Iterable[Redundant]) -> dict[tuple[str, ...], list[str]]:
    """Group those that are redundant beside the same others."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for one in found:
        if one.given is not None:
            groups.setdefault(one.given, []).append(one.label)
    return groups


def worse(one: Worse, found: WhatIf) -> str:
    """Say what got worse by adding a candidate, and by what mechanism."""
    beside = f"to {set_name(one.arm, found.candidates)}" if one.arm else "alone"
    mended = f" and mended {one.mended}" if one.mended else ""
    options = f", {chosen(one.chosen)}" if one.chosen else ""
    how = ""
    if one.seed is not None:
        how = f" {sentence(one.mechanism)} (One such run: seed {one.seed}{options}.)"
    return (
        f"{one.adding} added {beside}: {_GOALS[one.goal]} in {between(one.before)} of "
        f"the runs without it, in {between(one.after)} with it; it spoilt "
        f"{plural(one.flips, 'run')}{mended}.{how}"
    )


def silent(reading: WhatIfReading) -> Iterator[str]:
    """Say which candidates never fired."""
    if reading.silent:
        do = "It" if len(reading.silent) == 1 else "They"
        yield (
            f"{listing(reading.silent)}. {do} never fired in any run, so that a green "
            "result, or a low price, says nothing here."
        )
