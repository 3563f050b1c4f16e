"""Readers made of readers: each part is read by itself and everything wrong gathered.

Errors travel in the groups of cattrs, each with a note of the step that leads to it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeAlias

from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ClassValidationError,
    IterableValidationError,
    IterableValidationNote,
)

from simulator.scenario.mistakes import Mistake, choices, shown
from simulator.scenario.quantities import WRAPPED, has_source, read_source

Read: TypeAlias = Callable[[Any], Any]

MISTAKES_MAX = 500
"""Mistakes after which one collection is given up; far more than are ever shown."""

HOMES_MAX = 2
"""Places named at which a key belongs; a key of more nouns tells nothing."""

NEAR = 0.8
"""How alike two words must be, for a misspelling to explain more than a wrong place."""


@contextmanager
def noting(errors: list[Exception], step: str | int | None = None) -> Iterator[None]:
    """Gather what goes wrong inside, with the key or position that leads there."""
    try:
        yield
    except (BaseValidationError, ValueError) as error:
        errors.append(error if step is None else noted(error, step))


def noted(error: Exception, step: str | int) -> Exception:
    """Note on an error the step that leads to it."""
    if isinstance(step, int):
        error.add_note(IterableValidationNote(f"at position {step}", step, None))
    else:
        error.add_note(AttributeValidationNote(f"at {step!r}", step, None))
    return error


def list_of(read: Read, *, of_mappings: bool = False) -> Read:
    """Return what reads a list, item by item."""

    def read_list(raw: object) -> tuple[object, ...]:
        if of_mappings and not isinstance(raw, list):
            accepted = "put '- ' before it, on a line of its own"
            raise Mistake(f"not a list ({shown(raw)})", accepted)
        if not isinstance(raw, list):
            raise Mistake(f"not a list ({shown(raw)})", "accepted: [one, another]")
        errors: list[Exception] = []
        values = []
        for position, item in enumerate(raw):
            with noting(errors, position):
                values.append(read(item))
            if len(errors) >= MISTAKES_MAX:
                break
        if errors:
            raise IterableValidationError("list", errors, tuple)
        return tuple(values)

    return read_list


def keyed(read: Callable[[str, object], object]) -> Read:
    """Return what reads a mapping from id to item, in the order of the file."""

    def read_items(raw: object) -> tuple[object, ...]:
        errors: list[Exception] = []
        items = []
        for key, body in mapping(raw, "NAME: {...} for each of them").items():
            with noting(errors, key):
                items.append(read(key, {} if body is None else body))
            if len(errors) >= MISTAKES_MAX:
                break
        if errors:
            raise IterableValidationError("items", errors, tuple)
        return tuple(items)

    return read_items


def sourced(read: Read, check_range: Callable[[Any, Any], None] | None = None) -> Read:
    """Return what also reads ``{is: VALUE, source: TEXT, between: [LOW, HIGH]}``.

    Args:
        read: What reads the value.
        check_range: Called with the range as the file has it and the value; raises
            what is wrong. Without it no range is accepted.
    """
    known = WRAPPED if check_range else WRAPPED[:2]

    def read_sourced(raw: object) -> object:
        if not isinstance(raw, Mapping) or not has_source(raw):
            return read(raw)
        errors = list(strangers(raw, known))
        ranged = check_range is not None and "between" in raw
        needed = ("is",) if ranged else ("is", "source")
        errors += [missing(name) for name in needed if name not in raw]
        value = None
        if "is" in raw:
            before = len(errors)
            with noting(errors, "is"):
                value = read(raw["is"])
            if check_range and ranged and len(errors) == before:
                with noting(errors, "between"):
                    check_range(raw["between"], value)
        if "source" in raw:
            with noting(errors, "source"):
                read_source(raw["source"])
        if errors:
            raise ClassValidationError("source", errors, dict)
        return value

    return read_sourced


def mapping(raw: object, accepted: str) -> Mapping[str, Any]:
    """Accept a mapping."""
    if isinstance(raw, Mapping):
        return raw
    raise Mistake(f"not a mapping ({shown(raw)})", f"accepted: {accepted}")


def strangers(
    raw: Mapping[str, object],
    known: tuple[str, ...],
    homes: Mapping[str, tuple[str, ...]] | None = None,
) -> Iterator[Exception]:
    """Yield a mistake for every key that is not known, up to a bound.

    Args:
        raw: The mapping.
        known: The keys that it may have.
        homes: Where keys belong elsewhere in a file.
    """
    for key in islice((key for key in raw if key not in known), MISTAKES_MAX):
        elsewhere = _belongs(key, known, (homes or {}).get(key, ()))
        hint = elsewhere or choices(key, known, intro="accepted")
        yield noted(Mistake(f"unknown key {shown(key)}", hint, at="key"), key)


def _belongs(key: str, known: tuple[str, ...], homes: tuple[str, ...]) -> str:
    """Say where else a key belongs; "" where it is rather misspelt, or nowhere."""
    # Imported here because only bad input needs it.
    from difflib import get_close_matches

    misspelt = any(key in name for name in known)
    if misspelt or not 1 <= len(homes) <= HOMES_MAX:
        return ""
    if get_close_matches(key, known, n=1, cutoff=NEAR):
        return ""
    places = (f"under {home}" if home else "at the top level" for home in homes)
    return f"belongs {' or '.join(places)}"


def missing(name: str, doc: str = "") -> Mistake:
    """Return the mistake of a key that is not there, shown at what should hold it."""
    return Mistake(f"missing key {name!r}" + (f" ({doc})" if doc else ""), at="key")
