"""A what-if as plain data, for machines: the names of its fields are the keys."""

from typing import Any

from simulator.experiment.export import to_plain
from simulator.experiment.tornado import Sensitivity
from simulator.experiment.whatif.findings import WhatIf
from simulator.report.whatif_answer import enough_everywhere, in_short


def whatif_document(found: WhatIf, moved: Sensitivity | None = None) -> dict[str, Any]:
    """Return a what-if as dicts, lists, texts, numbers and None.

    Beside all that `WhatIf.to_json` has: the smallest sets that are enough in every
    reading, the first sentences of the report, and which assumptions matter; None where
    that was not asked.
    """
    goals = found.readings[0].sufficient
    return {
        **found.to_json(),
        "enough_in_every_reading": [
            {
                "goal": goal.goal,
                "at_least": goal.at_least,
                "within_s": goal.within_s,
                "sets": [list(s) for s in enough_everywhere(found.readings, number)],
            }
            for number, goal in enumerate(goals)
        ],
        "conclusion": list(in_short(found)),
        "sensitivity": None if moved is None else to_plain(moved),
    }
