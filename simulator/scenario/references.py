"""Whether every id that a file names exists in the collection it is to be from."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from simulator.scenario.mistakes import At, Complaint, choices, shown
from simulator.scenario.scenario import Scenario
from simulator.scenario.shapes import form_of
from simulator.scenario.tour import Leaf

COLLECTIONS: Mapping[str, tuple[str, ...]] = {
    "actions": ("organisation", "actions"),
    "credentials": ("organisation", "credentials"),
    "offboarding": ("organisation", "offboarding"),
    "roles": ("organisation", "roles"),
    "shifts": ("organisation", "shifts"),
    "staff": ("organisation", "staff"),
    "systems": ("organisation", "systems"),
    "targets": ("targets",),
    "teams": ("organisation", "teams"),
    "tiers": ("organisation", "tiers"),
}
"""The name a field's ``ref`` uses -> where the file keeps the ids."""


def ids_of(body: Mapping[str, object], collection: str) -> tuple[str, ...] | None:
    """Return the ids that a file declares, in its order, each once.

    None if they cannot be known: the collection is malformed, or missing where it must
    be there. That is complained of already.
    """
    found: object = body
    cls: type = Scenario
    many = ""
    for step in COLLECTIONS[collection]:
        slot = form_of(cls).slots[step]
        if not isinstance(found, Mapping):
            return None
        if step not in found:
            return None if slot.required else ()
        found, cls, many = found[step], slot.of, slot.many
    if not isinstance(found, Mapping if many == "keyed" else list):
        return None
    if not all(isinstance(name, str) for name in found):
        return None
    return tuple(dict.fromkeys(found))


def unknown_ids(
    body: Mapping[str, object], leaves: Iterable[Leaf]
) -> Iterator[Complaint]:
    """Yield a complaint for every id that does not exist, and every one named twice."""
    known = {collection: ids_of(body, collection) for collection in COLLECTIONS}
    for leaf in leaves:
        ids = known[leaf.slot.spec.ref] if leaf.slot.spec.ref else None
        if ids is None or leaf.raw == leaf.slot.default:
            continue
        for path, name in _named(leaf):
            if name not in ids:
                word = singular(leaf.slot.spec.ref)
                what = f"unknown {word} ({shown(name)})"
                at: At = "key" if leaf.is_key else "value"
                yield Complaint(path, what, choices(name, ids), at)
        yield from _repeated(leaf)


def singular(collection: str) -> str:
    """Name one item of a collection."""
    known = {"staff": "person", "offboarding": "exit task"}
    return known.get(collection, collection.removesuffix("s"))


def _named(leaf: Leaf) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(leaf.raw, str):
        yield leaf.path, leaf.raw
    elif isinstance(leaf.raw, list):
        for position, name in enumerate(leaf.raw):
            if isinstance(name, str):
                yield (*leaf.path, position), name


def _repeated(leaf: Leaf) -> Iterator[Complaint]:
    if not isinstance(leaf.raw, list):
        return
    names = Counter(name for name in leaf.raw if isinstance(name, str))
    for name, times in names.items():
        if times > 1:
            last = len(leaf.raw) - 1 - leaf.raw[::-1].index(name)
            what = f"named twice ({shown(name)})"
            yield Complaint((*leaf.path, last), what, "write it once")
