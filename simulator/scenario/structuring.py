"""Plain data of a file -> nouns, or every mistake in it.

cattrs finds the hook for each type and its groups carry the errors; the hooks are ours,
because a mistake must keep its place, its value and what would be accepted instead.
Classes are read by one general hook rather than by generated ones: hooks know the clock
of their file, so code would have to be generated and compiled for every file anew.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args

import attrs
from attrs import Factory, define
from cattrs import Converter
from cattrs.errors import BaseValidationError, ClassValidationError

from simulator.clock import Clock, Moment
from simulator.scenario.gathering import (
    Read,
    keyed,
    list_of,
    mapping,
    missing,
    noted,
    noting,
    sourced,
    strangers,
)
from simulator.scenario.mistakes import (
    Complaint,
    Mistake,
    Path,
    choices,
    complaints,
    shown,
)
from simulator.scenario.quantities import (
    READERS,
    choice_reader,
    moment_reader,
    read_seconds,
    read_text,
)
from simulator.scenario.ranges import range_checker
from simulator.scenario.scenario import Scenario
from simulator.scenario.sense import ID, ID_ACCEPTED, flaws
from simulator.scenario.shapes import (
    Form,
    Shelves,
    Slot,
    described,
    form_of,
    homes,
    is_choice,
    is_distribution,
)
from simulator.streams import DISTRIBUTIONS, Constant

_Noun = TypeVar("_Noun")


@define(eq=False)
class Structurer:
    """Reads the values of one file. What was read well is not read again.

    Attributes:
        shelves: The controls and alerts a file may name.
        clock: The clock of the file, set as soon as it is known.
    """

    shelves: Shelves
    clock: Clock | None = None
    _converter: Converter = Factory(lambda: Converter(detailed_validation=True))
    _made: dict[tuple[int, type, str], tuple[Any, object]] = Factory(dict)
    _readers: dict[type, Mapping[str, Read]] = Factory(dict)

    def __attrs_post_init__(self) -> None:
        convert = self._converter
        for kind, read in READERS.items():
            convert.register_structure_hook(kind, _hook(read))
        convert.register_structure_hook(
            Moment, lambda raw, _: moment_reader(self.clock)(raw)
        )
        convert.register_structure_hook_func(
            is_choice,
            lambda raw, kind: choice_reader(get_args(kind))(raw),
        )
        convert.register_structure_hook_func(
            is_distribution, lambda raw, _: self._distribution(raw)
        )
        convert.register_structure_hook_func(
            attrs.has, lambda raw, cls: self._build(cls, raw)
        )

    def structure(
        self, raw: object, cls: type[_Noun], path: Path = ()
    ) -> tuple[_Noun | None, list[Complaint]]:
        """Read a value; return the noun, or None and all that is wrong with it."""
        try:
            return self._converter.structure(raw, cls), []
        except (BaseValidationError, ValueError) as error:
            return None, list(complaints(error, path))

    def items(self, raw: object, cls: type[_Noun]) -> dict[str, _Noun]:
        """Read the items of a keyed collection; those with mistakes are left out."""
        found = {}
        for key, body in raw.items() if isinstance(raw, Mapping) else ():
            with noting([]):
                found[key] = self._build(cls, body or {}, key)
        return found

    def _build(self, cls: type, raw: Any, key: str = "", tag: str = "") -> Any:
        """Read a mapping as an attrs class, every key by itself.

        Args:
            cls: The class.
            raw: The mapping.
            key: The key that leads to it, where that is its id or label.
            tag: A key in it that was read before, because it named the class.
        """
        made, _ = self._made.get((id(raw), cls, key), (None, None))
        if made is not None:
            return made
        form = form_of(cls)
        known = (*form.slots, tag) if tag else tuple(form.slots)
        raw = mapping(raw, f"keys such as {next(iter(known), 'none')}")
        # The version of the format is read before, but is a key of the file too.
        known = ("lastday", *known) if cls is Scenario else known
        errors = list(strangers(raw, known, None if tag else homes(Scenario)))
        values = self._values(cls, raw, form, errors)
        if form.identity:
            with noting(errors):
                values[form.identity.name] = self._identity(form.identity, key)
        if not errors:
            with noting(errors):
                noun = cls(**values)
                errors += (noted(m, n) if n else m for n, m in flaws(noun, raw))
        if errors:
            raise ClassValidationError(cls.__name__, errors, cls)
        # The mapping is kept too, lest its address is given to another one.
        self._made[id(raw), cls, key] = noun, raw
        return noun

    def _values(
        self, cls: type, raw: Mapping[str, object], form: Form, errors: list[Exception]
    ) -> dict[str, object]:
        if cls not in self._readers:
            self._readers[cls] = {n: self._slot(slot) for n, slot in form.slots.items()}
        values = {}
        for name, read in self._readers[cls].items():
            if name in raw:
                with noting(errors, name):
                    values[name] = read(raw[name])
            elif form.slots[name].required:
                doc = form.slots[name].spec.doc or _clause(described(cls))
                errors.append(missing(name, doc))
        return values

    def _slot(self, slot: Slot) -> Read:
        """Return what reads one slot, with its source and within its bounds."""
        read = self._contents(slot)

        def read_slot(raw: object) -> object:
            if raw is None and slot.optional:
                return None
            value = read(raw)
            if problem := slot.spec.check(value, shown(raw)):
                raise ValueError(problem)
            return value

        if not slot.may_have_range:
            return sourced(read_slot) if slot.may_have_source else read_slot
        # The range of a time that varies is one of durations.
        read_end = read_seconds if is_distribution(slot.of) else read_slot
        return sourced(read_slot, range_checker(read_end))

    def _contents(self, slot: Slot) -> Read:
        spec = slot.spec
        if spec.parse is not None:
            parse = spec.parse
            return lambda raw: parse(read_text(raw))
        if slot.kind == "free":
            return lambda raw: mapping(raw, "dotted path: value")
        if slot.many == "keyed":
            return keyed(lambda key, body: self._keyed_item(slot, key, body))
        hook = self._converter.get_structure_hook(slot.of)
        read = (
            choice_reader(spec.choices)
            if spec.choices
            else lambda raw: hook(raw, slot.of)
        )
        if slot.many == "list":
            return list_of(read, of_mappings=slot.kind == "noun")
        return read

    def _keyed_item(self, slot: Slot, key: str, body: object) -> object:
        if slot.kind != "shelf":
            return self._build(slot.of, body, key)
        cls = self.shelves.choose(slot.of, key, body)
        return self._build(cls, body, key, tag=slot.of)

    def _identity(self, slot: Slot, key: str) -> object:
        """Check the id or label that stands as the key of its item."""
        if not ID.fullmatch(key):
            raise Mistake(f"not an id ({shown(key)})", ID_ACCEPTED, at="key")
        try:
            return self._converter.structure(key, slot.of)
        except Mistake as mistake:
            mistake.at = "key"
            raise

    def _distribution(self, raw: object) -> object:
        if not isinstance(raw, Mapping):
            return Constant(read_seconds(raw))
        if "dist" not in raw:
            raise missing("dist", f"accepted: {', '.join(DISTRIBUTIONS)}")
        tag = raw["dist"]
        if not isinstance(tag, str) or tag not in DISTRIBUTIONS:
            hint = choices(tag if isinstance(tag, str) else "", DISTRIBUTIONS)
            raise noted(Mistake(f"unknown distribution ({shown(tag)})", hint), "dist")
        return self._build(DISTRIBUTIONS[tag], raw, tag="dist")


def _clause(sentence: str) -> str:
    return f"{sentence[:1].lower()}{sentence[1:]}".removesuffix(".")


def _hook(read: Read) -> Callable[[object, object], object]:
    return lambda raw, _: read(raw)
