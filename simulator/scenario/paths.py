"""Dotted paths into a scenario: what variants use to change one value deep inside.

A path names fields of nouns, ids in keyed collections (labels in a posture) and
positions in lists: ``organisation.teams.enforcement.size``, ``misuse.plan.0.tries``.
"""

from collections.abc import Sequence
from typing import Any, TypeVar, cast

import attrs

_Noun = TypeVar("_Noun")


def value_at(noun: object, path: Sequence[str]) -> object:
    """Return the value a path leads to.

    Raises:
        KeyError: with the first part of the path that leads nowhere.
    """
    for part in path:
        noun = _child(noun, part)
    return noun


def replaced(noun: _Noun, path: Sequence[str], value: object) -> _Noun:
    """Return a copy with the value at a path replaced; a new id is appended.

    Raises:
        KeyError: with the first part of the path that leads nowhere.
    """
    if not path:
        return value  # type: ignore[return-value]
    part, rest = path[0], path[1:]
    if not isinstance(noun, tuple):
        changed = replaced(_child(noun, part), rest, value)
        return attrs.evolve(cast(Any, noun), **{part: changed})  # type: ignore[no-any-return]
    if not rest and part not in _ids(noun):
        return (*noun, value)  # type: ignore[return-value]
    kept: Any = _child(noun, part)
    return tuple(  # type: ignore[return-value]
        replaced(item, rest, value) if item is kept else item for item in noun
    )


def _child(noun: object, part: str) -> object:
    if isinstance(noun, tuple):
        return dict(zip(_ids(noun), noun, strict=True))[part]
    noun_class: Any = type(noun)
    if attrs.has(noun_class) and part in attrs.fields_dict(noun_class):
        return getattr(noun, part)
    raise KeyError(part)


def _ids(items: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(
        str(getattr(item, "label", getattr(item, "id", position)))
        for position, item in enumerate(items)
    )
