"""How the answers of a comparison are kept: as text to go on with, and as flat rows.

The text of a replication is JSON without names: each value is the list of its fields in
their order. What wrote it is the version that reads it, for a folder of results is of
one version. A flat row is one row of the findings in one replication.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin

import attrs
from attrs import frozen

from simulator.experiment.arms import IN_FORCE, Candidate
from simulator.experiment.kept import key_of
from simulator.experiment.parts import Columns, Kind
from simulator.experiment.plan import Choices, Plan, Question, replication_seed
from simulator.experiment.replicate import Answer, Played
from simulator.experiment.results import Provenance
from simulator.outcome import Outcome
from simulator.outcome.outcome import Friction, Harm, Times
from simulator.scenario.scenario import Scenario

_KINDS: Mapping[Any, Kind] = {
    int: "integer",
    int | None: "integer",
    float: "number",
    bool: "flag",
}
_ROW: Columns = (
    ("replication", "integer"),
    ("seed", "integer"),
    ("reading", "integer"),
    ("options", "text"),
    ("label", "text"),
    ("shelf", "text"),
    ("in_force", "flag"),
    ("fired", "flag"),
    ("reran", "flag"),
    ("possible", "flag"),
    ("verdict", "text"),
    ("by", "text"),
)


def _measured(kind: type[attrs.AttrsInstance]) -> Columns:
    """Return the metrics of one kind that fit in a column, with their own names."""
    return tuple(
        (f.name, _KINDS[f.type]) for f in attrs.fields(kind) if f.type in _KINDS
    )


HARM, TIMES, FRICTION = map(_measured, (Harm, Times, Friction))
"""The columns of the metrics of an outcome."""


@frozen
class AnswerCodec:
    """Writes what the replications of a plan say, and reads it back."""

    plan: Plan

    @property
    def design(self) -> str:
        """The name of the kind of experiment."""
        return "alone"

    @property
    def columns(self) -> Columns:
        """The columns of its rows; times are in whole seconds."""
        return (*_ROW, *HARM, *TIMES, *FRICTION)

    def encode(self, result: tuple[Answer, ...]) -> str:
        """Write the answers of one replication as compact JSON."""
        return json.dumps(plain(result), ensure_ascii=False, separators=(",", ":"))

    def decode(self, text: str) -> tuple[Answer, ...]:
        """Read back what `encode` wrote."""
        answers: tuple[Answer, ...] = reader_of(tuple[Answer, ...])(json.loads(text))
        return answers

    def rows(
        self, number: int, result: tuple[Answer, ...]
    ) -> Iterator[Mapping[str, Any]]:
        """Yield a row for what was in force and for each candidate, in each reading.

        A candidate that was not played has the outcome of what was in force.
        """
        seed = replication_seed(self.plan.seed, number)
        for reading, (question, answer) in enumerate(
            zip(self.plan.questions, result, strict=True)
        ):
            swept = question.swept[number % len(question.variants)]
            head = {
                "replication": number,
                "seed": seed,
                "reading": reading,
                "options": options_text(question.chosen + swept),
            }
            measured = metrics_of(answer.in_force)
            for candidate, played in _paired(question, answer):
                outcome = played.outcome
                yield {
                    **head,
                    "label": candidate.label,
                    "shelf": candidate.shelf,
                    "in_force": candidate.in_force,
                    "fired": played.fired,
                    "reran": outcome is not None,
                    **(measured if outcome is None else metrics_of(outcome)),
                }


def comparison_provenance(
    scenario: Scenario, plan: Plan, replications: int
) -> Provenance:
    """Return what a comparison is, so that it is known again."""
    codec = AnswerCodec(plan)
    return Provenance(
        design=codec.design,
        columns=codec.columns,
        title=scenario.title,
        scenario=key_of(scenario),
        seed=plan.seed,
        candidates={
            label: parameters
            for question in plan.questions
            for label, parameters in _candidates(question)
        },
        options={
            f"reading {n}": options_text(question.chosen)
            for n, question in enumerate(plan.questions)
        },
        replications=replications,
    )


def options_text(options: Choices) -> str:
    """Return options as one text: "axis=option; axis=option"."""
    return "; ".join(f"{axis}={option}" for axis, option in options)


def plain(value: Any) -> Any:
    """Return a frozen value as lists of what JSON knows."""
    if attrs.has(type(value)):
        return [plain(getattr(value, f.name)) for f in attrs.fields(type(value))]
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


@cache
def reader_of(kind: Any) -> Callable[[Any], Any]:
    """Return what makes a value of a type again from what `plain` made of it."""
    held, origin = get_args(kind), get_origin(kind)
    if attrs.has(kind):
        fields = [reader_of(field.type) for field in attrs.fields(kind)]
        return lambda values: kind(
            *(read(value) for read, value in zip(fields, values, strict=True))
        )
    if origin is tuple and held[-1] is ...:
        each = reader_of(held[0])
        return lambda values: tuple(map(each, values))
    if origin is tuple:
        parts = [reader_of(part) for part in held]
        return lambda values: tuple(
            read(value) for read, value in zip(parts, values, strict=True)
        )
    if origin is UnionType:
        some = reader_of(held[0])
        return lambda value: None if value is None else some(value)
    return lambda value: value


def _paired(question: Question, answer: Answer) -> Iterator[tuple[Candidate, Played]]:
    """Yield each row with how it was played, beginning with what was in force."""
    rows = tuple(zip(question.rows, answer.rows, strict=True))
    fired = any(played.fired for row, played in rows if row.in_force)
    yield IN_FORCE, Played(None, fired, why="")
    yield from rows


def metrics_of(outcome: Outcome) -> dict[str, Any]:
    """Return the part of a row that an outcome fills."""
    told: dict[str, Any] = {
        "possible": outcome.possible,
        "verdict": outcome.verdict,
        "by": outcome.by,
    }
    for part, columns in (
        (outcome.harm, HARM),
        (outcome.times, TIMES),
        (outcome.friction, FRICTION),
    ):
        told.update((name, getattr(part, name)) for name, _ in columns)
    return told


def _candidates(question: Question) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the label and all parameters of what can be switched on or off."""
    every = question.candidates.plus(question.variants[0].organisation.posture)
    for entry in (*every.controls, *every.alerts):
        kind = type(entry)
        if attrs.has(kind):
            names = [field.name for field in attrs.fields(kind)]
        else:
            names = sorted(getattr(entry, "__dict__", ()))
        told = {name: repr(getattr(entry, name)) for name in names}
        yield entry.label, {"entry": kind.__qualname__, **told}
