"""How long does a run over half a year take, with 500 staff and 60 leavers?

    python -m tests.benchmarks.half_year [--runs 5]

Honest work goes on in two declared days; access, offboarding, a misuse that comes back
forty times, and the response go on for 180 days. Played bare, with everything of the
catalogue asked in the shadow, and with everything in force. Prints the median of some
runs, each on a seed of its own, beside the target of 1 s a run.
"""

import argparse
import time
from statistics import median

from attrs import evolve

from simulator.clock import DAY, HOUR, MINUTE, Moment, Seconds, TimeOfDay
from simulator.scenario.misuse import Attempt, Misuse, Requirement, Step, Target, When
from simulator.scenario.organisation import (
    Credential,
    ExitTask,
    Leaving,
    Person,
    Population,
    Posture,
    Registry,
    ShiftPattern,
    System,
    Team,
)
from simulator.scenario.scenario import Scenario, Timeline, Tolerances
from simulator.streams import Constant, LogNormal, Uniform
from simulator.testing.strategies import everything
from simulator.world import draw_day, prepare, simulate
from tests.scenes import ORGANISATION, desk, kind

DAYS, LEAVERS, TEAMS, TEAM_SIZE = 180, 60, 10, 43
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
SYSTEMS = ("console", "directory", "vpn", "database", "vendor-tenant")


def half_year():
    """Build the scenario: 430 at the desks, 60 leavers, 10 others."""
    return Scenario(
        title="half a year",
        question="how long does a run take?",
        clock=Timeline("2026-01-05T00:00", "Europe/London", Seconds(DAYS * DAY)),
        organisation=_organisation(),
        tolerances=Tolerances(Seconds(HOUR), Seconds(HOUR)),
        targets=(Target("celebrity", "protected", audience=1_000_000),),
        misuse=Misuse(
            who=Requirement(person="leaver-30"),
            intent="revenge",
            when=When(anchor="separation", after=Seconds(DAY)),
            plan=(_visits(),),
        ),
    )


def _visits():
    ways = ("own-session", "api-key", "shared-secret")
    tries = (Attempt("deactivate", "celebrity", through=way) for way in ways)
    return Step(tuple(tries), times=40, every=Uniform(Seconds(DAY), Seconds(3 * DAY)))


def _organisation():
    teams = (
        Team(f"desk-{n}", "agent", ("contractor", "employee")[n % 2], "day", TEAM_SIZE)
        for n in range(TEAMS)
    )
    windows = (Moment(40 * DAY), Moment(120 * DAY))
    return evolve(
        ORGANISATION,
        systems=tuple(System(name, Seconds(HOUR)) for name in SYSTEMS),
        shifts=(
            ShiftPattern("day", WEEKDAYS, TimeOfDay(9 * HOUR), TimeOfDay(17 * HOUR)),
            ShiftPattern("always", WEEKDAYS, TimeOfDay(0), TimeOfDay(24 * HOUR)),
        ),
        teams=(
            *teams,
            Team("leads", "lead", "employee", "day", 6),
            Team("watch", "operator", "employee", "always", 4),
        ),
        staff=tuple(_leaver(n) for n in range(LEAVERS)),
        credentials=(
            Credential("desk-secret", "shared-secret", ("console",), ("desk-0",)),
            Credential("keys", "api-key", ("console",), ("desk-0", "desk-1")),
        ),
        registries=tuple(
            Registry(who, LogNormal(Seconds(DAY), Seconds(5 * DAY)), 0.05)
            for who in ("contractor", "employee")
        ),
        offboarding=_offboarding(),
        desks=tuple(
            desk(
                id=f"front-{n}",
                teams=(f"desk-{n}",),
                opens=Moment(opens + 9 * HOUR),
                closes=Moment(opens + 17 * HOUR),
                tickets_per_hour=60.0,
                kinds=(kind(acts=0.3, handling=Constant(Seconds(10 * MINUTE))),),
            )
            for n, opens in enumerate(windows)
        ),
        populations=(Population("ordinary", 1_000_000, audience=100),),
    )


def _leaver(number):
    separation = (2 + number * (DAYS - 10) // LEAVERS) * DAY + 17 * HOUR
    leaving = Leaving(Moment(separation - 20 * DAY), Moment(separation))
    return Person(f"leaver-{number}", f"desk-{number % TEAMS}", leaving=leaving)


def _offboarding():
    soon, late = Constant(Seconds(4 * HOUR)), LogNormal(Seconds(DAY), Seconds(30 * DAY))
    rest = tuple(name for name in SYSTEMS if name != "directory")
    return (
        ExitTask("directory", "registry-entry", soon, ("directory",), hours="day"),
        ExitTask("others", "separation", late, rest, after=("directory",)),
        ExitTask("keys", "separation", late, ("console",), "api-key", failure=0.3),
    )


def main():
    """Print the median time of a run for each of the three ways."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    scenario, all_of_it = half_year(), everything()
    began = time.perf_counter()
    stage = prepare(scenario)
    print(f"staff {sum(map(len, stage.teams.values()))}, leavers {len(stage.leavers)}")
    print(f"stage, once for all runs   {time.perf_counter() - began:6.2f} s")
    ways = (
        ("nothing in force", Posture(), Posture()),
        ("everything asked", Posture(), all_of_it),
        ("everything in force", all_of_it, Posture()),
    )
    for name, arm, shadow in ways:
        took, records = [], 0
        for seed in range(runs):
            began = time.perf_counter()
            day = draw_day(scenario, seed, stage=stage)
            records = len(simulate(scenario, arm, seed, shadow=shadow, day=day))
            took.append(time.perf_counter() - began)
        print(f"{name:<26} {median(took):6.2f} s a run (target 1), {records} records")


if __name__ == "__main__":
    main()
