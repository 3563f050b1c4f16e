"""A what-if in plain text, 80 columns: what is enough, at what price, and how sure."""

from collections.abc import Iterable, Iterator

from simulator.experiment.whatif.findings import Sufficient, WhatIf, WhatIfReading
from simulator.report import whatif_tables as tables
from simulator.report import whatif_trust as trust
from simulator.report import whatif_words as words
from simulator.report.layout import fill, heading
from simulator.report.whatif_answer import in_short
from simulator.report.words import sentence


def whatif_text(found: WhatIf) -> str:
    """Write the whole what-if, with a final line break."""
    parts = [
        heading(f"What is enough? {found.title}", "="),
        fill(found.question),
        fill(words.asked(found)),
        fill(words.cut_short(found)),
        heading("In short"),
        *map(fill, in_short(found)),
        *(part for reading in found.readings for part in _reading(reading, found)),
        heading("How sure this is, and how it was computed"),
        *map(fill, trust.how_sure(found)),
        heading("Words"),
        "\n".join(map(fill, (*trust.legend(found), trust.COLUMNS))),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _reading(reading: WhatIfReading, found: WhatIf) -> Iterator[str]:
    if reading.chosen:
        yield heading(words.reading_name(reading))
        yield fill(" ".join(map(sentence, reading.says)))
    if found.design != "lattice":
        yield words.ARMS[found.design]
        yield tables.arms(reading, found)
    if found.design in ("pairs", "lattice"):
        yield fill(words.reference(reading))
        for goal in reading.sufficient:
            yield from _sets(goal, reading, found)
    if found.design == "lattice":
        yield fill(f"{words.FRONTIER}. {words.FRONTIER_SAYS}")
        yield tables.frontier(reading.frontier, found.candidates)
    if reading.shapley:
        yield fill(words.SHARES)
        yield tables.shares(reading.shapley)
    for title, lines in (
        (words.REDUNDANT, words.redundant(reading, found)),
        (words.WORSE, (words.worse(one, found) for one in reading.worse)),
        (words.SILENT, words.silent(reading)),
    ):
        yield _points(title, lines)


def _sets(goal: Sufficient, reading: WhatIfReading, found: WhatIf) -> Iterator[str]:
    """Set the smallest sets for one goal; what equals the goal before is said so."""
    first = reading.sufficient[0]
    if goal is not first and words.labels_of(goal) == words.labels_of(first):
        yield fill(words.the_same(goal))
        return
    if not goal.sets:
        yield fill(words.none_enough(goal))
        return
    yield fill(f"Smallest sets that {words.aim(goal)}:")
    yield tables.sets(goal, found.candidates)
    yield fill(words.how_many(goal, min(len(goal.sets), tables.SETS)))


def _points(title: str, lines: Iterable[str]) -> str:
    told = [fill(f"- {line}", hang=2) for line in lines]
    return "\n".join([fill(title), *told]) if told else ""
