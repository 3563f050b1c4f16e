"""A replay and its findings as plain data, for machines.

Findings and outcome are written as `simulator.experiment.findings_to_json` does,
records as the mappings of the trail's JSON lines. Keys keep their order and floats are
not rounded, so the same seed gives the same bytes.
"""

import json
from typing import Any

from simulator.experiment.export import findings_to_json, to_plain
from simulator.experiment.findings import Findings
from simulator.report.conclusion import conclude
from simulator.report.replay import Replay

FORMAT = 2
"""Version of the document; raised when a field changes its meaning or goes."""


def document(replay: Replay, findings: Findings | None) -> dict[str, Any]:
    """Return the whole report as data; without findings, the replay alone."""
    return {
        "format": FORMAT,
        "replay": {
            "seed": replay.scene.opened.seed,
            "chosen": dict(replay.scene.opened.chosen),
            "outcome": to_plain(replay.outcome),
            "records": [json.loads(line) for line in _lines(replay)],
        },
        "findings": findings_to_json(findings) if findings else None,
        "conclusion": conclude(findings) if findings else None,
    }


def to_json(data: object) -> str:
    """Write data as indented JSON with a final line break; every number has an end."""
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _lines(replay: Replay) -> list[str]:
    return replay.trail.to_jsonl().splitlines()
