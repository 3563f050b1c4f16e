"""Words of lists: what means nothing, how people are employed, where they are.

What is unknown is a ``ValueError`` that says ``what is wrong ('the value'); what is
accepted``.
"""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import get_args

from attrs import Factory, define

from simulator.clock import parse_zone
from simulator.errors import nearest
from simulator.scenario.organisation import Employment

EMPTY = frozenset(
    ("", "-", "--", "?", "n/a", "na", "#n/a", "none", "null", "nil", "tbd", "(blank)")
)
"""What people write where there is nothing, whatever the column."""
UNKNOWN_ZONES_MAX = 100
"""Different unknown zones that get a suggestion; each one takes long to find."""

_KINDS: Mapping[Employment, str] = {
    "employee": "employee employed staff internal permanent perm regular full-time ft "
    "part-time pt fte fixed-term salaried hourly intern apprentice trainee "
    "festangestellt angestellt vollzeit teilzeit unbefristet befristet cdi cdd",
    "contractor": "contractor contract contracted freelance freelancer consultant "
    "contingent temp temporary agency external interim self-employed independent cwk "
    "extern externer freiberufler leiharbeit werkstudent intérimaire",
    "vendor": "vendor supplier outsourced outsourcing bpo partner third-party "
    "3rd-party service-provider managed-service dienstleister lieferant prestataire",
}
_SAYS_LITTLE = frozenset(
    ("contract", "fulltime", "parttime", "ft", "pt", "hourly", "vollzeit", "teilzeit")
)
"""Words that tell the employment only if no other word does."""


@define
class Employments:
    """Reads how people are employed, in the words of many lists and the user's own."""

    own: Mapping[str, Employment] = Factory(dict)
    _known: dict[str, Employment] = Factory(dict)

    def __attrs_post_init__(self) -> None:
        for kind, words in _KINDS.items():
            self._known |= {_joined(word): kind for word in words.split()}
        self._known |= {_joined(word): kind for word, kind in self.own.items()}

    def read(self, text: str) -> Employment:
        """Return the employment that a word means; else a ``ValueError``."""
        word = _joined(text)
        for whole in (word, word.removesuffix("s")):
            if whole in self._known:
                return self._known[whole]
        words = _words(text)
        parts = [*words, *(a + b for a, b in pairwise(words))]
        told = {self._known[part] for part in parts if part in self._known}
        # "Full-time contractor": hours say who is employed only if nothing else does.
        strong = {
            self._known[part]
            for part in parts
            if part in self._known and part not in _SAYS_LITTLE
        }
        if len(strong or told) == 1:
            return (strong or told).pop()
        hint = nearest(word[:40], get_args(Employment)) if not told else ""
        kinds = f"accepted: {', '.join(get_args(Employment))}"
        own = "or --employment WORD=KIND for a word of yours"
        said = f"unknown employment ({shown(text, always=True)})"
        raise ValueError(f"{said}; {' '.join(filter(None, (hint, kinds)))}, {own}")


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _joined(text: str) -> str:
    return "".join(_words(text))


@define
class Zones:
    """Reads time zones, each text once."""

    _known: dict[str, str | ValueError] = Factory(dict)
    _unknown: int = 0

    def read(self, text: str) -> str:
        """Return the name of a zone; else a ``ValueError``."""
        if text not in self._known:
            self._known[text] = self._found(text)
        found = self._known[text]
        if isinstance(found, ValueError):
            raise found.with_traceback(None)
        return found

    def _found(self, text: str) -> str | ValueError:
        if self._unknown >= UNKNOWN_ZONES_MAX:
            # Nobody has so many zones, so the column is another one.
            said = f"unknown time zone ({shown(text)})"
            return ValueError(f"{said}; accepted: a zone such as Europe/Dublin")
        try:
            return parse_zone(_zone_case(text))
        except ValueError as wrong:
            self._unknown += 1
            what, _, accepted = str(wrong).partition("; ")
            value = shown(text, always="/" in text or " " not in text)
            return ValueError(f"unknown time zone ({value}); {accepted or what}")


def _zone_case(text: str) -> str:
    """Write a zone as the database does: europe/dublin, AMERICA/NEW YORK."""
    plain = text.replace(" ", "_")
    if plain.casefold() in ("utc", "gmt", "z"):
        return "UTC"
    if "/" in plain and (plain.islower() or plain.isupper()):
        return re.sub(r"[a-z]+", lambda m: m[0].capitalize(), plain.casefold())
    return plain


def shown(text: str, *, always: bool = False) -> str:
    """Show a value if it can hardly be a name: one with a digit in it, or a word."""
    if always or any(map(str.isdigit, text)):
        return repr(text if len(text) <= 40 else f"{text[:39]}…")
    return f"a text of {len(text)} letters"
