"""How far a what-if can be trusted: how it was computed, and what its words mean."""

from collections.abc import Iterator
from statistics import median

from simulator.experiment.whatif.findings import WhatIf
from simulator.report.whatif_words import EVERY, NONE, goal_share
from simulator.report.words import percent, plural, span


def how_sure(found: WhatIf) -> Iterator[str]:
    """Say how the answer was computed, and how far it can be trusted."""
    runs = sum(reading.runs for reading in found.readings)
    stands = sum(reading.stands_for for reading in found.readings)
    yield (
        f"{plural(runs, 'run')} were played and stand for {stands:,}. Sets under which "
        "a day goes the same way share its run, so every set has its own exact outcome "
        "in every replication; nothing is put together from other sets."
    )
    yield f"All sets meet the same chance (common random numbers). {_saved(found)}"
    if found.precision is not None:
        reached = "was reached" if found.ended == "precise" else "was not reached"
        yield (
            f"Asked for was an interval of at most {found.precision * 100:g} points on "
            f"either side for every share; that {reached}."
        )
    if rare := _rare(found):
        yield rare
    yield (
        "Intervals hold the truth in 95 % of such experiments. They cover chance "
        "alone, not a number of the scenario that is assumed wrongly; --sensitivity "
        "says which of those matter."
    )


def _rare(found: WhatIf) -> str:
    """Say what is not known of sets that never failed; "" if there are none."""
    never = [
        1 - share.low
        for reading in found.readings
        for goal in reading.sufficient
        for share in (goal_share(arm, goal.goal) for arm in goal.sets)
        if share.of and share.count == share.of
    ]
    if not never:
        return ""
    return (
        f"A set that failed in none of {plural(found.finished, 'run')} may still fail "
        f"in up to {percent(max(never))} %. What is rarer than 1 % is estimated from "
        "Python, by simulator.experiment.rare.rare_outcome."
    )


def _saved(found: WhatIf) -> str:
    """Say what the shared chance saved, where it could save anything."""
    saved = [reading.saved for reading in found.readings if reading.saved is not None]
    if not saved:
        return (
            "That saves nothing here: whatever one candidate changes, with or without "
            "it all runs end alike."
        )
    return (
        f"That takes {percent(max(median(saved), 0.0))} % off the variance of what "
        "adding one candidate changes, where chance decides with and without it "
        "(median)."
    )


COLUMNS = (
    "seconds/act, sec./act: seconds added to one honest privileged action, beyond as "
    "it was; ref: honest requests refused, in %; alarm/8 h: signals from inside for "
    "each analyst shift of 8 hours; false/8 h: the false of them."
)
"""What the columns of the tables in 80 columns mean."""


def legend(found: WhatIf) -> tuple[str, ...]:
    """Say what the words of all forms mean."""
    return (
        "stopped: no harmful effect ever held; held: stopped, limited or caught in the "
        f"scenario's own time; in time: stopped, or a signal from inside was confirmed "
        f"within {span(found.within_s)}. Shares are in % of the runs, with their "
        "interval.",
        "sure: the low end of the interval is enough too.",
        f"as it was: with what is in force; {NONE}, {EVERY}: of the candidates.",
    )
