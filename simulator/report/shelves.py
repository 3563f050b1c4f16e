"""The catalogue as text and data: a list, one entry in full, coverage by framework.

An entry is a class of one of the two shelves; its parameters are what it says of its
fields. Labels of kinds: a control prevents, an alert tells from inside, a witness from
outside.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from simulator.clock import Seconds, TimeOfDay, write_duration
from simulator.report.layout import entry, fill, heading
from simulator.scenario.shapes import Slot, form_of, is_distribution
from simulator.shelf import Entry, Framework
from simulator.streams import Constant

FRAMEWORKS: Mapping[Framework, str] = {
    "nist": "NIST SP 800-53 r5",
    "cis": "CIS Controls v8.1",
    "iso": "ISO/IEC 27001 Annex A",
    "attack": "MITRE ATT&CK",
    "d3fend": "MITRE D3FEND",
    "itm": "Insider Threat Matrix",
    "csg": "Common Sense Guide to Mitigating Insider Threats",
}

REQUIRED = "must be given"
"""In place of a default, where there is none."""
NOT_GIVEN = "not given"
"""In place of a default that is the absence of a value."""

_SAID = (
    ("What it is", "definition"),
    ("Stops", "stops"),
    ("Does not stop", "does_not_stop"),
    ("Costs", "cost"),
)


def kind(found: type[Entry]) -> str:
    """Say whether an entry is a control, an alert or a witness."""
    origin = getattr(found, "origin", None)
    return {None: "control", "outside": "witness"}.get(origin, "alert")


def listed(entries: Iterable[type[Entry]]) -> str:
    """List entries by kind, one line each."""
    found = list(entries)
    headings = {
        "control": "Controls: they prevent",
        "alert": "Alerts: they tell from inside",
        "witness": "Witnesses: they tell from outside",
    }
    blocks = []
    for name, title in headings.items():
        lines = [
            entry(e.id, e.title, indent=2, term_width=22)
            for e in found
            if kind(e) == name
        ]
        if lines:
            blocks.append("\n".join([heading(title), *lines]))
    return "\n\n".join(blocks)


def in_full(found: type[Entry]) -> str:
    """Write everything an entry says about itself, as a scenario file would use it."""
    parts = [heading(f"{found.title} ({found.id}, {kind(found)})", "=")]
    parts += [entry(term, getattr(found, name), term_width=14) for term, name in _SAID]
    parts.append(_references(found))
    parts.append(_parameters(found))
    return "\n\n".join(parts)


def coverage(entries: Iterable[type[Entry]], framework: Framework) -> str:
    """List the ids of one framework with the entries that answer to them."""
    by_id: dict[str, list[str]] = {}
    for found in entries:
        for reference in found.sources:
            if reference.framework == framework:
                mark = "~" if reference.weak else ""
                by_id.setdefault(reference.id, []).append(found.id + mark)
    lines = [
        entry(name, ", ".join(by_id[name]), indent=2, term_width=12)
        for name in sorted(by_id, key=_natural)
    ] or ["  none"]
    note = fill("~ only comes nearest. Ids not listed are answered by nothing here.")
    return "\n\n".join([heading(FRAMEWORKS[framework]), "\n".join(lines), note])


def as_data(found: type[Entry]) -> dict[str, Any]:
    """Return everything an entry says about itself, for machines."""
    return {
        "id": found.id,
        "kind": kind(found),
        "title": found.title,
        **{name: getattr(found, name) for _, name in _SAID},
        "sources": [attrs.asdict(reference) for reference in found.sources],
        "parameters": [*map(_parameter, (_label(found), *_slots(found)))],
    }


def matches(found: type[Entry], text: str) -> bool:
    """Say whether every word of a text occurs in what the entry says."""
    said = " ".join(
        [found.id, found.title, *(getattr(found, name) for _, name in _SAID)]
        + [reference.id for reference in found.sources]
    ).casefold()
    return all(word in said for word in text.casefold().split())


def _references(found: type[Entry]) -> str:
    lines = ["Framework ids (~ only comes nearest):"]
    for framework, name in FRAMEWORKS.items():
        ids = [
            f"{reference.id}{'~' if reference.weak else ''}"
            for reference in found.sources
            if reference.framework == framework
        ]
        if ids:
            lines.append(fill(f"{name}: {', '.join(ids)}", indent=2, hang=2))
    return "\n".join(lines)


def _parameters(found: type[Entry]) -> str:
    lines = ["Parameters, with their defaults:"]
    for slot in _slots(found):
        known = _parameter(slot)
        # A comment of YAML, so that the line can be copied into a file.
        unit = f"  # {known['unit']}" if known["unit"] else ""
        source = f" Source: {known['source']}." if known["source"] else ""
        set_to = f"{known['name']}: {known['default']}{unit}"
        lines.append(fill(set_to, indent=2, hang=2))
        lines.append(fill(f"{known['doc']}.{source}", indent=6))
    return "\n".join(lines if len(lines) > 1 else ["Parameters: none."])


def _label(cls: type) -> Slot:
    """Return the field that a file fills with the key of the entry."""
    slot = form_of(cls).identity
    assert slot is not None
    return slot


def _slots(cls: type) -> list[Slot]:
    return list(form_of(cls).slots.values())


def _parameter(slot: Slot) -> dict[str, str]:
    return {
        "name": slot.name,
        "default": _default(slot),
        "unit": slot.spec.unit,
        "doc": slot.spec.doc,
        "source": slot.spec.source,
    }


def _default(slot: Slot) -> str:
    if slot.name == "label":
        return "its id"
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
