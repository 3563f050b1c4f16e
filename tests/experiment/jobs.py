"""Jobs for tests of executors; importable, so that they can be sent to processes."""

import os
import time

from attrs import frozen


@frozen
class Square:
    """A job that is done at once."""

    def __call__(self, number):
        """Do it."""
        return number * number


@frozen
class Whereabouts:
    """A job that tells in which process it is done."""

    def __call__(self, number):
        """Do it."""
        return os.getpid()


@frozen
class Busy:
    """A job that takes a while."""

    seconds: float

    def __call__(self, number):
        """Do it."""
        until = time.perf_counter() + self.seconds
        while time.perf_counter() < until:
            pass
        return os.getpid()


@frozen
class Marking:
    """A job that takes a while and leaves a mark."""

    folder: str
    seconds: float

    def __call__(self, number):
        """Do it."""
        with open(f"{self.folder}/{number}", "w"):
            return Busy(self.seconds)(number)


@frozen
class Wrong:
    """A job with a mistake in it."""

    kind: type[Exception] = ValueError

    def __call__(self, number):
        """Do it."""
        raise self.kind(f"replication {number} is wrong")


@frozen
class Deadly:
    """A job that kills its process, once or whenever it is tried."""

    mark: str
    number: int
    always: bool = False

    def __call__(self, number):
        """Do it."""
        if number == self.number and (self.always or not os.path.exists(self.mark)):
            with open(self.mark, "w"):
                os._exit(1)
        return number


class Unreadable:
    """A job made of a module that nobody has."""

    def __reduce__(self):
        """Ask for the module wherever it is read."""
        return __import__, ("a_module_that_nobody_has",)

    def __call__(self, number):
        """Do it."""


@frozen
class Squares:
    """Writes the results of `Square`; it keeps the protocol of codecs."""

    design = "squares"
    columns = (("number", "integer"), ("half", "number"), ("odd", "flag"))

    def encode(self, result):
        """Write a number."""
        return str(result)

    def decode(self, text):
        """Read a number."""
        return int(text)

    def rows(self, number, result):
        """Give two rows."""
        for row in (number, -number):
            half = None if row < 0 else result / 2
            yield {"number": row, "half": half, "odd": bool(number % 2)}
