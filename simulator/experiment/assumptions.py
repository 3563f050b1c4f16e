"""Which numbers of a scenario are assumptions, and how far each may be moved.

An assumption is a number without a documented or reported source, or a default of a
control or alert in play that rests on none. A number whose file declares a range is
moved too, whatever its source.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from simulator.scenario.numbers import Number, numbers_of
from simulator.scenario.paths import value_at
from simulator.scenario.ranges import Range, declared_range, default_range
from simulator.scenario.scenario import Provenance, Scenario

DEFAULT = "default"
"""The source of a number that no file gives: the catalogue's own assumption."""

_POSITION = re.compile(r"\[(\d+)\]")


@frozen(eq=False)
class Assumption:
    """A number, its range, and its source: tag and text, or `DEFAULT`."""

    number: Number
    range: Range
    source: str


@frozen(eq=False)
class Assumptions:
    """What is assumed.

    Attributes:
        movable: Those with a range, in the order of the scenario.
        fixed: Paths of those without: dates, times of day, shares of 0 or 1, zeros.
    """

    movable: tuple[Assumption, ...]
    fixed: tuple[str, ...]


def assumptions_of(variants: Sequence[Scenario]) -> Assumptions:
    """Return the assumptions that all variants of a scenario share.

    Where variants differ in a number, it is an open question with options of its own.
    """
    first, *others = variants
    known, in_file = _sources(first), bool(first.provenance)
    movable, fixed = [], []
    for number in numbers_of(first):
        said = known.get(number.path)
        if not _is_assumed(number, said, in_file) or not _shared(number, others):
            continue
        if said and said.between:
            span: Range | None = declared_range(number.slot, said.between, first.wall)
        else:
            span = default_range(number.slot, number.value)
        if span is None:
            fixed.append(number.path)
        else:
            movable.append(Assumption(number, span, _written(said, number, in_file)))
    return Assumptions(tuple(movable), tuple(fixed))


def _is_assumed(number: Number, said: Provenance | None, in_file: bool) -> bool:
    if said is not None:
        return said.tag == "A" or said.between is not None
    if _of_shelf(number):
        return number.slot.spec.source == "assumption"
    if in_file:
        return False
    # What was built without a file has no sources: what was set is assumed.
    return number.slot.required or number.value != number.slot.default


def _of_shelf(number: Number) -> bool:
    return number.parts[:2] == ("organisation", "posture") or (
        number.parts[0] == "candidates"
    )


def _shared(number: Number, variants: Iterable[Scenario]) -> bool:
    return all(_value(variant, number) == number.value for variant in variants)


def _value(scenario: Scenario, number: Number) -> object:
    try:
        return value_at(scenario, number.parts)
    except KeyError:
        return None


def _written(said: Provenance | None, number: Number, in_file: bool) -> str:
    if said is not None:
        return f"{said.tag} {said.source}".strip()
    return "A" if not in_file and not _of_shelf(number) else DEFAULT


def _sources(scenario: Scenario) -> Mapping[str, Provenance]:
    """Return the source of each number by its path, with the options chosen."""
    found = {known.path: known for known in scenario.provenance}
    for axis, name in scenario.chosen:
        option = next(a for a in scenario.axes if a.id == axis).option(name)
        for parts, _ in option.changes:
            for path in list(_below(".".join(parts), found)):
                del found[path]
        prefix = f"axes.{axis}.options.{name}.set."
        for known in scenario.provenance:
            if known.path.startswith(prefix):
                path = _POSITION.sub(r".\1", known.path.removeprefix(prefix))
                found[path] = known
    return found


def _below(path: str, found: Iterable[str]) -> Iterator[str]:
    return (one for one in found if one == path or one.startswith(f"{path}."))
