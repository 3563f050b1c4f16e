"""Counting why: sentences that differ in their numbers alone are one reason."""

import re
from collections import Counter
from collections.abc import Mapping

from attrs import Factory, define

REASONS_KEPT = 64
"""Different reasons remembered; those that first come later are not counted."""
_NUMBER = re.compile(r"\d+(?:[:.,]\d+)*%?(?: (?:d|h|min|s)\b)?(?: (?=\d))?")


@define
class Reasons:
    """Counts sentences; the first one of each reason stands for all of them."""

    first: dict[str, str] = Factory(dict)
    counts: Counter[str] = Factory(Counter)

    def add(self, sentence: str) -> None:
        """Count a sentence, if it says anything."""
        reason = _NUMBER.sub("", sentence)
        if reason in self.first or (sentence and len(self.first) < REASONS_KEPT):
            self.counts[self.first.setdefault(reason, sentence)] += 1

    def commonest(self, most: int) -> tuple[tuple[str, int], ...]:
        """Return (sentence, how often), most often first."""
        return commonest(self.counts)[:most]


def commonest(counted: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return (text, how often), most often first, equals by text."""
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
