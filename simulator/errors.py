"""What can go wrong, and how it is said.

    LastdayError            anything a user can repair
    ├── ScenarioError       a scenario file is wrong; holds every `Problem` found
    ├── CatalogueError      a control, alert or candidate is unknown or misused
    └── ReplayError         a stored trail cannot be read or replayed

Messages read ``what is wrong (the value); what is accepted``: lower case, no full stop.
Every error is built from one positional argument, because simpy rebuilds an exception
that leaves a process as ``type(e)(*e.args)``, and pickling between workers does too.
"""

from collections.abc import Iterable

import attrs


@attrs.frozen
class Problem:
    """One thing wrong in a file, at the place where it is wrong.

    Attributes:
        file: The file, as the user named it.
        line: Counted from 1; 0 means the file as a whole.
        column: Counted from 1; unused where the line is 0.
        path: The way to the value, such as ``staff[2].role``; "" where there is none.
        what: What is wrong, with the value in parentheses.
        accepted: What is accepted instead, or a near miss; "" where nothing helps.
    """

    file: str
    line: int
    column: int
    path: str
    what: str
    accepted: str = ""

    def __str__(self) -> str:
        """Return ``file:line:column: path: what; accepted`` without empty parts."""
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        path = self.path if self.line else ""
        said = "; ".join(filter(None, (self.what, self.accepted)))
        return ": ".join(filter(None, (where, path, said)))


class LastdayError(Exception):
    """Anything a user can repair: shown as its message, never as a traceback."""


class ScenarioError(LastdayError):
    """A scenario file is wrong, in one or many ways.

    Args:
        problems: Everything found; or a plain message where no place can be named.

    Attributes:
        problems: In line order; empty for a plain message.
    """

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        if isinstance(problems, str):
            self.problems: tuple[Problem, ...] = ()
            super().__init__(problems)
        else:
            self.problems = tuple(sorted(problems, key=_place))
            super().__init__(self.problems)

    def __str__(self) -> str:
        """Return one problem a line, or the plain message."""
        return "\n".join(map(str, self.problems)) or str(self.args[0])


class CatalogueError(LastdayError):
    """A control, alert or candidate is unknown, repeated or misused."""


class ReplayError(LastdayError):
    """A stored trail cannot be read, or does not replay to what was stored."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Suggest the known word a user most likely meant.

    Case does not count. Where no spelling comes close, a known word that contains all
    of ``word`` is suggested: "Sydney" finds "Australia/Sydney".

    Returns:
        ``did you mean 'x'?``, or "" where nothing is near.
    """
    # Imported here because only bad input needs it.
    from difflib import get_close_matches

    spelt = {name.casefold(): name for name in sorted(known)}
    folded = word.casefold()
    containing = [name for name in spelt if len(folded) > 2 and folded in name]
    close = get_close_matches(folded, spelt, n=1) or containing
    return f"did you mean {spelt[close[0]]!r}?" if close else ""


def _place(problem: Problem) -> tuple[str, int, int]:
    return problem.file, problem.line, problem.column
