"""Findings and outcomes as plain values, for JSON and whatever reads it."""

import math
from collections.abc import Mapping
from typing import Any

import attrs

from simulator.experiment.findings import Findings

FORMAT = 1
"""Version of the keys; raised when one changes its meaning or goes."""


def findings_to_json(findings: Findings) -> dict[str, Any]:
    """Return findings as dicts, lists, texts, numbers and None.

    The keys are the names of the fields of `Findings` and of what it holds, in their
    order. Options become ``{"axis": ..., "option": ...}``, shares by option carry both
    beside the estimate, and an interval without an end has None there.
    """
    return {"format": FORMAT, **to_plain(findings)}


def to_plain(value: Any) -> Any:
    """Return any of what findings and outcomes hold, in the same form.

    Fields that hold pairs become lists of dicts, a number without end becomes None.
    """
    if attrs.has(type(value)):
        return {
            field.name: _field(field.name, getattr(value, field.name))
            for field in attrs.fields(type(value))
        }
    if isinstance(value, Mapping):
        return {key: to_plain(held) for key, held in value.items()}
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _field(name: str, value: Any) -> Any:
    match name:
        case "chosen":
            return [{"axis": axis, "option": option} for axis, option in value]
        case "by_option":
            return [
                {"axis": axis, "option": option, **to_plain(estimate)}
                for (axis, option), estimate in value.items()
            ]
        case "did_it":
            return [{"label": label, "runs": runs} for label, runs in value]
        case "why":
            return [{"reason": reason, "runs": runs} for reason, runs in value]
        case "outages":
            return [{"target": target, "seconds": s} for target, s in value]
        case "statements":
            return [{"statement": said, "seconds": s} for said, s in value]
        case _:
            return to_plain(value)
