"""When somebody would begin a misuse, worked out from the nouns alone.

A run rosters everybody and finds the same moments. Here only the shifts are looked up
that a moment is counted from, so that a binding can ask before there is a run.
"""

from collections.abc import Iterator, Mapping

from simulator.clock import DAY, Seconds, Span, format_duration, shift_spans
from simulator.scenario.misuse import Misuse, Requirement, When
from simulator.scenario.organisation import ShiftPattern
from simulator.scenario.people import Somebody, Workforce
from simulator.scenario.scenario import Scenario

_A_SHIFT = 9 * DAY
"""A time in which every weekly pattern begins a shift, whatever the clocks do."""


def in_time(
    scenario: Scenario, misuse: Misuse, tiers: Mapping[str, str], until: int
) -> Iterator[tuple[Somebody, int]]:
    """Yield who could do a misuse, each with the moment, from the start to an instant.

    Args:
        scenario: Where it would be done.
        misuse: The misuse.
        tiers: The tier there of each target of the misuse.
        until: The instant, in seconds; the moment must lie before it.
    """
    force = Workforce.of(scenario.organisation)
    for one in force.qualified(misuse, "actor", tiers):
        at = _moment(scenario, one, misuse.when)
        if at is not None and 0 <= at < until:
            yield one, at


def _moment(scenario: Scenario, one: Somebody, when: When) -> int | None:
    if when.anchor not in ("shift-start", "shift-end"):
        return when.moment(one.leaving, ())
    if one.leaving is None:
        return when.moment(None, _shifts(scenario, one, 0, _A_SHIFT))
    end = one.leaving.separation
    shifts = _shifts(scenario, one, max(end - _A_SHIFT, 0), max(end, 1))
    last = [Span(s.start, min(s.end, end)) for s in shifts if s.start < end]
    return when.moment(one.leaving, last)


def is_leaving(when: When, one: Somebody) -> bool:
    """Say whether it is one who leaves that begins at a moment.

    An anchor is one of the departure, or of the last shift before it. At an instant one
    leaves only if the departure is decided by then.
    """
    if one.leaving is None:
        return False
    return when.at is None or when.at >= one.leaving.notice


def relative(
    incident: Scenario, misuse: Misuse, place: Scenario, who: Requirement
) -> When:
    """Count the instant of a misuse from an anchor that people elsewhere have too.

    Args:
        incident: The scenario of the misuse.
        misuse: The misuse; a moment with an anchor stays as it is.
        place: The scenario to which it is carried over.
        who: What is asked for there.

    Returns:
        For one who must be leaving, the time from the nearest separation of those who
        do it in the incident; else the time into their shift, within the shifts of all
        who are asked for.
    """
    if misuse.when.at is None:
        return misuse.when
    at = misuse.when.at
    tiers = {target.id: target.tier for target in incident.targets}
    force = Workforce.of(incident.organisation)
    doers = force.qualified(misuse, "actor", tiers)
    if who.leaving:
        ends = (one.leaving.separation for one in doers if one.leaving is not None)
        after = at - min(ends, key=lambda end: abs(at - end), default=at)
        before, after = max(-after, 0), max(after, 0)
        return When(anchor="separation", before=Seconds(before), after=Seconds(after))
    people = Workforce.of(place.organisation).people
    lengths = (_length(place, one) for one in people if who.fits(one))
    into = min((_into_shift(incident, doers, at), *(length - 1 for length in lengths)))
    return When(anchor="shift-start", after=Seconds(into))


def described(when: When) -> str:
    """Say a moment that is counted from an anchor."""
    side, span = ("before", when.before) if when.before else ("after", when.after)
    anchor = f"the {when.anchor}".replace("-", " ")
    return f"{format_duration(span)} {side} {anchor}" if span else f"at {anchor}"


def _into_shift(scenario: Scenario, doers: tuple[Somebody, ...], at: int) -> int:
    """Return how far into a shift an instant lies; at its end if it lies after all."""
    begun = (
        shift
        for one in doers
        for shift in _shifts(scenario, one, at - _A_SHIFT, at + 1)
        if shift.start <= at
    )
    nearest = max(
        begun, key=lambda s: (s.covers(at), s.start), default=Span(at, at + 1)
    )
    return min(at - nearest.start, nearest.length - 1)


def _shifts(
    scenario: Scenario, one: Somebody, since: int, until: int
) -> tuple[Span, ...]:
    pattern = _pattern(scenario, one)
    return shift_spans(
        scenario.wall,
        days=pattern.days,
        start_of_day=pattern.starts,
        end_of_day=pattern.ends,
        zone=pattern.zone or None,
        since=since,
        until=until,
    )


def _length(scenario: Scenario, one: Somebody) -> int:
    """Return how long somebody's shifts are on paper."""
    pattern = _pattern(scenario, one)
    return (pattern.ends - pattern.starts) % DAY or DAY


def _pattern(scenario: Scenario, one: Somebody) -> ShiftPattern:
    patterns = {pattern.id: pattern for pattern in scenario.organisation.shifts}
    return patterns[one.shift]
