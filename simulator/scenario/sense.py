"""Whether a noun makes sense by itself, beyond the type and bounds of each field."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from math import prod
from typing import Any, TypeAlias

from simulator.clock import DAY, Clock, format_duration, parse_zone
from simulator.scenario.mistakes import Mistake, shown
from simulator.scenario.misuse import Misuse, Step, When
from simulator.scenario.organisation import (
    Backup,
    Credential,
    Desk,
    Entitlement,
    ExitTask,
    Leaving,
    Night,
    Organisation,
    Posture,
    ShiftPattern,
    System,
    TicketKind,
)
from simulator.scenario.quantities import bare
from simulator.scenario.scenario import (
    COUNTS,
    Axis,
    Expectation,
    Scenario,
    Timeline,
)

Raw: TypeAlias = Mapping[str, Any]
Flaws: TypeAlias = Iterator[tuple[str, Mistake]]
"""Pairs of the key concerned, "" for the noun as a whole, and what is wrong."""

SHARES_OFF_MAX = 1e-6
"""How far shares may miss 1 together: three decimals of thirds are refused."""

HORIZON_MAX = 10 * 366 * DAY
"""Longest horizon; above the longest incident known, and it keeps every run finite."""
WINDOW_MAX, TICKETS_MAX, FACTOR_MAX = 400 * DAY, 100_000, 100
"""Longest window of honest work, most tickets expected in it, largest hourly factor."""
READINGS_MAX, SWEPT_MAX = 64, 1_000
"""Most combinations of options: each reading is an experiment of its own."""

ID = re.compile(r"[a-z0-9][a-z0-9-]*")
ID_ACCEPTED = "accepted: lower-case letters, digits and hyphens, such as late-shift"


def flaws(noun: object, raw: Raw) -> Flaws:
    """Yield what does not make sense in a noun whose fields are all right.

    Args:
        noun: The noun.
        raw: The mapping it was read from, where the words of the file matter.
    """
    check = _CHECKS.get(type(noun))
    if check is not None:
        yield from check(noun, raw)


def _timeline(clock: Timeline, _: Raw) -> Flaws:
    if clock.horizon > HORIZON_MAX:
        what = f"horizon too long ({format_duration(clock.horizon)})"
        accepted = f"accepted: up to {format_duration(HORIZON_MAX)}"
        yield "horizon", Mistake(what, accepted)
    try:
        parse_zone(clock.zone)
    except ValueError as error:
        yield "zone", _from(error)
        return
    try:
        Clock.from_text(clock.start, clock.zone)
    except ValueError as error:
        yield "start", _from(error)


def _shift(shift: ShiftPattern, _: Raw) -> Flaws:
    try:
        parse_zone(shift.zone or "UTC")
    except ValueError as error:
        yield "zone", _from(error)


def _leaving(leaving: Leaving, raw: Raw) -> Flaws:
    if leaving.separation < leaving.notice:
        yield (
            "separation",
            Mistake(
                f"separation before notice ({_said(raw, 'separation')})",
                "accepted: the notice or later",
            ),
        )


def _organisation(organisation: Organisation, _: Raw) -> Flaws:
    tiers = organisation.tiers
    if not tiers:
        yield "tiers", Mistake("no tier", "accepted: one or more, lowest first")
    for tier in tiers:
        if not ID.fullmatch(tier):
            yield "tiers", Mistake(f"not an id ({shown(tier)})", ID_ACCEPTED)
    for tier in dict.fromkeys(tier for tier in tiers if tiers.count(tier) > 1):
        yield "tiers", Mistake(f"repeated tier ({shown(tier)})", "write it once")
    if not organisation.populations:
        yield from _untold_tiers(organisation)
    yield from _namesakes(organisation)
    yield from _shared_teams(organisation)
    yield from _key_holders(organisation)
    yield from _circles(organisation)
    yield from _secrets_of_desks(organisation)


def _untold_tiers(organisation: Organisation) -> Flaws:
    for desk in organisation.desks:
        for kind in desk.kinds:
            if kind.action is not None and kind.tier is None:
                what = f"no population, and {shown(kind.id)} of {desk.id} has no tier"
                yield "populations", Mistake(what, "accepted: how many of each tier")


def _namesakes(organisation: Organisation) -> Flaws:
    logins = {credential.id for credential in organisation.credentials}
    sizes = {team.id: team.size for team in organisation.teams}
    for person in organisation.staff:
        team, _, number = person.id.rpartition("-")
        numbered = number.isdecimal() and 0 < int(number) <= sizes.get(team, 0)
        if numbered or person.id in logins:
            what = f"id of somebody else too ({shown(person.id)})"
            accepted = "people of a team are TEAM-1, TEAM-2, so another id"
            yield "staff", Mistake(what, accepted)
    for login in sorted(logins):
        team, _, number = login.rpartition("-")
        if number.isdecimal() and 0 < int(number) <= sizes.get(team, 0):
            what = f"id of somebody else too ({shown(login)})"
            accepted = "people of a team are TEAM-1, TEAM-2, so another id"
            yield "credentials", Mistake(what, accepted)


def _shared_teams(organisation: Organisation) -> Flaws:
    for one, other in combinations(organisation.desks, 2):
        overlap = one.opens < other.closes and other.opens < one.closes
        for team in sorted(set(one.teams) & set(other.teams)) if overlap else ():
            what = f"team at two desks at once ({shown(team)}: {one.id}, {other.id})"
            yield "desks", Mistake(what, "accepted: desks open at different times")


def _circles(organisation: Organisation) -> Flaws:
    """Yield what waits for itself, or can only be reached through itself."""
    graphs: tuple[tuple[str, str, dict[str, tuple[str | None, ...]]], ...] = (
        ("offboarding", "after", {t.id: t.after for t in organisation.offboarding}),
        ("systems", "sign_in", {s.id: (s.sign_in,) for s in organisation.systems}),
        ("systems", "behind", {s.id: (s.behind,) for s in organisation.systems}),
    )
    for key, edge, graph in graphs:
        for start in graph:
            if _comes_back(graph, start):
                what = f"'{edge}' leads back to itself ({shown(start)})"
                yield key, Mistake(what, "accepted: no circles")
                break


def _comes_back(graph: Mapping[str, tuple[str | None, ...]], start: str) -> bool:
    reached: set[str] = set()
    ahead = [name for name in graph[start] if name]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += [following for following in graph.get(name, ()) if following]
    return start in reached


def _secrets_of_desks(organisation: Organisation) -> Flaws:
    kinds = {known.id: known.kind for known in organisation.credentials}
    for desk in organisation.desks:
        if kinds.get(desk.shared_login or "", "shared-secret") != "shared-secret":
            what = f"no shared secret ({shown(desk.shared_login)} of {desk.id})"
            yield "desks", Mistake(what, "accepted: a credential of that kind")


def _credential(credential: Credential, _: Raw) -> Flaws:
    if not credential.systems:
        yield "systems", Mistake("no system", "accepted: one or more")
    if not (credential.teams or credential.staff):
        accepted = "accepted: 'teams' or 'staff' that hold it, or both"
        yield "", Mistake("nobody holds it", accepted, at="key")


def _system(system: System, raw: Raw) -> Flaws:
    if system.refresh_life is not None and system.refresh_life < system.token_life:
        what = f"renewed for less than one token ({_said(raw, 'refresh_life')})"
        yield "refresh_life", Mistake(what, "accepted: the token life or more")


def _key_holders(organisation: Organisation) -> Flaws:
    """Yield more key holders than there are people; one, as by default, may lack."""
    role, needed = organisation.response.restore_role, organisation.response.key_holders
    sizes = {team.id: team.size for team in organisation.teams if team.role == role}
    named = sum(person.team in sizes for person in organisation.staff)
    people = named + sum(sizes.values())
    if needed > max(people, 1):
        what = f"more key holders than people who can restore ({needed} of {people})"
        yield "response", Mistake(what, f"accepted: as many as have the role {role}")


def _posture(posture: Posture, _: Raw) -> Flaws:
    controls = {control.label for control in posture.controls}
    for alert in posture.alerts:
        if alert.label in controls:
            what = f"label of a control too ({shown(alert.label)})"
            yield "alerts", Mistake(what, "accepted: a label of its own")


def _night(night: Night, raw: Raw) -> Flaws:
    if (night.ends - night.starts) % DAY == 0:
        what = f"night ends when it starts ({_said(raw, 'ends')})"
        yield "ends", Mistake(what, "accepted: another time; next day if not later")


def _needs_actions(noun: Backup | Entitlement, _: Raw) -> Flaws:
    if not noun.actions:
        yield "actions", Mistake("no action", "accepted: one or more")


def _exit_task(task: ExitTask, _: Raw) -> Flaws:
    if not task.systems:
        yield "systems", Mistake("no system", "accepted: one or more")
    if not task.employments:
        yield "employments", Mistake("no employment", "accepted: one or more")


def _desk(desk: Desk, raw: Raw) -> Flaws:
    if not desk.teams:
        yield "teams", Mistake("no team", "accepted: one or more")
    if desk.closes <= desk.opens:
        yield (
            "closes",
            Mistake(
                f"closes before it opens ({_said(raw, 'closes')})",
                f"accepted: later than {_said(raw, 'opens')}",
            ),
        )
    if len(desk.hour_of_day) not in (0, 24):
        what = f"not one factor for each hour ({len(desk.hour_of_day)})"
        yield "hour_of_day", Mistake(what, "accepted: 24 numbers")
    for factor in desk.hour_of_day:
        if not 0 <= factor <= FACTOR_MAX:
            what = f"factor out of range ({factor:g})"
            yield "hour_of_day", Mistake(what, f"accepted: 0 to {FACTOR_MAX}")
    if desk.closes - desk.opens > WINDOW_MAX:
        what = f"window too long ({format_duration(desk.closes - desk.opens)})"
        accepted = f"accepted: up to {format_duration(WINDOW_MAX)}"
        yield "closes", Mistake(what, accepted)
    tickets = desk.tickets_per_hour * (desk.closes - desk.opens) / 3600
    tickets *= max(desk.hour_of_day, default=1)
    if tickets > TICKETS_MAX:
        what = f"too many tickets in the window ({tickets:.3g})"
        yield "tickets_per_hour", Mistake(what, f"accepted: up to {TICKETS_MAX:,}")
    total = sum(kind.share for kind in desk.kinds)
    if abs(total - 1) > SHARES_OFF_MAX:
        what = f"shares do not add up to 1 ({total:.9g})"
        yield "kinds", Mistake(what, "accepted: shares that do")


def _ticket_kind(kind: TicketKind, raw: Raw) -> Flaws:
    if kind.acts > 0 and kind.action is None:
        what = f"acts without an action ({kind.acts:g})"
        yield "acts", Mistake(what, "name the action, or leave 'acts' out")


def _when(when: When, raw: Raw) -> Flaws:
    if (when.at is None) == (when.anchor is None):
        said = "both" if when.at is not None else "neither"
        what = f"{said} of 'at' and 'anchor'"
        yield "", Mistake(what, "accepted: exactly one of them", at="key")
    elif when.at is not None and (when.before or when.after):
        what = "'before' or 'after' without an anchor"
        yield "", Mistake(what, "leave it out, or write 'anchor' for 'at'", at="key")
    elif when.before and when.after:
        what = "both 'before' and 'after'"
        yield "", Mistake(what, "accepted: one of them", at="key")


def _step(step: Step, _: Raw) -> Flaws:
    if not step.tries:
        yield "tries", Mistake("no try", "accepted: one or more")


def _misuse(misuse: Misuse, _: Raw) -> Flaws:
    if not misuse.plan:
        yield "plan", Mistake("no step", "accepted: one or more")
    tries = [attempt for step in misuse.plan for attempt in step.tries]
    helped = any("accomplice" in (one.by, one.approver) for one in tries)
    if helped and misuse.accomplice is None:
        accepted = "say under 'accomplice' what the second person must be"
        yield "plan", Mistake("a try needs an accomplice", accepted)


def _scenario(scenario: Scenario, _: Raw) -> Flaws:
    for show, most in (("apart", READINGS_MAX), ("swept", SWEPT_MAX)):
        count = prod(len(axis.options) for axis in scenario.axes if axis.show == show)
        if count > most:
            what = f"too many combinations of the questions shown {show} ({count})"
            yield "axes", Mistake(what, f"accepted: up to {most}")


def _axis(axis: Axis, _: Raw) -> Flaws:
    if not axis.options:
        yield "options", Mistake("no option", "accepted: one or more")


def _expectation(expectation: Expectation, raw: Raw) -> Flaws:
    low, high = expectation.at_least, expectation.at_most
    ranged = low is not None or high is not None
    if (expectation.exactly is not None) == ranged:
        said = "both a value and a range" if ranged else "no value"
        accepted = "accepted: 'exactly', or 'at_least', 'at_most' or both"
        yield "", Mistake(said, accepted, at="key")
    if low is not None and high is not None and low > high:
        what = f"range upside down ({_said(raw, 'at_least')} to"
        what = f"{what} {_said(raw, 'at_most')})"
        yield "at_least", Mistake(what, "accepted: the lower end first")
    counts = expectation.metric in COUNTS
    for name in ("exactly", "at_least", "at_most"):
        written = bare(raw.get(name))
        if written in (None, 0) or isinstance(written, int) == counts:
            continue
        noun, such = ("count", "1") if counts else ("span of time", "11m")
        what = f"not a {noun}, as {expectation.metric} is ({shown(written)})"
        yield name, Mistake(what, f"accepted: such as {such}")


def _said(raw: Raw, name: str) -> str:
    return shown(bare(raw[name]))


def _from(error: ValueError) -> Mistake:
    what, _, accepted = str(error).rpartition("; ")
    return Mistake(what or accepted, accepted if what else "")


_CHECKS: Mapping[type, Callable[[Any, Raw], Flaws]] = {
    Axis: _axis,
    Backup: _needs_actions,
    Credential: _credential,
    Desk: _desk,
    Entitlement: _needs_actions,
    ExitTask: _exit_task,
    Expectation: _expectation,
    Leaving: _leaving,
    Misuse: _misuse,
    Night: _night,
    Organisation: _organisation,
    Posture: _posture,
    Scenario: _scenario,
    ShiftPattern: _shift,
    Step: _step,
    System: _system,
    TicketKind: _ticket_kind,
    Timeline: _timeline,
    When: _when,
}
