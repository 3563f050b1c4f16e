"""Why one more candidate made a day go wrong, told from the records of both runs.

Both runs are of one seed, so that what differs between them follows from the candidate.
What is compared is measured in both: which try of the misuse took effect and when, how
long the true alarm waited and behind how many, what an analyst made of it, and whose
access the response ended. What differs most to the point is told first.
"""

from collections.abc import Iterator

from attrs import frozen

from simulator.clock import MINUTE, format_duration
from simulator.outcome import Outcome, measure
from simulator.scenario.scenario import Scenario
from simulator.trail import (
    Alerted,
    Contained,
    Executed,
    Refused,
    Requested,
    Trail,
    Triaged,
    Truth,
)
from simulator.world import Stage, prepare

TOLD = 3
"""Differences that are told."""


@frozen
class Try:
    """One try of the misuse: who asked for it, when, and what came of it."""

    request: Requested
    truth: Truth
    end: Executed | Refused | None

    @property
    def place(self) -> tuple[int, int, int]:
        """Which try of the plan it is: step, turn and attempt."""
        return self.truth.step, self.truth.turn, self.truth.attempt

    @property
    def what(self) -> str:
        """The try in words."""
        asked = self.request
        through = f" through {asked.credential}" if asked.credential else ""
        return f"{asked.action} of {asked.target} by {asked.staff}{through}"


@frozen
class Signal:
    """A true alarm from inside, its triage, and the alarms dealt with before it.

    Attributes:
        alarm: The alarm.
        triaged: Its triage; None if nobody came to it.
        team: The team of the analyst; "" if nobody came to it.
        ahead: Labels of the alarms that team dealt with while it waited.
    """

    alarm: Alerted
    triaged: Triaged | None
    team: str
    ahead: tuple[str, ...]


@frozen
class Case:
    """One run, with what is compared."""

    stage: Stage
    outcome: Outcome
    tries: tuple[Try, ...]
    signals: tuple[Signal, ...]
    wrongly: tuple[tuple[Contained, str], ...]
    triage_team: str

    @property
    def effect(self) -> Try | None:
        """The first try that took effect."""
        done = [one for one in self.tries if isinstance(one.end, Executed)]
        return min(done, key=lambda one: one.end.at if one.end else 0, default=None)

    def named(self, one: Try) -> str:
        """Name a try, with its number where there are several."""
        number = 1 + self.tries.index(one)
        return f"try {number} ({one.what})" if len(self.tries) > 1 else one.what

    def is_watched(self, at: int) -> bool:
        """Say whether anybody of the triage team is on shift at an instant."""
        team = self.stage.teams[self.triage_team]
        return any(member.shift_at(at) for member in team)

    def signal(self, label: str) -> Signal | None:
        """Return the first true alarm of a label."""
        return next((s for s in self.signals if s.alarm.label == label), None)


def mechanism(scenario: Scenario, adding: str, before: Trail, after: Trail) -> str:
    """Say in one or two sentences what a candidate changed in a run.

    Args:
        scenario: The scenario of both runs.
        adding: The candidate that only the second run has.
        before: The run without it.
        after: The run with it, on the same seed.
    """
    stage = prepare(scenario)
    without, having = (_case(scenario, stage, trail) for trail in (before, after))
    facts = [
        *_of_the_course(adding, without, having),
        *_of_the_alarm(adding, without, having),
        *_of_containment(without, having),
        *_of_times(without, having),
    ][:TOLD]
    head = f"{without.outcome.verdict} became {having.outcome.verdict}".capitalize()
    first, *rest = facts or ["no single difference stands out"]
    more = "; ".join(rest)
    return f"{head}: {first}." + (f" {more[0].upper()}{more[1:]}." if more else "")


def _case(scenario: Scenario, stage: Stage, trail: Trail) -> Case:
    truths = {t.request: t for t in trail.of(Truth) if t.purpose == "misuse"}
    ends: dict[str, Executed | Refused] = {r.request: r for r in trail.of(Refused)}
    ends |= {done.request: done for done in trail.of(Executed)}
    alarms = {alarm.alarm: alarm for alarm in trail.of(Alerted)}
    return Case(
        stage=stage,
        outcome=measure(trail, scenario),
        tries=tuple(
            Try(asked, truths[asked.request], ends.get(asked.request))
            for asked in trail.of(Requested)
            if asked.request in truths
        ),
        signals=tuple(
            _signal(alarm, alarms, trail, stage)
            for alarm in alarms.values()
            if alarm.about in truths and alarm.origin == "inside"
        ),
        wrongly=tuple(
            (contained, alarms[contained.alarm].label)
            for contained in trail.of(Contained)
            if contained.alarm in alarms
            and contained.staff not in _doers(trail, truths)
        ),
        triage_team=scenario.organisation.response.triage_team,
    )


def _doers(trail: Trail, truths: dict[str, Truth]) -> set[str]:
    """Return those who acted in the misuse, and those whose access it was done with."""
    asked = (r.staff for r in trail.of(Requested) if r.request in truths)
    return {*asked, *(truth.actor for truth in truths.values())}


