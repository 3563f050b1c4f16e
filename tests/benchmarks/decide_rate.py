"""How many privileged actions a second do all controls and alerts judge?

    python -m tests.benchmarks.decide_rate [--actions 20000]

One process, everything of the catalogue in force with its defaults, honest requests of
a busy day of 100 people. The rates: every control decides; every alert looks at the
records of it too; the same inside a run, with prompts, approvals and the triage of
alarms; and, for scale, timeouts of the bare SimPy kernel. Target: at least 20,000 a
second through `decide`.
"""

import argparse
import time

from simpy import Environment

from simulator.clock import HOUR, MINUTE, Moment, Seconds
from simulator.decisions import Request, strictest
from simulator.scenario.organisation import Posture, Team
from simulator.streams import Constant
from simulator.testing.strategies import everything
from simulator.trail import Executed, Requested
from simulator.view import Ticket
from simulator.world import draw_day, simulate
from simulator.world.access import Access
from simulator.world.exits import Offboarding, register
from simulator.world.knowledge import Knowledge
from simulator.world.stage import prepare
from tests.scenes import ORGANISATION, desk, kind, scene

PEOPLE, SPAN = 100, 8 * HOUR


def busy(per_hour=3_000.0):
    """Build a day on which a hundred people act all the time."""
    return scene(
        teams=(
            Team("desk", "agent", "contractor", "day", PEOPLE),
            *ORGANISATION.teams[1:],
        ),
        desks=(
            desk(
                opens=Moment(0),
                closes=Moment(SPAN),
                tickets_per_hour=per_hour,
                kinds=(kind(handling=Constant(Seconds(MINUTE))),),
            ),
        ),
    )


def judged_per_s(actions, judge):
    """Return how many requests a second everything of the catalogue judges."""
    scenario, arm = busy(), everything()
    stage = prepare(scenario)
    known = register(scenario, stage, 1)
    plan = Offboarding(scenario, stage, known, 1).plan(arm.controls)
    view = Knowledge(stage, Access(stage, plan, 1), 1, known)
    requests = [_request(number, actions, view) for number in range(actions)]

    began = time.perf_counter()
    for request in requests:
        judge(request, arm, view)
    return actions / (time.perf_counter() - began)


def _request(number, actions, view):
    ticket = Ticket(f"t-{number}", f"ordinary/{number}", 0, "public")
    view.tickets[ticket.id] = ticket
    at, staff = number * SPAN // actions, f"desk-{number % PEOPLE + 1:03d}"
    return Request(
        f"r-{number}",
        at,
        staff,
        "console",
        "deactivate",
        ticket.target,
        "ordinary",
        ticket.id,
    )


def _decide(request, arm, view):
    decision = strictest(control.decide(request, view) for control in arm.controls)
    view.note("requested", request, request.at)
    if not decision.deny:
        view.note("executed", request, request.at)
    return decision


def _decide_and_look(request, arm, view):
    decision = strictest(control.decide(request, view) for control in arm.controls)
    asked = Requested(
        request.at,
        request.id,
        request.staff,
        request.system,
        request.action,
        request.target,
        request.tier,
        request.ticket,
        decision,
        (),
    )
    _look(asked, arm, view)
    view.note("requested", request, request.at)
    if not decision.deny:
        done = Executed(
            request.at,
            request.id,
            request.staff,
            request.action,
            request.target,
            request.tier,
            request.ticket,
            request.at,
            request.at,
        )
        _look(done, arm, view)
        view.note("executed", request, request.at)


def _look(record, arm, view):
    for rule in arm.alerts:
        if rule.watches == record.kind:
            rule.watch(record, view)


def played_per_s(actions, arm):
    """Return how many requests a second whole runs play."""
    scenario = busy(per_hour=actions * HOUR / SPAN)
    day = draw_day(scenario, 1)
    began = time.perf_counter()
    trail = simulate(scenario, arm, 1, day=day)
    return len(trail.of(Requested)) / (time.perf_counter() - began)


def timeouts_per_s(count):
    """Return how many timeouts a second the bare kernel plays."""
    env = Environment()

    def wait():
        for _ in range(count):
            yield env.timeout(1)

    env.process(wait())
    began = time.perf_counter()
    env.run()
    return count / (time.perf_counter() - began)


def main():
    """Print the rates, the best of three each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=20_000)
    actions = parser.parse_args().actions
    arm = everything()
    controls, alerts = len(arm.controls), len(arm.alerts)
    rates = (
        (f"{controls} controls decide", lambda: judged_per_s(actions, _decide)),
        (
            f"{controls} controls decide, {alerts} alerts look",
            lambda: judged_per_s(actions, _decide_and_look),
        ),
        ("whole runs, everything in force", lambda: played_per_s(actions, arm)),
        ("whole runs, nothing in force", lambda: played_per_s(actions, Posture())),
        ("SimPy kernel, timeouts", lambda: timeouts_per_s(10 * actions)),
    )
    for name, rate in rates:
        print(f"{name:<40} {max(rate() for _ in range(3)):>10,.0f} a second")


if __name__ == "__main__":
    main()
