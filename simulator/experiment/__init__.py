"""Experiments: many runs on shared seeds, and what they say about each candidate.

`compare` is the verb. What it returns is frozen and plain: a report prints it,
`Findings.to_table` and `findings_to_json` hand it on.
"""

from simulator.experiment.arms import Arm, Candidate, alone, default_candidates
from simulator.experiment.comparison import compare, repeat
from simulator.experiment.export import findings_to_json
from simulator.experiment.findings import (
    Cost,
    Estimate,
    Findings,
    Reading,
    ResidualAccess,
    Row,
    Spread,
    TargetCheck,
)
from simulator.experiment.plan import replication_seed

__all__ = [
    "Arm",
    "Candidate",
    "Cost",
    "Estimate",
    "Findings",
    "Reading",
    "ResidualAccess",
    "Row",
    "Spread",
    "TargetCheck",
    "alone",
    "compare",
    "default_candidates",
    "findings_to_json",
    "repeat",
    "replication_seed",
]
