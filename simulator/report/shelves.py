"""The catalogue as text and data: a list, one entry in full, coverage by framework.

An entry is a class of one of the two shelves; its parameters are what it says of its
fields. Those it shares with all of its kind say how it can fail. Labels of kinds: a
control prevents, an alert tells from inside, a witness from outside.
"""

from collections.abc import Iterable, Mapping, Sequence
from inspect import get_annotations
from typing import Any

import attrs
from attrs import frozen

from simulator.clock import Seconds, TimeOfDay, write_duration
from simulator.report.layout import entry, fill, heading
from simulator.scenario.shapes import Slot, form_of, is_distribution
from simulator.shelf import Entry, Framework
from simulator.streams import Constant

FRAMEWORKS: Mapping[Framework, str] = {
    "nist": "NIST SP 800-53 r5",
    "cis": "CIS Controls v8.1",
    "iso": "ISO/IEC 27001:2022 Annex A",
    "attack": "MITRE ATT&CK v18.1",
    "d3fend": "MITRE D3FEND 1.2.0",
    "itm": "Insider Threat Matrix v1.11.0",
    "csg": "Common Sense Guide to Mitigating Insider Threats, 7th edition",
}
"""Source: standards sheet, section 0."""

REQUIRED = "must be given"
"""In place of a default, where there is none."""
NOT_GIVEN = "not given"
"""In place of a default that is the absence of a value."""
KINDS = {
    "control": "Controls: they prevent",
    "alert": "Alerts: they tell from inside",
    "witness": "Witnesses: they tell from outside",
}

SAID = (
    ("What it is", "definition"),
    ("Stops", "stops"),
    ("Does not stop", "does_not_stop"),
    ("Costs", "cost"),
)


@frozen
class Parameter:
    """One parameter of an entry, as a scenario file would set it."""

    name: str
    default: str
    unit: str
    doc: str
    source: str


@frozen
class Citation:
    """An entry that answers to an id; ``weak`` where it only comes nearest."""

    entry: str
    weak: bool

    @property
    def marked(self) -> str:
        """The entry's id, with the mark of a weak fit."""
        return f"{self.entry}~" if self.weak else self.entry


def kind(found: type[Entry]) -> str:
    """Say whether an entry is a control, an alert or a witness."""
    origin = getattr(found, "origin", None)
    return {None: "control", "outside": "witness"}.get(origin, "alert")


def listed(entries: Iterable[type[Entry]]) -> str:
    """List entries by kind, one line each."""
    found = list(entries)
    width = max((len(e.id) for e in found), default=0)
    blocks = []
    for name, title in KINDS.items():
        lines = [
            entry(e.id, e.title, indent=2, term_width=width)
            for e in found
            if kind(e) == name
        ]
        if lines:
            blocks.append("\n".join([heading(title), *lines]))
    return "\n\n".join(blocks)


def in_full(found: type[Entry]) -> str:
    """Write everything an entry says about itself, as a scenario file would use it."""
    parts = [heading(f"{found.title} ({found.id}, {kind(found)})", "=")]
    parts += [entry(term, getattr(found, name), term_width=14) for term, name in SAID]
    lines = ["Framework ids (~ only comes nearest):"]
    for name, ids in cited(found):
        lines.append(fill(f"{name}: {', '.join(ids)}", indent=2, hang=2))
    parts.append("\n".join(lines))
    own, shared = parameters(found)
    parts.append(
        _set_out("Parameters, with their defaults:", own) or "Parameters: none."
    )
    parts.append(_set_out("How it can fail:", shared))
    return "\n\n".join(filter(None, parts))


def cited(found: type[Entry]) -> list[tuple[str, list[str]]]:
    """Return the ids that an entry answers to, marked, by the name of the framework."""
    by_framework: dict[Framework, list[str]] = {}
    for source in found.sources:
        ids = by_framework.setdefault(source.framework, [])
        ids.append(f"{source.id}~" if source.weak else source.id)
    return [
        (FRAMEWORKS[key], by_framework[key])
        for key in FRAMEWORKS
        if key in by_framework
    ]


def parameters(found: type[Entry]) -> tuple[list[Parameter], list[Parameter]]:
    """Return an entry's own parameters, and those of its kind: how it can fail."""
    declared = get_annotations(found)
    own: list[Parameter] = []
    shared: list[Parameter] = []
    for slot in _slots(found):
        (own if slot.name in declared else shared).append(_parameter(slot))
    return own, shared


