"""How far a what-if can be trusted: how it was computed, and what its words mean."""

from collections.abc import Iterator
from statistics import median

from simulator.experiment.whatif.findings import WhatIf
from simulator.report.whatif_words import EVERY, NONE
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
    yield (
        "Intervals hold the truth in 95 % of such experiments. They cover chance "
        "alone, not a number of the scenario that is assumed wrongly; --sensitivity "
        "says which of those matter."
    )


def _saved(found: WhatIf) -> str:
    """Say what the shared chance saved, where it could save anything."""
    saved = [
        arm.saved
        for reading in found.readings
        if 0 < reading.reference.held.count < reading.reference.held.of
        for arm in reading.arms
        if arm.saved is not None
    ]
    if not saved:
        return (
            "Against as it was that saves nothing here, for every run as it was ends "
            "alike."
        )
    return (
        f"That takes {percent(max(median(saved), 0.0))} % off the variance of the "
        "difference between a set and as it was (median of the sets listed)."
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
