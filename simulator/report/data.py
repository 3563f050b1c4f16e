"""A replay and its findings as plain data, for machines.

Frozen values become mappings by field name, records the mappings of the trail's JSON
lines. A mapping whose keys are pairs becomes a list of keys and values. Keys keep their
order and floats are not rounded, so the same seed gives the same bytes.
"""

import json
from collections.abc import Mapping
from typing import Any

import attrs

from simulator.experiment.findings import Findings
from simulator.report.conclusion import conclude
from simulator.report.replay import Replay

FORMAT = 1
"""Version of the document; raised when a field changes its meaning or goes."""


def document(replay: Replay, findings: Findings | None) -> dict[str, Any]:
    """Return the whole report as data; without findings, the replay alone."""
    return {
        "format": FORMAT,
        "replay": {
            "seed": replay.scene.opened.seed,
            "chosen": dict(replay.scene.opened.chosen),
            "outcome": plain(replay.outcome),
            "records": [json.loads(line) for line in _lines(replay)],
        },
        "findings": plain(findings) if findings else None,
        "conclusion": conclude(findings) if findings else None,
    }


def to_json(data: object) -> str:
    """Write data as indented JSON with a final line break."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def plain(value: Any) -> Any:
    """Turn frozen values, tuples and mappings into what JSON can say."""
    if attrs.has(type(value)):
        names = [attribute.name for attribute in attrs.fields(type(value))]
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        if any(isinstance(key, tuple) for key in value):
            return [{"key": list(key), "value": plain(value[key])} for key in value]
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def _lines(replay: Replay) -> list[str]:
    return replay.trail.to_jsonl().splitlines()
