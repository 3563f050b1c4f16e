"""One way to declare a field, read by everybody who needs to know about it.

A noun's field says once what it means, its unit, its bounds and what it refers to. The
loader takes its checks from here, the JSON Schema its limits, the catalogue its tables
and the Hypothesis strategies their ranges.
"""

from collections.abc import Callable
from typing import Any, NewType

import attrs
from attrs import NOTHING, frozen

Share = NewType("Share", float)
"""A probability or a share, from 0 to 1."""

_KEY = "lastday"


@frozen
class FieldSpec:
    """What is known of a field beyond its type.

    Attributes:
        doc: One sentence that says what the field means.
        unit: The unit of a number ("per hour", "people"); durations need none.
        ge: Smallest value accepted.
        le: Largest value accepted.
        gt: Value that must be exceeded.
        ref: The collection a text must be an id of, such as ``roles``.
        keyed: The YAML is a mapping from id to item, in Python a tuple of items.
        choices: The texts accepted, for fields not typed as a ``Literal``.
        source: Where the default comes from; "assumption" where nowhere.
        parse: Turns the text of the file into the value; raises ValueError.
    """

    doc: str
    unit: str = ""
    ge: float | None = None
    le: float | None = None
    gt: float | None = None
    ref: str = ""
    keyed: bool = False
    choices: tuple[str, ...] = ()
    source: str = ""
    parse: Callable[[str], object] | None = None

    def check(self, value: object, written: str = "") -> str:
        """Return what is wrong with a number and what is accepted, or "".

        Args:
            value: Anything; what is no number is never wrong.
            written: How the file writes it, where that differs.
        """
        if isinstance(value, bool) or not isinstance(value, int | float):
            return ""
        written = written or str(value)
        if self.ge is not None and not value >= self.ge:
            return f"{written} is too small; at least {self.ge:g} is accepted"
        if self.gt is not None and not value > self.gt:
            return f"{written} is too small; more than {self.gt:g} is accepted"
        if self.le is not None and not value <= self.le:
            return f"{written} is too large; at most {self.le:g} is accepted"
        return ""


def field(doc: str, *, default: Any = NOTHING, **spec: Any) -> Any:
    """Declare a field of a noun, a control or an alert.

    Args:
        doc: One sentence, present tense, without a full stop.
        default: Value when the file does not say; none for a modelling assumption.
        **spec: The other attributes of `FieldSpec`.
    """
    known = FieldSpec(doc, **spec)

    def validate(_: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
        if problem := known.check(value):
            raise ValueError(f"{attribute.name}: {problem}")

    return attrs.field(default=default, validator=validate, metadata={_KEY: known})


def spec_of(attribute: "attrs.Attribute[Any]") -> FieldSpec:
    """Return what `field` was told of an attribute; a bare one if it was not used."""
    known = attribute.metadata.get(_KEY)
    return known if isinstance(known, FieldSpec) else FieldSpec("")
