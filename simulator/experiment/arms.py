"""Which arms an experiment runs: the candidates, each switched on or off alone."""

from collections.abc import Callable, Mapping
from typing import Literal

from attrs import frozen

from simulator.alerts import CATALOGUE as ALERTS
from simulator.controls import CATALOGUE as CONTROLS
from simulator.protocols import AlertRule, Control
from simulator.scenario.organisation import Posture
from simulator.scenario.scenario import Scenario

Shelf = Literal["posture", "control", "alert", "witness"]


@frozen
class Candidate:
    """One control or alert to be judged.

    Attributes:
        label: Its label; "" stands for nothing: what is in force, as it is.
        shelf: Where it comes from; witnesses are alerts from outside.
        in_force: It is in force, so that the question is what happens without it.
    """

    label: str
    shelf: Shelf
    in_force: bool


IN_FORCE = Candidate("", "posture", True)
"""The candidate of the row that shows what was in force."""


@frozen
class Arm:
    """What is switched on to judge a candidate."""

    candidate: Candidate
    posture: Posture


def default_candidates(
    scenario: Scenario,
    controls: Mapping[str, Callable[[], Control]] = CONTROLS,
    alerts: Mapping[str, Callable[[], AlertRule]] = ALERTS,
) -> Posture:
    """Return all that can be tried: the catalogues, with the scenario's settings.

    A setting of the scenario takes the place of the default with the same label, which
    for a default is its id; under another label it stands beside it.
    """
    defaults = Posture(
        tuple(control() for control in controls.values()),
        tuple(alert() for alert in alerts.values()),
    )
    return defaults.plus(scenario.candidates)


def alone(scenario: Scenario, candidates: Posture) -> tuple[Arm, ...]:
    """Return one arm for each candidate: with it, or without it where it is in force.

    What is in force and is no candidate has its arm too. Controls come first, then
    alerts, then witnesses, each sorted by label.
    """
    return tuple(
        Arm(candidate, arm_of(candidate, scenario.organisation.posture, candidates))
        for candidate in judged(scenario.organisation.posture, candidates)
    )


def judged(in_force: Posture, candidates: Posture) -> tuple[Candidate, ...]:
    """Return everything there is to judge, in the order of the rows."""
    every = candidates.plus(in_force)
    found = [
        *(Candidate(c.label, "control", c.label in in_force) for c in every.controls),
        *(Candidate(a.label, _shelf(a), a.label in in_force) for a in every.alerts),
    ]
    order: tuple[Shelf, ...] = ("control", "alert", "witness")
    return tuple(sorted(found, key=lambda c: (order.index(c.shelf), c.label)))


def arm_of(candidate: Candidate, in_force: Posture, candidates: Posture) -> Posture:
    """Return what is switched on to judge a candidate."""
    if candidate.in_force:
        return in_force.minus(candidate.label)
    return in_force.plus(only(candidate.label, candidates))


def only(label: str, posture: Posture) -> Posture:
    """Return the part of a posture that has a label."""
    return Posture(
        tuple(c for c in posture.controls if c.label == label),
        tuple(a for a in posture.alerts if a.label == label),
    )


def _shelf(alert: AlertRule) -> Shelf:
    return "alert" if alert.origin == "inside" else "witness"
