"""The JSON Schema of scenario files, for editors: worked out from the same forms.

It says what a key may hold, never whether the file makes sense: ids are texts here. The
loader has the last word and the better messages.

Source: JSON Schema, draft 2020-12.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import get_args

from attrs import Factory, define
from attrs import has as is_noun

from simulator.clock import Seconds, write_duration
from simulator.scenario.fields import Share
from simulator.scenario.loading import FORMAT
from simulator.scenario.patterns import NAMES, WORDS, Schema
from simulator.scenario.quantities import SOURCES, WHOLE_MAX
from simulator.scenario.scenario import Scenario, Timeline
from simulator.scenario.sense import ID
from simulator.scenario.shapes import (
    Shelf,
    Shelves,
    Slot,
    described,
    form_of,
    is_distribution,
)
from simulator.streams import DISTRIBUTIONS, Constant

_TOLD: Mapping[type, str] = {
    Scenario: "The platform on that day, what goes wrong, and what is good enough.",
    Timeline: "When the simulation starts, and how long it lasts.",
}
"""In place of what a docstring tells to programmers."""
_RANGE = "the range the value is believed to lie in; of a distribution, its centre"
_SOURCE: Schema = {
    "$ref": "#/$defs/source",
    "description": f"where the value comes from: {SOURCES}",
}


def json_schema(shelves: Shelves) -> Schema:
    """Return the schema of scenario files that may name what stands on the shelves."""
    writer = _Writer(shelves)
    top = writer.noun(Scenario)
    properties = {
        "lastday": {"const": FORMAT, "description": "version of the format"},
        **top["properties"],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "lastday scenario",
        **top,
        "properties": properties,
        "required": ["lastday", *top["required"]],
        "$defs": dict(sorted(writer.definitions.items())),
    }


@define
class _Writer:
    """Writes schemas; what is used more than once becomes a definition."""

    shelves: Shelves
    definitions: dict[str, Schema] = Factory(lambda: deepcopy(dict(WORDS)))

    def noun(self, cls: type, **tag: Schema) -> Schema:
        """Write the schema of a mapping that stands for an attrs class."""
        slots = form_of(cls).slots
        required = [name for name, slot in slots.items() if slot.required]
        return {
            "description": _TOLD.get(cls) or described(cls),
            "type": "object",
            "properties": {**tag, **{n: self.slot(slot) for n, slot in slots.items()}},
            "required": required,
            "additionalProperties": False,
        }

    def slot(self, slot: Slot) -> Schema:
        """Write the schema of what stands at one key."""
        written = self._contents(slot)
        if slot.optional:
            written = {"anyOf": [written, {"type": "null"}]}
        if slot.may_have_source:
            written = self._sourced(written, slot)
        return {**written, **_told(slot)}

    def _contents(self, slot: Slot) -> Schema:
        if slot.kind == "free":
            return {"type": "object"}
        if slot.kind == "shelf":
            return self._shelf(slot.of)
        if slot.many == "keyed":
            return self._keyed(slot.of)
        item = self._item(slot)
        if slot.many == "one":
            return item
        return {"type": "array", "items": item} | (
            {"uniqueItems": True} if slot.spec.ref else {}
        )

    def _item(self, slot: Slot) -> Schema:
        spec = slot.spec
        if spec.choices:
            return {"enum": list(spec.choices)}
        if slot.kind == "text":
            return {"type": "string"}
        if slot.kind == "choice":
            return (
                {"type": "boolean"}
                if slot.of is bool
                else {"enum": [*get_args(slot.of)]}
            )
        if slot.kind == "noun":
            return self._reference(slot.of)
        if is_distribution(slot.of):
            return self._distribution()
        bounds = {"minimum": spec.ge, "exclusiveMinimum": spec.gt, "maximum": spec.le}
        given = {key: bound for key, bound in bounds.items() if bound is not None}
        if slot.of is int:
            return {"type": "integer", "maximum": WHOLE_MAX, **given}
        if slot.of is Share and (spec.ge, spec.le) == (0, 1):
            return {"$ref": "#/$defs/share"}
        if slot.of in (float, Share):
            return {"type": "number", **given}
        named = {"$ref": f"#/$defs/{NAMES[slot.of]}"}
        # A duration of a second or more has some digit other than 0.
        return {**named, "pattern": "[1-9]", "type": "string"} if spec.ge else named

    def _reference(self, cls: type) -> Schema:
        name = cls.__name__
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = self.noun(cls)
        return {"$ref": f"#/$defs/{name}"}

    def _keyed(self, cls: type) -> Schema:
        form = form_of(cls)
        assert form.identity is not None
        options = get_args(form.identity.of)
        names = {"enum": [*options]} if options else {"pattern": f"^{ID.pattern}$"}
        item = self._reference(cls)
        return {
            "type": "object",
            "propertyNames": names,
            "additionalProperties": item if _must_say(cls) else _or_nothing(item),
        }

    def _shelf(self, shelf: Shelf) -> Schema:
        """Write a mapping from label to item, whose label may be the id itself."""
        name = f"{shelf}s"
        if name in self.definitions:
            return {"$ref": f"#/$defs/{name}"}
        by_id = {}
        for key, cls in self.shelves.of(shelf).items():
            self.definitions[f"{shelf}-{key}"] = self.noun(
                cls, **{shelf: {"const": key}}
            )
            item = {"$ref": f"#/$defs/{shelf}-{key}"}
            by_id[key] = item if _must_say(cls) else _or_nothing(item)
        self.definitions[name] = {
            "type": "object",
            "propertyNames": {"pattern": f"^{ID.pattern}$"},
            "properties": by_id,
            "additionalProperties": self._labelled(shelf) if by_id else False,
        }
        return {"$ref": f"#/$defs/{name}"}

    def _labelled(self, shelf: Shelf) -> Schema:
        ids = list(self.shelves.of(shelf))
        return {
            "type": "object",
            "properties": {shelf: {"enum": ids}},
            "required": [shelf],
            "allOf": [
                {
                    "if": {"properties": {shelf: {"const": key}}},
                    "then": {"$ref": f"#/$defs/{shelf}-{key}"},
                }
                for key in ids
            ],
        }

    def _distribution(self) -> Schema:
        if "distribution" not in self.definitions:
            kinds: list[Schema] = [{"$ref": "#/$defs/duration"}]
            for tag, cls in DISTRIBUTIONS.items():
                written = self.noun(cls, dist={"const": tag})
                kinds.append({**written, "required": ["dist", *written["required"]]})
            self.definitions["distribution"] = {"anyOf": kinds}
        return {"$ref": "#/$defs/distribution"}

    def _sourced(self, written: Schema, slot: Slot) -> Schema:
        with_source: Schema = {
            "type": "object",
            "properties": {"is": written, "source": _SOURCE},
            "required": ["is", "source"],
            "additionalProperties": False,
        }
        if slot.may_have_range:
            with_source["properties"]["between"] = self._range(slot)
            with_source["required"] = ["is"]
            with_source["anyOf"] = [{"required": ["source"]}, {"required": ["between"]}]
        both = {"anyOf": [written, with_source]}
        if written.keys() != {"$ref"}:
            return both
        name = written["$ref"].removeprefix("#/$defs/")
        self.definitions[f"{name}-sourced"] = both
        return {"$ref": f"#/$defs/{name}-sourced"}

    def _range(self, slot: Slot) -> Schema:
        varies = is_distribution(slot.of)
        end = {"$ref": "#/$defs/duration"} if varies else self._item(slot)
        return {
            "type": "array",
            "items": end,
            "minItems": 2,
            "maxItems": 2,
            "description": _RANGE,
        }


def _must_say(cls: type) -> bool:
    return any(slot.required for slot in form_of(cls).slots.values())


def _or_nothing(written: Schema) -> Schema:
    return {"anyOf": [written, {"type": "null"}]}


def _told(slot: Slot) -> Schema:
    """Write what a field says of itself, and its default where a file could say it."""
    spec = slot.spec
    if not spec.doc:
        return {}
    source = f" (default: {spec.source})" if spec.source else ""
    unit = f" ({spec.unit})" if spec.unit else ""
    told: Schema = {"description": f"{spec.doc}{unit}{source}"}
    if not slot.required and (default := _default(slot)) is not None:
        told["default"] = default
    return told


def _default(slot: Slot) -> object:
    default = slot.default
    if isinstance(default, Constant):
        return write_duration(default.value)
    if slot.many == "keyed" or is_noun(type(default)):
        return {} if slot.kind != "free" else None
    if isinstance(default, tuple):
        return list(default)
    if slot.of is Seconds and isinstance(default, int):
        return write_duration(default)
    return default if isinstance(default, bool | int | float | str) else None
