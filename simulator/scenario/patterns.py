"""What the words of a scenario file look like, as patterns for its JSON Schema.

They accept what the parsers of `simulator.clock` accept, as far as patterns can tell.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

from simulator.clock import Moment, Seconds, TimeOfDay
from simulator.scenario.quantities import TEXT_MAX, WHOLE_MAX
from simulator.scenario.scenario import Measure

Schema: TypeAlias = dict[str, Any]

_NUMBER = r"[0-9]{1,12}(\.[0-9]{1,9})?"
_UNITS = (
    "w|weeks?",
    "d|days?",
    "h|hrs?|hours?",
    "m|mins?|minutes?",
    "s|secs?|seconds?",
)


def _any_case(words: str) -> str:
    return "".join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in words)


def _text(*patterns: str) -> Schema:
    return {
        "type": "string",
        "maxLength": TEXT_MAX,
        "pattern": rf"^\s*({'|'.join(patterns)})\s*$",
    }


def _duration() -> Schema:
    plain = r"\s*".join(rf"({_NUMBER}\s*({_any_case(words)}))?" for words in _UNITS)
    day = "".join(rf"({_NUMBER}{_any_case(unit)})?" for unit in "wd")
    time = "".join(rf"({_NUMBER}{_any_case(unit)})?" for unit in "hms")
    iso = rf"{_any_case('p')}{day}({_any_case('t')}(?=[0-9]){time})?"
    digits = "(?=.*[0-9])"
    text = _text("0", digits + plain, digits + iso)
    return {"anyOf": [text, {"const": 0}]}


NAMES: Mapping[object, str] = {
    Seconds: "duration",
    TimeOfDay: "time-of-day",
    Moment: "moment",
    Measure: "measure",
}
WORDS: Mapping[str, Schema] = {
    "duration": _duration(),
    "time-of-day": _text(
        "([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?",
        "24:00(:00)?",
    ),
    "moment": _text(
        r"(19|2[01])[0-9]{2}-[01][0-9]-[0-3][0-9]([T ].*|\[.*)?",
    ),
    "share": {
        "type": "number",
        "minimum": 0,
        "maximum": 1,
    },
    "measure": {
        "anyOf": [
            {"type": "integer", "minimum": 0, "maximum": WHOLE_MAX},
            {"$ref": "#/$defs/duration"},
        ],
    },
    "source": {
        "type": "string",
        "pattern": "^[DRA]( |$)",
    },
}
