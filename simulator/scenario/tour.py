"""A tour of the plain data by the forms of the nouns: every value that stands alone.

It never complains: what does not have its form is passed by, and left to structuring.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from attrs import frozen

from simulator.scenario.mistakes import Mistake, Path, Unknowable, choices, shown
from simulator.scenario.quantities import bare
from simulator.scenario.shapes import Shelves, Slot, form_of


@frozen
class Leaf:
    """A value that stands alone, or an id that is one of another collection.

    Attributes:
        path: The way to it.
        slot: What may stand there.
        raw: The value as the file has it, with its source if it has one.
        is_key: It is the key of a mapping.
    """

    path: Path
    slot: Slot
    raw: object
    is_key: bool = False

    @property
    def value(self) -> object:
        """The value without its source."""
        return bare(self.raw) if self.slot.may_have_source else self.raw


def leaves(cls: type, raw: object, shelves: Shelves, path: Path = ()) -> Iterator[Leaf]:
    """Yield the leaves of a mapping that stands for an attrs class."""
    if not isinstance(raw, Mapping):
        return
    for name, slot in form_of(cls).slots.items():
        if raw.get(name) is not None:
            yield from _of_slot(slot, raw[name], shelves, (*path, name))


def _of_slot(slot: Slot, raw: object, shelves: Shelves, path: Path) -> Iterator[Leaf]:
    if slot.many == "keyed":
        for key, body in raw.items() if isinstance(raw, Mapping) else ():
            yield from _of_item(slot, key, body, shelves, (*path, key))
    elif slot.kind == "noun" and slot.many == "list":
        for position, item in enumerate(raw if isinstance(raw, list) else ()):
            yield from leaves(slot.of, item, shelves, (*path, position))
    elif slot.kind == "noun":
        yield from leaves(slot.of, raw, shelves, path)
    elif slot.kind != "free":
        yield Leaf(path, slot, raw)


def _of_item(
    slot: Slot, key: str, body: object, shelves: Shelves, path: Path
) -> Iterator[Leaf]:
    cls = item_class(slot, key, body, shelves)
    if cls is None:
        return
    identity = form_of(cls).identity
    if identity and identity.spec.ref:
        yield Leaf(path, identity, key, is_key=True)
    yield from leaves(cls, body, shelves, path)


def item_class(slot: Slot, key: str, body: object, shelves: Shelves) -> type | None:
    """Return the class of an item of a keyed collection; None if it names none."""
    if slot.kind != "shelf":
        assert isinstance(slot.of, type)
        return slot.of
    try:
        return shelves.choose(slot.of, key, body)
    except Mistake:
        return None


def located(cls: type, raw: object, parts: Sequence[str], shelves: Shelves) -> Path:
    """Turn the parts of a dotted path into the way through the plain data.

    Only the last part may be new: a key not given so far, or a new id.

    Raises:
        Mistake: The path leads nowhere, or into a value that is changed as a whole.
        Unknowable: It leads into an item of a catalogue that does not exist.
    """
    path: Path = ()
    inside: type | Slot | None = cls
    step: str | int
    for number, part in enumerate(parts, start=1):
        if inside is None:
            what = f"leads into a value ({shown(part)})"
            raise Mistake(
                what, f"change it as a whole: {'.'.join(parts[: number - 1])}"
            )
        if isinstance(inside, type):
            step, inside = _into_class(inside, part)
        elif inside.many == "list":
            step, inside = _into_list(inside, raw, part)
        else:
            last = number == len(parts)
            step, inside = _into_keyed(inside, raw, part, shelves, last=last)
        raw = child(raw, step)
        path = (*path, step)
    return path


def child(raw: object, step: str | int) -> object:
    """Return what a step leads to; None where there is nothing."""
    if isinstance(raw, Mapping):
        return raw.get(step)
    if isinstance(raw, list) and isinstance(step, int) and step < len(raw):
        return raw[step]
    return None


def _into_class(cls: type, part: str) -> tuple[str, type | Slot | None]:
    slots = form_of(cls).slots
    if part not in slots:
        raise _nowhere(part, slots)
    slot = slots[part]
    if slot.many == "keyed" or (slot.many == "list" and slot.kind == "noun"):
        return part, slot
    return part, slot.of if slot.kind == "noun" else None


def _into_list(slot: Slot, raw: object, part: str) -> tuple[int, type]:
    length = len(raw) if isinstance(raw, list) else 0
    positions = [str(position) for position in range(length)]
    if part not in positions:
        raise _nowhere(part, positions)
    return int(part), slot.of


def _into_keyed(
    slot: Slot, raw: object, part: str, shelves: Shelves, *, last: bool
) -> tuple[str, type | None]:
    items = raw if isinstance(raw, Mapping) else {}
    if part not in items and last:
        return part, None
    if part not in items:
        raise _nowhere(part, items)
    cls = item_class(slot, part, items[part], shelves)
    if cls is None and not last:
        raise Unknowable
    return part, cls


def _nowhere(part: str, known: Collection[str]) -> Mistake:
    hint = choices(part, known, intro="accepted")
    return Mistake(f"path leads nowhere ({shown(part)})", hint)