def covered(
    entries: Iterable[type[Entry]], framework: Framework
) -> dict[str, list[Citation]]:
    """Return who answers to each id of a framework; ids sorted as people do."""
    by_id: dict[str, list[Citation]] = {}
    for found in entries:
        for source in found.sources:
            if source.framework == framework:
                known = by_id.setdefault(source.id, [])
                known.append(Citation(found.id, source.weak))
    return {name: by_id[name] for name in sorted(by_id, key=_natural)}


def coverage(entries: Iterable[type[Entry]], framework: Framework) -> str:
    """List the ids of one framework with the entries that answer to them."""
    lines = [
        entry(name, ", ".join(c.marked for c in citing), indent=2, term_width=12)
        for name, citing in covered(entries, framework).items()
    ] or ["  none"]
    note = fill("~ only comes nearest. Ids not listed are answered by nothing here.")
    return "\n\n".join([heading(FRAMEWORKS[framework]), "\n".join(lines), note])


def as_data(found: type[Entry]) -> dict[str, Any]:
    """Return everything an entry says about itself, for machines."""
    own, shared = parameters(found)
    return {
        "id": found.id,
        "kind": kind(found),
        "title": found.title,
        **{name: getattr(found, name) for _, name in SAID},
        "sources": [attrs.asdict(reference) for reference in found.sources],
        "parameters": [attrs.asdict(parameter) for parameter in (*own, *shared)],
    }


def coverage_as_data(
    entries: Iterable[type[Entry]], framework: Framework
) -> dict[str, list[dict[str, Any]]]:
    """Return the same as `coverage`, for machines: id -> entries with their mark."""
    return {
        name: [attrs.asdict(citation) for citation in citing]
        for name, citing in covered(entries, framework).items()
    }


def matches(found: type[Entry], text: str) -> bool:
    """Say whether every word of a text occurs in what the entry says."""
    said = " ".join(
        [found.id, found.title, *(getattr(found, name) for _, name in SAID)]
        + [reference.id for reference in found.sources]
    ).casefold()
    return all(word in said for word in text.casefold().split())


def _set_out(title: str, known: Sequence[Parameter]) -> str:
    """Set parameters under a title; "" where there are none."""
    lines = [title]
    for one in known:
        # A comment of YAML, so that the line can be copied into a file.
        unit = f"  # {one.unit}" if one.unit else ""
        source = f" Source: {one.source}." if one.source else ""
        lines.append(fill(f"{one.name}: {one.default}{unit}", indent=2, hang=2))
        lines.append(fill(f"{one.doc}.{source}", indent=6))
    return "\n".join(lines) if known else ""


def _slots(cls: type) -> list[Slot]:
    return list(form_of(cls).slots.values())


def _parameter(slot: Slot) -> Parameter:
    spec = slot.spec
    return Parameter(slot.name, _default(slot), spec.unit, spec.doc, spec.source)


def _default(slot: Slot) -> str:
    if slot.required:
        return REQUIRED
    if slot.default in (None, (), ""):
        return NOT_GIVEN
    return _written(slot.default, slot.of)


def _written(value: Any, of: object) -> str:
    """Write a value as a scenario file would.

    Args:
        value: The value, or a tuple of them.
        of: The type of one.
    """
    if isinstance(value, tuple):
        return f"[{', '.join(_written(item, of) for item in value)}]"
    if isinstance(value, Constant):
        return write_duration(value.value)
    if is_distribution(of):
        parts = {"dist": value.dist}
        for slot in _slots(type(value)):
            if (part := getattr(value, slot.name)) is not None:
                parts[slot.name] = _written(part, slot.of)
        return f"{{{', '.join(f'{name}: {part}' for name, part in parts.items())}}}"
    if isinstance(value, bool):
        return str(value).lower()
    if of is Seconds:
        return write_duration(value)
    if of is TimeOfDay:
        return f"{value // 3600:02}:{value // 60 % 60:02}"
    return str(value)


def _natural(name: str) -> list[tuple[int, int, str]]:
    """Sort ids as people do: AC-2 before AC-12."""
    words = "".join(c if c.isalnum() else " " for c in name).split()
    return [(0, int(w), "") if w.isdigit() else (1, 0, w) for w in words]
