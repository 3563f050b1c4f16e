"""The same day as a plain SimPy script: honest work only, written straightforwardly.

No controls, no alerts, no trail: what anybody would write first. Tickets arrive, wait
for one of the people on shift, are handled by tired or rested people, and some end with
an action that may slip. It reads the same scenario so that both do the same work.
"""

import random

import simpy


def plain_day(scenario, seed):
    """Play the honest work of a scenario. Returns (tickets, actions, slips, waited)."""
    env = simpy.Environment()
    rng = random.Random(seed)
    sums = {"tickets": 0, "actions": 0, "slips": 0, "waited": 0.0}
    for desk in scenario.organisation.desks:
        staff = simpy.Store(env)
        for team in scenario.organisation.teams:
            if team.id in desk.teams:
                named = sum(p.team == team.id for p in scenario.organisation.staff)
                for _ in range(team.size + named):
                    staff.put(env.now)
        env.process(arrivals(env, desk, staff, rng, sums))
    env.run()
    return sums


def arrivals(env, desk, staff, rng, sums):
    """Let tickets arrive while the desk is open."""
    yield env.timeout(desk.opens)
    kinds = list(desk.kinds)
    shares = [kind.share for kind in kinds]
    while True:
        yield env.timeout(rng.expovariate(desk.tickets_per_hour / 3600))
        if env.now >= desk.closes:
            return
        kind = rng.choices(kinds, shares)[0]
        env.process(handle(env, desk, kind, staff, rng, sums))


def handle(env, desk, kind, staff, rng, sums):
    """Handle one ticket: wait for somebody, work, perhaps act."""
    arrived = env.now
    began_shift = yield staff.get()
    sums["waited"] += env.now - arrived
    tired_h = (env.now - desk.opens) / 3600
    handling = kind.handling.quantile(rng.random())
    yield env.timeout(handling * (1 + desk.slows_per_h * tired_h))
    sums["tickets"] += 1
    if kind.action and rng.random() < kind.acts:
        sums["actions"] += 1
        if rng.random() < desk.slip_rate * (1 + desk.slips_grow_per_h * tired_h):
            sums["slips"] += 1
    yield staff.put(began_shift)
