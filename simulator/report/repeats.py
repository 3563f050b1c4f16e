"""Summing up what a bulk step does over and over: the first in full, the rest counted.

Two records are alike if they say the same of the same try at different times of a step.
What comes out differently, as when a limit begins to bite, is told again.
"""

from collections.abc import Hashable, Iterable

from attrs import define

from simulator.outcome.repeats import original, turn
from simulator.report.scene import Scene
from simulator.report.words import span
from simulator.trail import (
    Eased,
    Executed,
    Passed,
    Record,
    Recovered,
    Refused,
    Requested,
    Restored,
)


@define
class Summed:
    """A record that is told, and how many like it followed until when."""

    record: Record
    until: int
    more: int = 0

    @property
    def words(self) -> str:
        """Say how many followed; "" if none did."""
        if not self.more:
            return ""
        took = self.until - self.record.at
        when = f"in the next {span(took)}" if took else "in the same second"
        return f" And {self.more:,} more {when}."


def summed_up(records: Iterable[Record], scene: Scene) -> list[Summed]:
    """Leave out what repeats an earlier record of a bulk step, and count it there."""
    told: list[Summed] = []
    known: dict[Hashable, Summed] = {}
    for record in records:
        sort = _sort(record, scene)
        if sort is not None and turn(_name(record)) and sort in known:
            known[sort].more += 1
            known[sort].until = record.at
            continue
        told.append(Summed(record, record.at))
        if sort is not None:
            known[sort] = told[-1]
    return told


def _name(record: Record) -> str:
    """Return the name, of a request or a target, that says which time it is."""
    match record:
        case Restored():
            return record.undoes
        case Eased() | Recovered():
            return record.target
        case _:
            return str(getattr(record, "request", ""))


def _sort(record: Record, scene: Scene) -> Hashable | None:
    """Return what records that are alike share; None for what is never summed up."""
    detail = _detail(record, scene)
    if detail is None:
        return None
    about = record.target if isinstance(record, Restored) else _name(record)
    return (type(record), original(about), detail)


def _detail(record: Record, scene: Scene) -> Hashable | None:
    match record:
        case Requested() if record.request in scene.truths:
            spoke = [
                (who, answer.words)
                for who, answer in record.answers
                if who in scene.opened.active
            ]
            return (*spoke, (record.request, record.at) in scene.barred)
        case Refused() if record.request in scene.truths:
            return record.why, record.by
        case Passed() if record.request in scene.truths:
            return record.what, record.looked
        case Eased():
            return record.share
        case Executed() if record.request in scene.truths:
            return ""
        case Restored() | Recovered():
            return ""
        case _:
            return None
