"""The options of open questions: each is tried on the file, and its changes kept.

    patch = one row of an option's ``set``: a dotted path and the value it gets

An option is checked as the file would be if it said so, and what is wrong then, but not
without it, is shown at the patch.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

from attrs import evolve, frozen

from simulator.scenario.examining import Body, Examined, examine
from simulator.scenario.mistakes import (
    Complaint,
    Mistake,
    Path,
    Unknowable,
    spelled,
)
from simulator.scenario.paths import value_at
from simulator.scenario.scenario import Axis, Scenario
from simulator.scenario.structuring import Structurer
from simulator.scenario.tour import Leaf, child, located

PAIRS_MAX = 200
"""Pairs of options tried together; beyond them a clash shows when it is run."""

Changes = tuple[tuple[tuple[str, ...], object], ...]

_FIXED = (("axes",), ("clock",), ("clock", "start"), ("clock", "zone"))


@frozen
class Patch:
    """One change of an option.

    Attributes:
        written: Where it stands in the file.
        parts: The dotted path it names.
        target: The same as a way through the plain data.
    """

    written: Path
    parts: tuple[str, ...]
    target: Path


@frozen(eq=False)
class Tried:
    """One option, tried: its changes to the noun, and what is wrong with it."""

    axis: str
    option: str
    patches: tuple[Patch, ...]
    changes: Changes
    complaints: tuple[Complaint, ...]
    leaves: tuple[Leaf, ...]
    body: Body

    @property
    def changes_more_than_numbers(self) -> bool:
        """Whether it could break what another option relies on."""
        numbers = {leaf.path for leaf in self.leaves}
        return any(patch.target not in numbers for patch in self.patches)


def options_of(body: Body) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """Yield axis, option and patches of every option that can be tried."""
    for axis, option, raw in _pairs(body.get("axes"), "options"):
        patches = child(raw, "set")
        if isinstance(patches, Mapping):
            yield axis, option, patches


def tried(body: Body, plain: Examined, read: Structurer) -> Iterator[Tried]:
    """Try every option, one at a time.

    Args:
        body: The file.
        plain: What was found without any option.
        read: The structurer that has read it, and so need not read it all again.
    """
    known = {(complaint.path, complaint.what) for complaint in plain.complaints}
    bare = {key: value for key, value in body.items() if key != "axes"}
    for axis, option, rows in options_of(body):
        at = ("axes", axis, "options", option, "set")
        patched, patches, wrong = _patched(bare, rows, at, read)
        found = examine(patched, read)
        wrong += (
            _moved(complaint, patches, at)
            for complaint in found.complaints
            if (complaint.path, complaint.what) not in known
        )
        changes = _changes(found.scenario, patches)
        complaints = tuple(wrong)
        yield Tried(axis, option, patches, changes, complaints, found.leaves, patched)


def clashes(
    body: Body, options: Iterable[Tried], read: Structurer
) -> Iterator[Complaint]:
    """Find options of two questions that are fine alone and not together."""
    rows = {(axis, option): said for axis, option, said in options_of(body)}
    bold = [option for option in options if option.changes_more_than_numbers]
    pairs = [(a, b) for a, b in combinations(bold, 2) if a.axis != b.axis]
    for one, other in pairs[:PAIRS_MAX]:
        at = ("axes", other.axis, "options", other.option, "set")
        both, patches, wrong = _patched(
            one.body, rows[other.axis, other.option], at, read
        )
        wrong += (_moved(c, patches, at) for c in examine(both, read).complaints)
        for complaint in wrong:
            what = f"{complaint.what}, together with {one.axis}={one.option}"
            yield evolve(complaint, what=what)


def with_changes(
    scenario: Scenario, options: Mapping[tuple[str, str], Changes]
) -> Scenario:
    """Give every option of a scenario the changes it makes."""

    def changed(axis: Axis) -> Axis:
        return evolve(
            axis,
            options=tuple(
                evolve(option, changes=options.get((axis.id, option.id), ()))
                for option in axis.options
            ),
        )

    return evolve(scenario, axes=tuple(map(changed, scenario.axes)))


def _pairs(raw: object, inside: str) -> Iterator[tuple[str, str, object]]:
    for outer, body in raw.items() if isinstance(raw, Mapping) else ():
        inner = child(body, inside)
        for key, item in inner.items() if isinstance(inner, Mapping) else ():
            yield outer, key, item


def _patched(
    body: Body, rows: Mapping[str, object], at: Path, read: Structurer
) -> tuple[Body, tuple[Patch, ...], list[Complaint]]:
    patches, wrong = [], []
    for dotted, value in rows.items():
        parts = tuple(re.sub(r"\[(\d+)\]", r".\1", dotted).split("."))
        try:
            target = _target(body, parts, read)
        except Mistake as mistake:
            where = (*at, dotted)
            wrong.append(Complaint(where, mistake.what, mistake.accepted, "key"))
        except Unknowable:
            continue
        else:
            patches.append(Patch((*at, dotted), parts, target))
            body = _with_value(body, target, value)
    return body, tuple(patches), wrong


def _target(body: Body, parts: tuple[str, ...], read: Structurer) -> Path:
    if parts in _FIXED or parts[0] == "axes":
        what = f"the same in every variant ({'.'.join(parts)})"
        raise Mistake(what, "accepted: anything but the clock's start and the axes")
    return located(Scenario, body, parts, read.shelves)


def _with_value(raw: Any, path: Path, value: object) -> Any:
    """Return the data with one value replaced; all else is shared, not copied."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    # What has not the form for this step is complained of without the option too.
    copy: Any = dict(raw) if isinstance(raw, Mapping) else {}
    if isinstance(step, int):
        copy = list(raw)
    copy[step] = _with_value(child(raw, step), rest, value)
    return copy


def _moved(complaint: Complaint, patches: tuple[Patch, ...], at: Path) -> Complaint:
    """Show at its patch what a patch made wrong."""
    for patch in reversed(patches):
        length = len(patch.target)
        if complaint.path[:length] == patch.target:
            return evolve(complaint, path=(*patch.written, *complaint.path[length:]))
    what = f"{spelled(complaint.path)}: {complaint.what}"
    return evolve(complaint, path=at, what=what, at="key")


def _changes(scenario: Scenario | None, patches: tuple[Patch, ...]) -> Changes:
    if scenario is None:
        return ()
    return tuple((patch.parts, value_at(scenario, patch.parts)) for patch in patches)
