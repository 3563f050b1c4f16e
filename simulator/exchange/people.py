"""Workers -> shifts, teams and leavers; every one of them is accounted for.

A file holds only so much, so rare shifts and small teams are taken together, those of
privileged roles last. How many people that is about is said.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from attrs import Factory, evolve, frozen

from simulator.clock import DAYS, HOUR
from simulator.errors import LastdayError
from simulator.exchange.dates import Day
from simulator.exchange.lists import Lists
from simulator.exchange.naming import Names, slug
from simulator.exchange.staff import Pattern, Worker
from simulator.scenario.organisation import Employment

SHIFTS_MAX, TEAMS_MAX = 24, 120
"""Most shifts and teams that are told apart."""
SIZE_MAX = 100_000
"""Most people that a file takes in one team."""
NEAR = 14
"""Days around the simulated time in which a last day is near."""
OTHERS, OTHER_ROLES = "other-teams", "other-roles"
"""What small teams and their roles are taken together as."""
NOTICE_DAYS: Mapping[Employment, int] = {"employee": 28, "contractor": 14, "vendor": 7}
"""Assumption: how long before the last day a departure is told, by employment."""
OFFICE = Pattern(DAYS[:5], 9 * HOUR, 17 * HOUR)
"""Assumption: the hours of those who are on no roster."""
PRIVILEGED = (
    frozenset(
        ("support", "agent", "agents", "admin", "admins", "administrator", "operator")
    )
    | frozenset(
        ("operators", "operations", "moderator", "moderators", "moderation", "helpdesk")
    )
    | frozenset(("trust", "safety", "sysadmin", "sre", "devops", "enforcement"))
)
"""Assumption: words of roles whose people may use privileged actions."""

Group = tuple[str, str, Employment, Pattern]
"""Team, role, employment and shift."""


@frozen
class Shift:
    """A weekly pattern with an id."""

    id: str
    pattern: Pattern
    source: str


@frozen
class Team:
    """So many people of one role, employment and shift."""

    id: str
    role: str
    employment: Employment
    shift: Shift
    size: int


@frozen
class Leaver:
    """Somebody who leaves; the line is where the staff list has the person."""

    id: str
    team: Team
    last_day: Day
    notice: Day | None
    line: int = 0


@frozen
class Window:
    """What of the calendar is simulated, and whom it is told of.

    Attributes:
        start: The first day.
        end: The first day that is not simulated as a whole.
        zone: The organisation's time zone.
        leavers_max: Most leavers who are told one by one.
        privileged: Roles whose people may use privileged actions; by their names if
            none is given.
    """

    start: Day
    end: Day
    zone: str
    leavers_max: int
    privileged: tuple[str, ...] = ()


@frozen
class Crew:
    """The people of a file.

    Attributes:
        privileged: Roles of these teams whose people may use privileged actions.
        fates: What became of the rows of the staff list, each counted once.
        merged: How many people are in teams or on shifts taken together.
    """

    shifts: tuple[Shift, ...] = ()
    teams: tuple[Team, ...] = ()
    leavers: tuple[Leaver, ...] = ()
    privileged: tuple[str, ...] = ()
    fates: Mapping[str, int] = Factory(dict)
    merged: Mapping[str, int] = Factory(dict)


def crew_of(lists: Lists, window: Window) -> Crew:
    """Make teams and leavers of the people of a staff list.

    Raises:
        LastdayError: A privileged role that nobody has.
    """
    is_privileged = _privileged(window, {worker.role for worker in lists.workers})
    named, counted, fates = _sorted_out(window, lists.workers, is_privileged)
    groups = Counter(_group(worker, window.zone) for worker in counted)
    own = [_group(worker, window.zone) for worker in named]
    for group in own:
        groups[group] += 0
    merge = _merging(groups, is_privileged)
    sizes: Counter[Group] = Counter()
    for group, size in groups.items():
        sizes[merge[group]] += size
    shifts = _shifts({group[3] for group in sizes}, lists, window.zone)
    teams = _teams(sizes, shifts)
    # A leaver called TEAM-1 would be somebody of a team called "leaver".
    noun = "leaver" if "leaver" not in {t.id for t in teams.values()} else "departing"
    leavers = (
        Leaver(
            f"{noun}-{number}",
            teams[merge[group]],
            worker.last_day or Day(0),
            worker.notice,
            worker.line,
        )
        for number, (worker, group) in enumerate(zip(named, own, strict=True), 1)
    )
    roles = {team.role for team in teams.values()}
    return Crew(
        shifts=tuple(shifts.values()),
        teams=tuple(teams.values()),
        leavers=tuple(leavers),
        privileged=tuple(sorted(filter(is_privileged, roles))),
        fates=fates,
        merged=_merged(groups, merge),
    )


def _merged(groups: Counter[Group], merge: Mapping[Group, Group]) -> dict[str, int]:
    """Count the people whose shift or team is not told apart."""
    told: Counter[str] = Counter()
    for group, size in groups.items():
        told["shifts"] += size * (merge[group][3] != group[3])
        told["teams"] += size * (merge[group][:2] != group[:2])
    return {what: count for what, count in told.items() if count}


def _sorted_out(
    window: Window, workers: Iterable[Worker], is_privileged: Callable[[str], bool]
) -> tuple[list[Worker], list[Worker], dict[str, int]]:
    """Return who is named, who is counted in a team, and what became of everybody."""
    near: list[Worker] = []
    counted: list[Worker] = []
    fates = {"gone before": 0, "not there yet": 0}
    for worker in workers:
        last = worker.last_day
        if last is not None and last < window.start - NEAR:
            fates["gone before"] += 1
        elif worker.start is not None and worker.start > window.start:
            fates["not there yet"] += 1
        elif last is not None and last < window.end + NEAR:
            near.append(worker)
        else:
            counted.append(worker)
    near.sort(key=lambda w: _nearness(window, w, not is_privileged(w.role)))
    most = window.leavers_max
    named, rest = near[:most], near[most:]
    for worker in rest:
        if worker.last_day is not None and worker.last_day < window.start:
            fates["gone before"] += 1
        else:
            counted.append(worker)
    named.sort(key=lambda worker: (worker.last_day or 0, worker.line))
    fates = {"in teams": len(counted), "leavers by themselves": len(named), **fates}
    return named, counted, fates


def _nearness(
    window: Window, worker: Worker, harmless: bool
) -> tuple[int, bool, int, int]:
    """Put last days within the simulated time first, and among them who may do it."""
    last = worker.last_day or Day(0)
    when = 0 if window.start <= last < window.end else 1 if last >= window.end else 2
    return when, harmless, last if when < 2 else -last, worker.line


def _group(worker: Worker, zone: str) -> Group:
    pattern = worker.pattern or OFFICE
    there = pattern.zone or worker.zone
    pattern = evolve(pattern, zone="" if there == zone else there)
    return worker.team, worker.role, worker.employment, pattern


def _privileged(window: Window, roles: Iterable[str]) -> Callable[[str], bool]:
    """Return what says whether a role's people may use privileged actions."""
    asked = {slug(role) for role in window.privileged}
    unknown = sorted(asked - {*roles})
    if unknown:
        known = ", ".join(sorted(roles)[:12])
        raise LastdayError(f"no such role ({unknown[0]!r}); known: {known}")
    if not asked:
        asked = {role for role in roles if PRIVILEGED & {*role.split("-")}}
    if not asked:
        return lambda role: role != OTHER_ROLES
    return lambda role: role in asked


