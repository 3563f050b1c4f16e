"""What became of the rows of a file: each is used or set aside, and it is said why.

read  = used + set aside
note  = something assumed about a row that is used
"""

from attrs import Factory, define, frozen

from simulator.errors import Problem


class Broken(ValueError):  # noqa: N818 - the row is, not our program
    """What is wrong with one cell: its field, what is wrong, what is accepted."""

    def __init__(self, field: str, what: str, accepted: str = "") -> None:
        super().__init__(field, what, accepted)
        self.field = field
        self.what = what
        self.accepted = accepted


@frozen
class Aside:
    """A row that is not used; broken unless nothing is wrong with it."""

    problem: Problem
    broken: bool


@define
class Ledger:
    """The account of one file."""

    file: str
    read: int = 0
    used: int = 0
    aside: list[Aside] = Factory(list)
    notes: list[Problem] = Factory(list)

    def set_aside(self, problem: Problem, *, broken: bool = True) -> None:
        """Keep why a row that was read is not used."""
        self.aside.append(Aside(problem, broken))

    def withdraw(self, problem: Problem, *, broken: bool = True) -> None:
        """Set a row aside that was counted as used."""
        self.used -= 1
        self.set_aside(problem, broken=broken)

    @property
    def broken(self) -> int:
        """How many rows are broken."""
        return sum(aside.broken for aside in self.aside)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why each row was set aside, in the order of the file."""
        return tuple(sorted((aside.problem for aside in self.aside), key=_place))


def _place(problem: Problem) -> tuple[int, int]:
    return problem.line, problem.column
