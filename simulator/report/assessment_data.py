"""An assessment as plain data, for machines: the names of its fields are the keys."""

from typing import Any

from simulator.experiment.assessed import Assessment
from simulator.experiment.export import to_plain
from simulator.report.assessment_words import conclude

FORMAT = 1
"""Version of the document; raised when a field changes its meaning or goes."""


def assessment_document(assessment: Assessment) -> dict[str, Any]:
    """Return an assessment as dicts, lists, texts, numbers and None."""
    return {
        "format": FORMAT,
        **to_plain(assessment),
        "conclusion": conclude(assessment),
    }
