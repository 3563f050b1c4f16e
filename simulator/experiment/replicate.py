"""One replication: what was in force, then every candidate that could change anything.

What was in force is played once, with every candidate asked and none obeyed. That run
tells who would have said anything at all. Only for those is the same day played again,
on the same seed; for all others the outcome is the one already known (law 6: who only
ever allows changes nothing). With dozens of candidates this saves most of the work.
"""

from attrs import frozen

from simulator.experiment.arms import Candidate, arm_of, only
from simulator.experiment.engine import Engine, same_work
from simulator.experiment.plan import Plan, Question, replication_seed
from simulator.outcome import Outcome, decisive, measure
from simulator.scenario.organisation import Posture
from simulator.scenario.scenario import Scenario
from simulator.trail import (
    AccessEnded,
    Alerted,
    Executed,
    Requested,
    Restored,
    Trail,
    WouldAlert,
    WouldEnd,
)


@frozen
class Played:
    """One row in one replication.

    Attributes:
        outcome: Its outcome; None where it is that of what was in force.
        fired: Whether the candidate answered, signalled, ended access, kept
            reversible what was done, or sped up what was brought back.
        why: The candidate's decisive sentence about the misuse; "" if it had none.
    """

    outcome: Outcome | None
    fired: bool
    why: str


@frozen
class Answer:
    """What one replication says to one question: what was in force, then each row."""

    in_force: Outcome
    rows: tuple[Played, ...]


@frozen
class Heard:
    """Who made themselves heard in a run, and what took effect or was undone in it."""

    labels: frozenset[str]
    actions: frozenset[str]
    restored: bool


@frozen
class Replication:
    """A plan ready to be played, one replication after the other, in any process."""

    plan: Plan
    engine: Engine

    def __call__(self, number: int) -> tuple[Answer, ...]:
        """Play one replication; one answer to each question."""
        seed = replication_seed(self.plan.seed, number)
        days: list[tuple[Scenario, object]] = []
        answers = []
        for question in self.plan.questions:
            variant = question.variants[number % len(question.variants)]
            day = next((day for known, day in days if same_work(known, variant)), None)
            if day is None:
                day = self.engine.draw_day(variant, seed)
                days.append((variant, day))
            answers.append(_Replay(self.engine, question, variant, seed, day).answer())
        return tuple(answers)


@frozen
class _Replay:
    """One day that is played again and again, each time with one thing changed."""

    engine: Engine
    question: Question
    variant: Scenario
    seed: int
    day: object

    def answer(self) -> Answer:
        in_force = self.variant.organisation.posture
        trail = self._play(in_force, shadow=self.question.candidates)
        heard, said = hear(trail), said_by(trail)
        return Answer(
            measure(trail, self.variant),
            tuple(self._row(row, heard, said) for row in self.question.rows),
        )

    def _row(self, row: Candidate, heard: Heard, said: dict[str, str]) -> Played:
        in_force = self.variant.organisation.posture
        shelf = in_force if row.in_force else self.question.candidates
        switched = only(row.label, shelf)
        why = said.get(row.label, "")
        if not could_matter(switched, heard, row):
            return Played(None, False, why)

        trail = self._play(arm_of(row, in_force, self.question.candidates))
        outcome = measure(trail, self.variant)
        # Without it nothing is heard of it: what it did is in the run that had it.
        if row.in_force:
            return Played(outcome, is_heard(switched, heard), why)
        why = said_by(trail).get(row.label, why)
        return Played(outcome, is_heard(switched, hear(trail)), why)

    def _play(self, arm: Posture, shadow: Posture | None = None) -> Trail:
        return self.engine.simulate(
            self.variant, arm, self.seed, shadow=shadow, day=self.day
        )


def could_matter(switched: Posture, heard: Heard, row: Candidate) -> bool:
    """Say whether switching controls or alerts on, or off, could change a run.

    Who was not heard in it can matter in two more ways: by bringing back sooner what
    was done, and, for one in force, by ending access that something else ends too.
    """
    return is_heard(switched, heard) or any(
        (row.in_force and control.exit_orders())
        or (bool(heard.actions) and control.runbook())
        for control in switched.controls
    )


def is_heard(switched: Posture, heard: Heard) -> bool:
    """Say whether any of these was heard, or had a part in undoing what was done."""
    return not heard.labels.isdisjoint(switched.labels) or any(
        (heard.restored and control.runbook())
        or any(control.undo_window_s(action) > 0 for action in heard.actions)
        for control in switched.controls
    )


def hear(trail: Trail) -> Heard:
    """Find who answered, signalled, would have signalled, or ended access."""
    labels: set[str] = set()
    actions: set[str] = set()
    restored = False
    for record in trail.records:
        if isinstance(record, Requested):
            labels.update(label for label, _ in record.answers)
        elif isinstance(record, Executed):
            actions.add(record.action)
        elif isinstance(record, Alerted | WouldAlert | WouldEnd):
            labels.add(record.label)
        elif isinstance(record, AccessEnded):
            labels.add(record.by)
        elif isinstance(record, Restored):
            restored = True
    return Heard(frozenset(labels), frozenset(actions), restored)


def said_by(trail: Trail) -> dict[str, str]:
    """Return each label's decisive sentence about the misuse."""
    return {label: explained.why for label, explained in decisive(trail).items()}