def _merging(
    groups: Counter[Group], is_privileged: Callable[[str], bool]
) -> dict[Group, Group]:
    """Say which group each becomes a part of; most are left as they are."""
    patterns: Counter[Pattern] = Counter()
    for group, size in groups.items():
        patterns[group[3]] += size
    common = [pattern for pattern, _ in patterns.most_common(SHIFTS_MAX)]
    by_zone = {pattern.zone: pattern for pattern in reversed(common)}
    told = {
        (team, role, kind, pattern): (
            team,
            role,
            kind,
            pattern if pattern in common else by_zone.get(pattern.zone, common[0]),
        )
        for team, role, kind, pattern in groups
    }
    sizes: Counter[Group] = Counter()
    for group, size in groups.items():
        sizes[told[group]] += size
    ordered = sorted(sizes, key=lambda g: (not is_privileged(g[1]), -sizes[g], repr(g)))
    kept = {*ordered[:TEAMS_MAX]}
    return {
        group: new if new in kept else (OTHERS, OTHER_ROLES, new[2], new[3])
        for group, new in told.items()
    }


def _shifts(
    patterns: Iterable[Pattern], lists: Lists, zone: str
) -> dict[Pattern, Shift]:
    """Give each pattern an id, from the roster if it has a name there."""
    source = next((r.table.name for r in lists.readers if r.table.kind == "roster"), "")
    rostered = {
        evolve(w.pattern, zone="" if there == zone else there)
        for w in lists.workers
        if w.pattern is not None
        for there in [w.pattern.zone or w.zone]
    }
    names, taken = Names("shift"), Counter[str]()
    found = {}
    for pattern in sorted(patterns, key=repr):
        called = lists.names.get(pattern) or lists.names.get(evolve(pattern, zone=""))
        if called:
            name = names.id_of(
                min(called.items(), key=lambda item: (-item[1], item))[0]
            )
        elif pattern in rostered:
            name = f"from-{pattern.starts // HOUR:02d}-to-{pattern.ends // HOUR:02d}"
        else:
            name = "office"
        place = slug(pattern.zone.rpartition("/")[2])
        if place and place not in name:
            name = f"{name}-{place}"
        taken[name] += 1
        name = name if taken[name] == 1 else f"{name}-x{taken[name]}"
        found[pattern] = Shift(name, pattern, source if pattern in rostered else "")
    return found


def _teams(sizes: Counter[Group], shifts: Mapping[Pattern, Shift]) -> dict[Group, Team]:
    """Give each group an id that says what sets it apart from others of the team."""
    apart: dict[str, list[Group]] = {}
    for group in sizes:
        apart.setdefault(group[0], []).append(group)
    taken: Counter[str] = Counter()
    found = {}
    for group, size in sorted(sizes.items(), key=lambda g: (-g[1], repr(g[0]))):
        team, role, employment, pattern = group
        parts = {1: role, 2: employment, 3: shifts[pattern].id}
        same = apart[team]
        differs = [at for at in parts if len({other[at] for other in same}) > 1]
        name = "-".join((team, *(parts[at] for at in differs)))
        # A file takes so many people in one team; the rest are in others like it.
        for part in range(0, max(size, 1), SIZE_MAX):
            taken[name] += 1
            one = name if taken[name] == 1 else f"{name}-x{taken[name]}"
            people = min(size - part, SIZE_MAX)
            which = group if not part else (one, role, employment, pattern)
            found[which] = Team(one, role, employment, shifts[pattern], people)
    return found
