"""Who would do it, in which shift, and when a last shift ends."""

from simulator.clock import DAY, HOUR, Span, shift_spans
from simulator.exchange.dates import write_day
from simulator.exchange.drafting import Draft
from simulator.exchange.people import Leaver, Team


def main_team(draft: Draft) -> Team:
    """Return the largest team that may use privileged actions, employees first."""
    able = [team for team in draft.crew.teams if team.role in draft.crew.privileged]
    return max(
        able or draft.crew.teams,
        key=lambda team: (team.size > 0, team.employment == "employee", team.size),
    )


def actor_of(draft: Draft) -> Leaver | None:
    """Return the first leaver who may do it, and whose last shift is simulated."""
    for leaver in draft.crew.leavers:
        shift = _shift_before(draft, leaver.team, separation_at(draft, leaver))
        if (
            leaver.team.role in draft.crew.privileged
            and shift is not None
            and HOUR <= shift.end <= draft.answers.horizon
        ):
            return leaver
    return None


def shift_worked(draft: Draft, desk: Team, actor: Leaver | None) -> Span:
    """Return one shift of the desk: the actor's last, or the first simulated."""
    horizon = draft.answers.horizon
    until = horizon if actor is None else separation_at(draft, actor)
    if actor is None:
        spans = [span for span in _spans(draft, desk, 0, until) if span.start >= 0]
        shift = spans[0] if spans else None
    else:
        shift = _shift_before(draft, desk, until)
    if shift is None or shift.end <= 0 or shift.start >= horizon:
        return Span(0, min(8 * HOUR, horizon))
    return Span(max(shift.start, 0), min(shift.end, horizon))


def _shift_before(draft: Draft, team: Team, at: int) -> Span | None:
    """Return the last shift of a team that begins before an instant, cut off there."""
    spans = [span for span in _spans(draft, team, at - 8 * DAY, at) if span.start < at]
    return Span(spans[-1].start, min(spans[-1].end, at)) if spans else None


def _spans(draft: Draft, team: Team, since: int, until: int) -> tuple[Span, ...]:
    pattern = team.shift.pattern
    return shift_spans(
        draft.clock,
        days=pattern.days,
        start_of_day=pattern.starts,
        end_of_day=pattern.ends,
        since=since,
        until=until,
        zone=pattern.zone or None,
    )


def separation_at(draft: Draft, leaver: Leaver) -> int:
    """Return when the last shift ends, in the shift's own zone."""
    pattern = leaver.team.shift.pattern
    zone = pattern.zone or draft.zone
    begins = draft.clock.moment(write_day(leaver.last_day), zone)
    return draft.clock.next_time_of_day(begins, pattern.last_ends, zone)


def written(draft: Draft, at: int) -> str:
    """Write an instant as local time, with its offset only where it needs one."""
    exact = draft.clock.iso(at)
    plain = exact[:16]
    try:
        return plain if draft.clock.moment(plain) == at else exact
    except ValueError:
        return exact
