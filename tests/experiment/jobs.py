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

    def __call__(self, number):
        """Do it."""
        raise ValueError(f"replication {number} is wrong")


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
