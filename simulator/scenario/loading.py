"""A scenario file -> a `Scenario`, or every problem in it at once, in line order."""

import os
from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from simulator.clock import Clock
from simulator.errors import Problem, ScenarioError
from simulator.scenario.examining import Body, Examined, examine
from simulator.scenario.mistakes import Complaint, Path, shown, spelled
from simulator.scenario.provenance import provenance
from simulator.scenario.reading import read_text
from simulator.scenario.scenario import Provenance, Scenario, Timeline
from simulator.scenario.shapes import Shelves
from simulator.scenario.structuring import Structurer
from simulator.scenario.variants import (
    Tried,
    clashes,
    options_of,
    tried,
    with_changes,
)
from simulator.scenario.yaml_nodes import Document, parse_yaml

__all__ = ["FORMAT", "Shelves", "load", "parse"]

FORMAT = 1
"""Version of the file format: the value of the key ``lastday``."""

PROBLEMS_MAX = 100
"""Problems shown; the rest is only counted."""

WORK_MAX = 200_000
"""Values of a file times its options; what is tried once for each option."""


def load(path: str | os.PathLike[str], shelves: Shelves) -> Scenario:
    """Load a scenario file.

    Args:
        path: The file.
        shelves: The controls and alerts that it may name.

    Raises:
        ScenarioError: With every problem found, in line order.
    """
    return parse(read_text(path), os.fspath(path), shelves)


def parse(text: str, name: str, shelves: Shelves) -> Scenario:
    """Load a scenario from text; ``name`` stands for the file in problems.

    Raises:
        ScenarioError: With every problem found, in line order.
    """
    document = parse_yaml(text, name)
    if not isinstance(document.data, Mapping):
        what = f"not a scenario ({shown(document.data)})"
        wrong = Complaint((), what, f"accepted: a mapping with 'lastday: {FORMAT}'")
        raise ScenarioError(_problems([wrong], document))
    body: Body = {k: v for k, v in document.data.items() if k != "lastday"}
    read = Structurer(shelves)
    read.clock = _clock(body, read)
    plain = examine(body, read)
    options, refused = _options(body, plain, read, document)
    complaints = [*_version(document.data), *plain.complaints, *refused]
    for option in options:
        complaints += option.complaints
    if not complaints:
        complaints += clashes(body, options, read)
    if complaints or document.problems or plain.scenario is None:
        raise ScenarioError(_problems(complaints, document))
    changes = {(option.axis, option.option): option.changes for option in options}
    return evolve(
        with_changes(plain.scenario, changes),
        provenance=_provenance(plain, options, document),
    )


def _version(data: Mapping[str, object]) -> Iterator[Complaint]:
    accepted = f"accepted: 'lastday: {FORMAT}', the version of the format"
    if "lastday" not in data:
        yield Complaint((), "missing key 'lastday'", accepted)
    elif data["lastday"] is True or data["lastday"] != FORMAT:
        what = f"unknown version of the format ({shown(data['lastday'])})"
        yield Complaint(("lastday",), what, accepted)


def _clock(body: Body, read: Structurer) -> Clock | None:
    timeline, _ = read.structure(body.get("clock"), Timeline)
    if timeline is None:
        return None
    return Clock.from_text(timeline.start, timeline.zone)


def _options(
    body: Body, plain: Examined, read: Structurer, document: Document
) -> tuple[tuple[Tried, ...], tuple[Complaint, ...]]:
    """Try the options, unless there are too many for a file of this size."""
    count = sum(1 for _ in options_of(body))
    if count * len(document.values) > WORK_MAX:
        what = f"too many options for a file of this size ({count})"
        accepted = f"accepted: up to {WORK_MAX // len(document.values)}"
        return (), (Complaint(("axes",), what, accepted, "key"),)
    if len(plain.complaints) > PROBLEMS_MAX:
        return (), ()
    return tuple(tried(body, plain, read)), ()


def _problems(complaints: Iterable[Complaint], document: Document) -> list[Problem]:
    placed = sorted(
        ((document.place(found.path, found.at), found) for found in complaints),
        key=lambda pair: (pair[0].line, pair[0].column),
    )
    shown_ones = placed[:PROBLEMS_MAX]
    problems = dict.fromkeys(document.problems[:PROBLEMS_MAX])
    for at, found in shown_ones:
        accepted = (
            found.accepted if isinstance(found.accepted, str) else found.accepted()
        )
        path, what = spelled(found.path), found.what
        problem = Problem(document.name, at.line, at.column, path, what, accepted)
        problems[problem] = None
    left = len(placed) - len(shown_ones)
    if left:
        at = placed[PROBLEMS_MAX][0]
        what = f"and at least {left} more problems from here on"
        problems[Problem(document.name, at.line, at.column, "", what)] = None
    return list(problems)


def _provenance(
    plain: Examined, options: Iterable[Tried], document: Document
) -> tuple[Provenance, ...]:
    """Gather the sources of all quantities, in the order of the file."""
    found: list[tuple[Path, Provenance]] = list(provenance(plain.leaves, document))
    for option in options:
        for patch in option.patches:
            found += provenance(option.leaves, document, patch.written, patch.target)
    places = {path: document.place(path) for path, _ in found}
    found.sort(key=lambda pair: (places[pair[0]].line, places[pair[0]].column))
    return tuple(source for _, source in found)
