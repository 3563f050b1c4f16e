"""Where every number of a file comes from, as the file says."""

from collections.abc import Iterable, Iterator, Mapping

from simulator.scenario.mistakes import Mistake, Path
from simulator.scenario.quantities import Tag, has_source, read_source
from simulator.scenario.scenario import Provenance
from simulator.scenario.tour import Leaf
from simulator.scenario.yaml_nodes import Document


def provenance(
    leaves: Iterable[Leaf], document: Document, at: Path = (), below: Path = ()
) -> Iterator[tuple[Path, Provenance]]:
    """Yield the source of every quantity, and of every choice that has one.

    Numbers without a source are assumptions. A list of numbers counts as one.

    Args:
        leaves: From a tour of the data.
        document: Where their words are found.
        at: Where in the document the leaves below ``below`` stand.
        below: Only the leaves at or below this path count.

    Returns:
        Pairs of the place in the document and the provenance.
    """
    for leaf in leaves:
        if leaf.path[: len(below)] != below or not leaf.slot.may_have_source:
            continue
        if leaf.slot.kind == "choice" and not has_source(leaf.raw):
            continue
        path = (*at, *leaf.path[len(below) :])
        tag, source = _source(leaf.raw)
        inside = (*path, "is") if has_source(leaf.raw) else path
        written = as_written(document, inside, leaf.value)
        dotted = ".".join(map(str, path))
        ends = _range(document, path, leaf)
        yield path, Provenance(dotted, written, tag, source, ends)


def as_written(document: Document, path: Path, value: object) -> str:
    """Write a value in one line, its words as the file has them."""
    if isinstance(value, Mapping):
        pairs = (
            f"{key}: {as_written(document, (*path, key), item)}"
            for key, item in value.items()
        )
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        items = (as_written(document, (*path, i), v) for i, v in enumerate(value))
        return f"[{', '.join(items)}]"
    return value if isinstance(value, str) else document.texts.get(path, str(value))


def _range(document: Document, path: Path, leaf: Leaf) -> tuple[str, str] | None:
    ends = leaf.raw.get("between") if isinstance(leaf.raw, Mapping) else None
    if not leaf.slot.may_have_range or not isinstance(ends, list) or len(ends) != 2:
        return None
    at = (*path, "between")
    low, high = (as_written(document, (*at, i), end) for i, end in enumerate(ends))
    return low, high


def _source(raw: object) -> tuple[Tag, str]:
    if not isinstance(raw, Mapping) or not has_source(raw):
        return "A", ""
    try:
        return read_source(raw.get("source"))
    except Mistake:
        return "A", ""
