"""What an unquoted word of YAML means: the core schema of YAML 1.2 and nothing else.

So ``17:30``, ``no``, ``on`` and dates are texts, and ``010`` is ten.

Source: YAML 1.2.2, 10.3.2.
"""

import re
from collections.abc import Mapping

_INT = re.compile(r"[-+]?[0-9]{1,40}|0o[0-7]{1,40}|0x[0-9a-fA-F]{1,40}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: Mapping[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf"), float("inf")),
    **{"-.inf": float("-inf"), ".nan": float("nan"), ".NaN": float("nan")},
}


def meaning(text: str) -> object:
    """Return what an unquoted word means in the core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        base = {"0o": 8, "0x": 16}.get(text[:2], 10)
        return int(text, base)
    return float(text) if _FLOAT.fullmatch(text) else text
