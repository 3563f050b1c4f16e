"""Which controls and alerts are on: settled before the run, or left open in it.

An ordinary run has them `Settled`. An `Open` run stands for many sets of candidates at
once, its region: all the sets under which it would have gone the same way so far. Where
candidates would make it go different ways the region is divided; the run goes on with
one part, and the others are left for runs of their own. So a candidate is settled only
when it matters, and every set is in the region of exactly one run.

Source: the idea of trying configurations only where they are told apart, Kim, Marinov,
Khurshid, Batory, Souto, Barros and d'Amorim (2013), SPLat, ESEC/FSE.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Protocol, TypeVar

from attrs import Factory, define, frozen

from simulator.regions import Region

Value = TypeVar("Value")
Key = TypeVar("Key", bound=Hashable)
Options = Iterable[tuple[str, Value]]
"""What each of some labels brings in, if it is on."""


class Choices(Protocol):
    """What a run asks about the controls and alerts it is played with."""

    @property
    def is_settled(self) -> bool:
        """Whether nothing is open, so that the run is the story of one arm."""

    def may_be_on(self, label: str) -> bool:
        """Say whether a label is on, as far as that is settled."""

    def must_be_on(self, label: str) -> bool:
        """Say whether a label is on and that is settled."""

    def settle(
        self,
        options: Options[Value],
        start: Key,
        add: Callable[[Key, Value], Key],
        alike: Callable[[Key], Hashable] | None = None,
    ) -> Key:
        """Fold what those bring in that are on, and settle who is as far as needed.

        ``add`` must not care about order. Equal results, or those for which ``alike``
        returns equal values, are one way for the run to go.
        """

    def hear(self, labels: Iterable[str]) -> None:
        """Note who had something to bring in, where that was not settled."""


@frozen
class Settled:
    """All is settled: the labels that are on."""

    active: frozenset[str]

    @property
    def is_settled(self) -> bool:
        """Nothing is open."""
        return True

    def may_be_on(self, label: str) -> bool:
        """Say whether a label is on."""
        return label in self.active

    def must_be_on(self, label: str) -> bool:
        """Say whether a label is on."""
        return label in self.active

    def settle(
        self,
        options: Options[Value],
        start: Key,
        add: Callable[[Key, Value], Key],
        alike: Callable[[Key], Hashable] | None = None,
    ) -> Key:
        """Fold what those bring in that are on."""
        for label, value in options:
            if label in self.active:
                start = add(start, value)
        return start

    def hear(self, labels: Iterable[str]) -> None:
        """Nothing need be noted."""


@define
class Open:
    """Some labels are open; those without a column are on.

    Attributes:
        columns: For each open label the sets that hold it.
        region: The sets that the run stands for, so far.
        left: Parts of the first region that would have gone another way.
        heard: Open labels that had something to bring in.
    """

    columns: Mapping[str, Region]
    region: Region
    left: list[Region] = Factory(list)
    heard: set[str] = Factory(set)

    @property
    def is_settled(self) -> bool:
        """Some labels may be open."""
        return False

    def may_be_on(self, label: str) -> bool:
        """Say whether a label is on in some of the sets."""
        column = self.columns.get(label)
        return column is None or bool(self.region & column)

    def must_be_on(self, label: str) -> bool:
        """Say whether a label is on in all of the sets."""
        column = self.columns.get(label)
        return column is None or not self.region & ~column

    def settle(
        self,
        options: Options[Value],
        start: Key,
        add: Callable[[Key, Value], Key],
        alike: Callable[[Key], Hashable] | None = None,
    ) -> Key:
        """Fold what those bring in that are on; divide the region by the results."""
        parts = {start: self.region}
        for label, value in options:
            column = self.columns.get(label)
            if alike is None and column is not None and self.region & column:
                self.heard.add(label)
            divided: dict[Key, Region] = {}
            for key, part in parts.items():
                on = part if column is None else part & column
                if on:
                    changed = add(key, value)
                    divided[changed] = divided.get(changed, 0) | on
                if on != part:
                    divided[key] = divided.get(key, 0) | (part ^ on)
            parts = divided
        if len(parts) > 1 and alike is not None:
            parts = _merged(parts, alike)
        if len(parts) > 1:
            first, *others = parts.values()
            self.region = first
            self.left += others
        return next(iter(parts))

    def hear(self, labels: Iterable[str]) -> None:
        """Note who had something to bring in."""
        self.heard.update(label for label in labels if label in self.columns)


def _merged(
    parts: Mapping[Key, Region], alike: Callable[[Key], Hashable]
) -> dict[Key, Region]:
    """Merge the parts of keys that are alike; the first of them stands for all."""
    first: dict[Hashable, Key] = {}
    merged: dict[Key, Region] = {}
    for key, part in parts.items():
        known = first.setdefault(alike(key), key)
        merged[known] = merged.get(known, 0) | part
    return merged


def is_on(choices: Choices, label: str) -> bool:
    """Say whether a label is on; settled now if it was open."""
    return choices.settle(((label, True),), False, lambda _, on: on)
