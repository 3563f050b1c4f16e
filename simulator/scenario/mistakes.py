"""What is wrong in a file, before it has a line: a mistake, and the way to it.

    path      = the keys and positions that lead to a value
    mistake   = raised where a value is read; knows what is wrong, not where
    complaint = a mistake with the path to it, found by unwinding cattrs' groups

Suggestions are worked out only for the complaints that are shown, so that a file with
thousands of mistakes is still answered at once.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Literal, TypeAlias

from attrs import frozen
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    IterableValidationNote,
)

from simulator.errors import nearest

Path: TypeAlias = tuple[str | int, ...]
Hint: TypeAlias = str | Callable[[], str]
At: TypeAlias = Literal["key", "value"]

_FEW = 12
_LONG = 60


class Mistake(ValueError):  # noqa: N818 - the user's, not an error of ours
    """Something wrong with a value; ``at`` says whether its key is to be shown."""

    def __init__(self, what: str, accepted: Hint = "", *, at: At = "value") -> None:
        super().__init__(what)
        self.what = what
        self.accepted = accepted
        self.at = at


class Unknowable(ValueError):  # noqa: N818 - as above
    """A value that cannot be read because of a mistake elsewhere; not shown."""


@frozen
class Complaint:
    """A mistake and the way to it."""

    path: Path
    what: str
    accepted: Hint = ""
    at: At = "value"


def complaints(error: Exception, path: Path = ()) -> Iterator[Complaint]:
    """Unwind the groups in which cattrs gathers errors, following its notes."""
    # The innermost step was noted first.
    for note in reversed(getattr(error, "__notes__", ())):
        if isinstance(note, AttributeValidationNote):
            path = (*path, note.name)
        elif isinstance(note, IterableValidationNote):
            path = (*path, note.index)
    if isinstance(error, BaseValidationError):
        for inner in error.exceptions:
            yield from complaints(inner, path)
    elif isinstance(error, Mistake):
        yield Complaint(path, error.what, error.accepted, error.at)
    elif not isinstance(error, Unknowable):
        # Parsers of row 0 say both halves in one text.
        what, _, accepted = str(error).rpartition("; ")
        yield Complaint(path, what or accepted, accepted if what else "")


def spelled(path: Path) -> str:
    """Write a path as ``misuse.plan[0].action``; parts that hold dots are quoted."""
    parts = (
        f"[{part}]"
        if isinstance(part, int)
        else f".{_cut(part)}"
        if part and not set(part) & set('.[]" \n')
        else f'."{_cut(part)}"'
        for part in path
    )
    return "".join(parts).removeprefix(".")


def shown(value: object) -> str:
    """Write a value of a file so that it fits into a message."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    return _cut(repr(value))


def choices(
    word: str, known: Collection[str], *, intro: str = "known", also: str = ""
) -> Hint:
    """Suggest the nearest of the known words, and list them if they are few.

    Args:
        word: What the file says.
        known: The words; each is listed once.
        intro: What the list begins with.
        also: What to say after it.
    """

    def hint() -> str:
        listed = ", ".join(dict.fromkeys(known)) or "none"
        listed = f"{intro}: {listed}" if len(known) <= _FEW else ""
        said = " ".join(filter(None, (nearest(word[:_LONG], known), listed)))
        return (" " if said.endswith("?") else "; ").join(filter(None, (said, also)))

    return hint


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"
