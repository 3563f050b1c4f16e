"""The usual response with other manners, other analysts, other shifts and targets."""

from attrs import evolve, frozen

from simulator.clock import TimeOfDay
from simulator.decisions import Alert
from simulator.scenario.misuse import Target
from simulator.scenario.organisation import ShiftPattern, Team
from simulator.shelf import BaseAlert
from tests.scenes import EVERY_DAY, HOUR, ORGANISATION

NAMED = {"staff": "leaver", "target": "celebrity"}
ACT = HOUR
"""When the plain misuse happens."""


def response(**parts):
    """Build the usual response with other manners."""
    return evolve(ORGANISATION.response, **parts)


def watch(size=1, shift="always"):
    """Build the teams with so many analysts on a shift."""
    return (
        *ORGANISATION.teams[:2],
        Team("watch", "operator", "employee", shift, size),
    )


def leads(size=1, shift="always"):
    """Build the teams with so many leads on a shift."""
    return (
        ORGANISATION.teams[0],
        Team("leads", "lead", "employee", shift, size),
        ORGANISATION.teams[2],
    )


def shift(name, starts_h, ends_h):
    """Build a daily shift between two local hours; the scene starts at 08:00."""
    hours = TimeOfDay(starts_h * HOUR), TimeOfDay(ends_h * HOUR)
    return (*ORGANISATION.shifts, ShiftPattern(name, EVERY_DAY, *hours))


def named(*names):
    """Build protected targets of these names."""
    return tuple(Target(name, "protected") for name in names)


@frozen(kw_only=True)
class Finds(BaseAlert):
    """Give one signal about all access that is left behind."""

    id = "finds"
    definition = "finds what the test says"

    signal: Alert

    def find(self, left, view):
        """Give the signal."""
        return self.signal


def finds(label="finds", **signal):
    """Build an alert that finds access at once; it names nobody unless told."""
    return Finds(label=label, signal=Alert(**signal))
