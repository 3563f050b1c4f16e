"""The scenario: an organisation, a misuse, a horizon, and what is known of the day.

scenario    = clock + organisation + targets + misuse + tolerances + expectations
expectation = a metric, the documented value with its source, calibrated or predicted
axis        = an open question; each option is a set of changes to the file
variant     = one option on every axis
"""

from collections.abc import Mapping
from itertools import product
from typing import Literal, NewType

from attrs import Factory, evolve, frozen
from attrs import field as plain_field

from simulator.clock import Clock, Seconds
from simulator.scenario.fields import field
from simulator.scenario.misuse import Misuse, Target
from simulator.scenario.organisation import Organisation, Posture
from simulator.scenario.paths import replaced

Measure = NewType("Measure", int)
"""A documented value: a count, or a span in whole seconds."""

Metric = Literal[
    "outage",
    "targets-touched",
    "time-to-notice",
    "time-to-detect",
    "time-to-contain",
    "time-to-restore",
    "time-to-attribute",
    "derived-state-tail",
    "statement-lag",
    "people-able",
    "act-span",
    "separation-to-act",
    "residual-access",
    "data-loss",
]


COUNTS = ("targets-touched", "people-able")
"""The metrics that count; all others are spans of time."""


@frozen
class Timeline:
    """The scenario's clock, before it is a `Clock`: all times count from its start."""

    start: str = field("local date and time at which the simulation starts")
    zone: str = field("time zone in which the story is told")
    horizon: Seconds = field("how long it is simulated; half-open", ge=1)


@frozen
class Tolerances:
    """What counts as good enough when a run is judged."""

    tolerable_outage: Seconds = field("an outage up to this long is only limited harm")
    caught_within: Seconds = field(
        "a signal from inside confirmed this soon after the effect is a catch"
    )


@frozen
class Expectation:
    """A documented fact that a replay is held against."""

    id: str = field("name of the target")
    metric: Metric = field("the metric of the outcome it speaks of")
    basis: Literal["calibrated", "predicted"] = field(
        "whether a parameter was set to meet it"
    )
    of: str = field(
        "the target, statement, action or person meant, where there are several",
        default="",
    )
    exactly: Measure | None = field("the documented value", default=None)
    at_least: Measure | None = field("lower end of the documented range", default=None)
    at_most: Measure | None = field("upper end of the documented range", default=None)


@frozen
class Option:
    """One answer to an open question: changes to the file."""

    id: str = field("name of the option")
    says: str = field("the answer in one sentence, with who says so")
    set: Mapping[str, object] = field(
        "dotted path of a field -> its value in this variant", default=Factory(dict)
    )
    changes: tuple[tuple[tuple[str, ...], object], ...] = plain_field(default=())


@frozen
class Axis:
    """An open question about the incident, none of whose options is told as truth.

    ``apart`` reports every option on its own; ``swept`` spreads the replications
    evenly over the options; ``on-request`` uses the first one unless asked.
    """

    id: str = field("name of the question")
    question: str = field("the question")
    show: Literal["apart", "swept", "on-request"] = field("how a run treats it")
    options: tuple[Option, ...] = field("the answers", keyed=True)

    def option(self, name: str) -> Option:
        """Return the option of that name; KeyError if there is none."""
        return {option.id: option for option in self.options}[name]


@frozen
class Provenance:
    """Where one number of a scenario comes from; tag A is an assumption.

    ``between`` is the range the file declares for it, as written; None if none.
    """

    path: str
    value: str
    tag: Literal["D", "R", "A"]
    source: str
    between: tuple[str, str] | None = None


@frozen
class Scenario:
    """Everything one run needs. Frozen; change it with `attrs.evolve` or a variant."""

    title: str = field("one line")
    question: str = field("what the scenario asks")
    clock: Timeline = field("start, zone and horizon")
    organisation: Organisation = field("the platform on that day")
    tolerances: Tolerances = field("what counts as good enough")
    targets: tuple[Target, ...] = field("named targets", default=(), keyed=True)
    misuse: Misuse | None = field("what goes wrong; honest work if none", default=None)
    incident: str = field("slug in the incident sheet", default="")
    candidates: Posture = field(
        "settings to try in place of the defaults, or beside them under a label",
        default=Posture(),
    )
    expect: tuple[Expectation, ...] = field("replay targets", default=(), keyed=True)
    axes: tuple[Axis, ...] = field("open questions", default=(), keyed=True)

    chosen: tuple[tuple[str, str], ...] = plain_field(default=())
    provenance: tuple[Provenance, ...] = plain_field(default=(), eq=False, repr=False)

    @property
    def wall(self) -> Clock:
        """The clock that turns seconds of the run into local time."""
        return Clock.from_text(self.clock.start, self.clock.zone)

    def choices(self, *, show: str) -> tuple[tuple[tuple[str, str], ...], ...]:
        """All combinations of options over the axes shown in one way.

        Returns:
            Tuples of (axis, option) pairs; one empty tuple where there is no such axis.
        """
        axes = [axis for axis in self.axes if axis.show == show]
        return tuple(
            product(*([(axis.id, o.id) for o in axis.options] for axis in axes))
        )

    def variant(self, *choices: tuple[str, str]) -> "Scenario":
        """Return the scenario with some options taken; the first elsewhere.

        Raises:
            KeyError: for an axis or option the scenario does not have.
        """
        asked = dict(choices)
        chosen = self
        taken = []
        for axis in self.axes:
            option = axis.option(asked.pop(axis.id, axis.options[0].id))
            taken.append((axis.id, option.id))
            for path, value in option.changes:
                chosen = replaced(chosen, path, value)
        if asked:
            raise KeyError(next(iter(asked)))
        return evolve(chosen, chosen=tuple(taken))
