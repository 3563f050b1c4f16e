"""Names of teams, roles and systems in lists -> ids of ours."""

import re
import unicodedata

from attrs import Factory, define

LONGEST = 40
"""Longest id that is made of a name."""


def slug(text: str) -> str:
    """Write a name in lower-case letters, digits and hyphens; "" if none are left."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    ascii_only = plain.encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
    return words[:LONGEST].strip("-")


@define
class Names:
    """Gives each name one id; names that differ in case or blanks alone share it.

    Attributes:
        noun: What is named; the beginning of ids for names in other scripts.
    """

    noun: str
    _ids: dict[str, str] = Factory(dict)
    _others: int = 0

    def id_of(self, text: str) -> str:
        """Return the id of a name."""
        found = self._ids.get(text)
        if found is None:
            found = slug(text)
            if not found:
                self._others += 1
                found = f"{self.noun}-no{self._others}"
            self._ids[text] = found
        return found
