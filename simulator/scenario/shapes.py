"""What a mapping of the file looks like for each noun, worked out from its fields.

    form = the keys that a mapping may have, and the field its own key fills
    slot = one key of a form: its kind, and whether it takes one, a list or a mapping

Structuring, the tour of a file and the JSON Schema all read these, so that they cannot
come to differ in what a file may say.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import Any, Literal, NewType, Union, get_args, get_origin

import attrs
from attrs import frozen

from simulator.protocols import AlertRule, Control
from simulator.scenario.fields import FieldSpec, spec_of
from simulator.scenario.gathering import noted
from simulator.scenario.mistakes import Mistake, choices, shown
from simulator.scenario.scenario import Measure
from simulator.streams import DISTRIBUTIONS

Kind = Literal["noun", "shelf", "quantity", "choice", "text", "free"]
Many = Literal["one", "list", "keyed"]
Shelf = Literal["control", "alert"]

_DISTRIBUTIONS = frozenset(DISTRIBUTIONS.values())
_SHELVES: Mapping[object, Shelf] = {Control: "control", AlertRule: "alert"}
_OTHER: Mapping[Shelf, Shelf] = {"control": "alert", "alert": "control"}
_A: Mapping[Shelf, str] = {"control": "a control", "alert": "an alert"}
_IN_SECONDS = re.compile(r"[,;]?( ``mean``)?( in)? seconds")


@frozen(eq=False)
class Shelves:
    """The controls and alerts that a file may name: id -> attrs class."""

    controls: Mapping[str, type]
    alerts: Mapping[str, type]

    def of(self, shelf: Shelf) -> Mapping[str, type]:
        """Return one of the two shelves."""
        return self.controls if shelf == "control" else self.alerts

    def choose(self, shelf: Shelf, label: str, body: object) -> type:
        """Return the class that an item of a posture means, by its label if unnamed.

        Raises:
            Mistake: An id that is not on the shelf; a label that is another one's id.
        """
        known, other = self.of(shelf), _OTHER[shelf]
        named = isinstance(body, Mapping) and shelf in body
        wanted = body[shelf] if isinstance(body, Mapping) and named else label
        if not isinstance(wanted, str) or wanted not in known:
            unknown = self._unknown(shelf, wanted, also="" if named else _own(shelf))
            if named:
                raise noted(unknown, shelf)
            unknown.at = "key"
            raise unknown
        if label != wanted and (label in known or label in self.of(other)):
            whose = f"another {shelf}" if label in known else _A[other]
            what = f"label {shown(label)} is the id of {whose}"
            raise Mistake(what, "accepted: a label of its own", at="key")
        return known[wanted]

    def _unknown(self, shelf: Shelf, wanted: object, *, also: str) -> Mistake:
        other = _OTHER[shelf]
        if isinstance(wanted, str) and wanted in self.of(other):
            return Mistake(
                f"{shown(wanted)} is {_A[other]}", f"write it under {other}s"
            )
        word = wanted if isinstance(wanted, str) else ""
        hint = choices(word, self.of(shelf), also=also)
        return Mistake(f"unknown {shelf} ({shown(wanted)})", hint)


def _own(shelf: Shelf) -> str:
    return f"a label of your own needs '{shelf}: ID'"


@frozen
class Slot:
    """One key of a form.

    Attributes:
        name: The key, and the name of the field.
        of: The type of one item, without ``None``; the shelf, where it is from one.
        kind: ``quantity`` and ``choice`` may carry a source; ``shelf`` is an item of
            a catalogue; ``free`` is not looked into.
        many: One value, a list of them, or a mapping from id to item.
        optional: Whether the value may be null.
        required: Whether the key must be there.
        default: The value where it is not; None if required.
        spec: What the field says of itself.
    """

    name: str
    of: Any
    kind: Kind
    many: Many
    optional: bool
    required: bool
    default: object
    spec: FieldSpec

    @property
    def may_have_source(self) -> bool:
        """Whether the value may be written with its source.

        Parts of a distribution may not: it has one source as a whole.
        """
        return self.kind in ("quantity", "choice") and self.spec.doc != ""

    @property
    def may_have_range(self) -> bool:
        """Whether the value may be written with the range it is believed to lie in.

        What a run is held against is no input of it, so it has none.
        """
        single = self.kind == "quantity" and self.many == "one"
        return single and self.may_have_source and self.of is not Measure


@frozen
class Form:
    """What a mapping of one class looks like.

    Attributes:
        slots: The keys by name, in the order of the class.
        identity: The field that the key of the mapping itself fills, if there is one.
    """

    slots: Mapping[str, Slot]
    identity: Slot | None


@cache
def form_of(cls: type) -> Form:
    """Return the form of an attrs class: a noun, a control, an alert, a distribution.

    Fields not declared with `fields.field` are no part of the file, unless the class
    declares none so, as distributions do.
    """
    fields = attrs.fields(attrs.resolve_types(cls))
    declared = [field for field in fields if spec_of(field).doc] or fields
    slots = {field.name: _slot(field) for field in declared}
    # What stands on a shelf goes by its label, everything else by its id.
    name = next((name for name in ("label", "id") if name in slots), "")
    identity = slots.pop(name, None)
    return Form(slots, identity)


@cache
def homes(cls: type) -> Mapping[str, tuple[str, ...]]:
    """Return where each key of a file belongs, below a class; "" is the class itself.

    Parameters of controls and alerts, and of distributions, are left out.
    """
    found: dict[str, tuple[str, ...]] = {}
    waiting: list[tuple[type, str]] = [(cls, "")]
    while waiting:
        inside, path = waiting.pop(0)
        for name, slot in form_of(inside).slots.items():
            found[name] = (*found.get(name, ()), path)
            if slot.kind == "noun":
                step = {"one": "", "list": "[]", "keyed": ".NAME"}[slot.many]
                waiting.append((slot.of, f"{path}.{name}{step}".removeprefix(".")))
    return found


def described(cls: type) -> str:
    """Say what a mapping is, to people who write files: their times carry units."""
    told = getattr(cls, "definition", cls.__doc__ or "").split("\n\n")[0]
    return _IN_SECONDS.sub("", " ".join(told.split())).replace("``", "")


def is_choice(kind: Any) -> bool:
    """Say whether a type is a `Literal`."""
    origin: Any = get_origin(kind)
    return origin is Literal


def is_distribution(kind: object) -> bool:
    """Say whether a type is the union of all distributions."""
    return frozenset(get_args(kind)) == _DISTRIBUTIONS


def _slot(field: "attrs.Attribute[Any]") -> Slot:
    spec = spec_of(field)
    of, optional = _without_none(field.type)
    many: Many = "one"
    if get_origin(of) is tuple and spec.parse is None:
        of = get_args(of)[0]
        many = "keyed" if spec.keyed or of in _SHELVES else "list"
    required = field.default is attrs.NOTHING
    return Slot(
        name=field.name,
        of=_SHELVES.get(of, of),
        kind=_kind(of, spec, field.name),
        many=many,
        optional=optional,
        required=required,
        default=None if required else field.default,
        spec=spec,
    )


def _without_none(kind: Any) -> tuple[Any, bool]:
    if get_origin(kind) not in (Union, UnionType):
        return kind, False
    args = get_args(kind)
    rest = tuple(arg for arg in args if arg is not type(None))
    # Built from its members, which ``X | Y`` cannot do.
    return Union[rest], len(rest) < len(args)  # noqa: UP007


def _kind(of: Any, spec: FieldSpec, name: str) -> Kind:
    if of in _SHELVES:
        return "shelf"
    if of is str or spec.parse is not None:
        return "text"
    if of is bool or is_choice(of):
        return "choice"
    if of in (int, float) or isinstance(of, NewType) or is_distribution(of):
        return "quantity"
    if attrs.has(of):
        return "noun"
    if get_origin(of) is Mapping or get_args(of)[:1] == (str,):
        return "free"
    raise TypeError(f"field {name}: a file has no form for {of}")