def _signal(
    alarm: Alerted, alarms: dict[str, Alerted], trail: Trail, stage: Stage
) -> Signal:
    every = trail.of(Triaged)
    mine = next((t for t in every if t.alarm == alarm.alarm), None)
    team = stage.members[mine.analyst].team if mine else ""
    until = mine.began if mine else stage.horizon
    ahead = (
        alarms[other.alarm].label
        for other in every
        if other.alarm != alarm.alarm
        and other.began < until
        and other.at > alarm.at
        and (not team or stage.members[other.analyst].team == team)
    )
    return Signal(alarm, mine, team, tuple(ahead))


def _of_the_course(adding: str, without: Case, having: Case) -> Iterator[str]:
    """Tell of another way, another time, or another end of the misuse."""
    was, now = without.effect, having.effect
    if now is None or now.end is None:
        return
    at, wall = now.end.at, having.stage.wall
    told = f"{having.named(now)} took effect at {wall.brief(at)}, where without "
    if was is not None and was.end is not None:
        if (was.place, was.end.at) == (now.place, at):
            return
        told += f"{adding} {without.named(was)} did at {wall.brief(was.end.at)}"
    else:
        told += f"{adding} {_how_it_ended(without)}"
    if not having.is_watched(at):
        told += f"; nobody of {having.triage_team} was on shift then"
    yield from _turned_away(adding, having, now)
    yield told


def _how_it_ended(case: Case) -> str:
    refused = [one for one in case.tries if isinstance(one.end, Refused)]
    if not refused:
        return "no try took effect"
    last = refused[-1]
    end = last.end
    assert isinstance(end, Refused)
    by = " + ".join(end.by) or end.why
    return f"the last of {len(case.tries)} tries was refused by {by}"


def _turned_away(adding: str, case: Case, effect: Try) -> Iterator[str]:
    """Tell that the candidate refused another try."""
    for one in case.tries:
        end = one.end
        if isinstance(end, Refused) and adding in end.by and one is not effect:
            at = case.stage.wall.brief(end.at)
            yield f"{case.named(one)} was refused by {adding} at {at}"
            return


def _of_the_alarm(adding: str, without: Case, having: Case) -> Iterator[str]:
    """Tell what became of the alarm that was confirmed first without the candidate."""
    confirmed = [s for s in without.signals if s.triaged and s.triaged.confirmed]
    if not confirmed:
        return
    first = min(confirmed, key=lambda s: s.triaged.at if s.triaged else 0)
    label = first.alarm.label
    now = having.signal(label)
    if now is None:
        yield f"{label}, which was confirmed without {adding}, gave no signal"
        return
    if now.triaged is None:
        yield (
            f"nobody had turned to the true alarm of {label} at the end, "
            f"{_behind(now, adding)}"
        )
        return
    wait, waited = _wait(now), _wait(first)
    if abs(wait - waited) >= MINUTE or len(now.ahead) != len(first.ahead):
        yield (
            f"the true alarm of {label} waited {format_duration(wait)} "
            f"{_behind(now, adding)} in the queue of {now.team}, instead of "
            f"{format_duration(waited)} {_behind(first, '')}"
        )
    if not now.triaged.confirmed:
        yield f"an analyst took the true alarm of {label} for a false one"


def _wait(signal: Signal) -> int:
    return signal.triaged.began - signal.alarm.at if signal.triaged else 0


def _behind(signal: Signal, adding: str) -> str:
    """Say behind how many alarms one waited, and how many of them are the adding's."""
    count = len(signal.ahead)
    if not count:
        return "behind no other"
    mine = signal.ahead.count(adding)
    part = f" ({'all' if mine == count else mine} of {adding})" if mine else ""
    return f"behind {count} other{'s' if count > 1 else ''}{part}"


def _of_containment(without: Case, having: Case) -> Iterator[str]:
    """Tell whose access was ended over a false alarm, where it was not before."""
    known = {contained.staff for contained, _ in without.wrongly}
    fresh = [pair for pair in having.wrongly if pair[0].staff not in known]
    if fresh:
        contained, label = fresh[0]
        at = having.stage.wall.brief(contained.at)
        others = len({pair[0].staff for pair in fresh}) - 1
        more = f" and of {others} more" if others else ""
        part = "who had no part in it"
        yield (
            f"the response ended the access of {contained.staff}{more}, {part}, "
            f"at {at} over an alarm of {label}"
        )


def _of_times(without: Case, having: Case) -> Iterator[str]:
    """Tell how much later it was confirmed, and how much longer a target was out."""
    was, now = without.outcome, having.outcome
    signal = "a signal from inside was confirmed", "no signal from inside was confirmed"
    back = "everything was back", "not everything was back before the end"
    for (ever, never), name in ((signal, "detect_s"), (back, "restore_s")):
        before, after = getattr(was.times, name), getattr(now.times, name)
        if before is None or before == after:
            continue
        instead = f"instead of {format_duration(before)}"
        if after is None:
            yield f"{never}, {instead} after the effect"
        else:
            yield f"{ever} {format_duration(after)} after the effect {instead}"
    if now.harm.touched > was.harm.touched:
        yield f"{now.harm.touched} targets were touched instead of {was.harm.touched}"
