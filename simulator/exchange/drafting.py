"""Lists and answers -> what a starter file says, decided.

draft   clock, shifts, teams, leavers, systems and removals of an organisation
leaver  somebody whose last day lies near the simulated time; all others are counts
source  where a value comes from; an assumption where it is empty
"""

from collections import Counter

from attrs import evolve, frozen

from simulator.clock import DAY, DAYS, Clock
from simulator.errors import LastdayError
from simulator.exchange.dates import Day, weekday, write_day
from simulator.exchange.delays import Removal, fewer_systems, removals
from simulator.exchange.lists import Lists
from simulator.exchange.naming import slug
from simulator.exchange.people import OFFICE, Crew, Leaver, Shift, Team, Window, crew_of
from simulator.scenario.organisation import Employment

WITHOUT_DATES = Day(19_877)
"""The day of the lists where nothing tells: Monday 2024-06-03."""


@frozen
class Answers:
    """What the user says where no list does; what is left out is assumed.

    Attributes:
        name: Neutral name of the organisation.
        zone: Its time zone, where there is no staff list.
        staff_size: People who can use the privileged actions, contractors among them.
        contractors: How many of them are contractors.
        systems: What staff log in to.
        removed_within: Time after which half of all leavers have lost access.
        privileged: Roles whose people can use them; by their names if not given.
        horizon: How long is simulated.
        leavers_max: Most leavers who are written one by one.
    """

    name: str = "our-platform"
    zone: str = "UTC"
    staff_size: int = 12
    contractors: int = 4
    systems: tuple[str, ...] = ()
    removed_within: int = DAY
    privileged: tuple[str, ...] = ()
    horizon: int = 28 * DAY
    leavers_max: int = 20


@frozen
class Draft:
    """All that the lists and the answers decide of a starter file.

    Attributes:
        removals: How access is removed, where the log tells.
        staff_source: Where teams and leavers come from.
        log_source: Where removals come from.
    """

    answers: Answers
    start: Day
    start_why: str
    zone: str
    zone_why: str
    crew: Crew
    systems: tuple[str, ...]
    removals: tuple[Removal, ...] = ()
    staff_source: str = ""
    log_source: str = ""

    @property
    def clock(self) -> Clock:
        """The clock that the file will have."""
        return Clock.from_text(write_day(self.start), self.zone)


def draft(answers: Answers, lists: Lists | None = None) -> Draft:
    """Decide what a starter file says.

    Raises:
        LastdayError: The lists have nothing that could be used.
    """
    asked = tuple(filter(None, map(slug, answers.systems)))
    if lists is None:
        return Draft(
            answers=answers,
            start=WITHOUT_DATES,
            start_why="ASSUMED: a Monday",
            zone=answers.zone,
            zone_why="The zone as answered",
            crew=_assumed(answers, WITHOUT_DATES),
            systems=asked or ("console",),
        )
    if not lists.workers and not lists.lasted:
        raise LastdayError("nothing usable in the lists; their problems say why")
    as_of, why = lists.as_of or (WITHOUT_DATES, "assumed, as no list has a date")
    start = Day(as_of - DAYS.index(weekday(as_of)))
    end = Day(start + answers.horizon // DAY)
    window = Window(start, end, lists.zone[0], answers.leavers_max, answers.privileged)
    crew = crew_of(lists, window) if lists.workers else Crew()
    if not crew.teams:
        crew = evolve(_assumed(answers, start), fates=crew.fates)
    told = fewer_systems(lists.lasted)
    counts = Counter(one.system for one in told)
    logged = sorted(counts, key=lambda system: (-counts[system], system))
    names = {reader.table.kind: reader.table.name for reader in lists.readers}
    return Draft(
        answers=answers,
        start=start,
        start_why=f"The Monday of the week of {write_day(as_of)}: {why}",
        zone=lists.zone[0],
        zone_why=f"The zone {lists.zone[1]}",
        crew=crew,
        systems=tuple(dict.fromkeys((*logged, *asked))) or ("console",),
        removals=removals(told, {team.employment for team in crew.teams}),
        staff_source=names.get("staff", ""),
        log_source=names.get("leavers", ""),
    )


def _assumed(answers: Answers, start: Day) -> Crew:
    """Make people as the answers say: one team or two, and somebody who leaves."""
    office = Shift("office", OFFICE, "")
    sizes: dict[Employment, int] = {
        "employee": max(answers.staff_size - answers.contractors, 0),
        "contractor": answers.contractors,
    }
    teams = [
        Team(f"support-{employment}s", "support-agent", employment, office, size)
        for employment, size in sizes.items()
        if size
    ]
    if not teams:
        raise LastdayError("nobody to simulate (0 people); accepted: 1 or more")
    # The leaver is one of them, and comes on top of the size of the team.
    teams[-1] = evolve(teams[-1], size=teams[-1].size - 1)
    return Crew(
        shifts=(office,),
        teams=tuple(teams),
        leavers=(Leaver("leaver-1", teams[-1], Day(start + 11), None),),
        privileged=("support-agent",),
    )
