"""The same day as a plain SimPy script: honest work only, written straightforwardly.

No controls, no alerts, no trail: what anybody would write first. People come and go
with their shifts, tickets arrive, wait for somebody, are handled by tired or rested
people, and some end with an action on an account that may be the wrong one. It reads
the same scenario, so that both do the same work.
"""

import random
from functools import partial

import simpy

HOUR = 3600


def plan(scenario):
    """Work out once which shifts each person of each desk works."""
    from simulator.world import prepare

    stage = prepare(scenario)
    return [
        (desk, [member.roster for team in desk.teams for member in stage.teams[team]])
        for desk in scenario.organisation.desks
    ]


def plain_day(scenario, desks, seed):
    """Play the honest work of a scenario. Returns sums over the day."""
    env = simpy.Environment()
    rng = random.Random(seed)
    sums = {"tickets": 0, "actions": 0, "slips": 0, "waited": 0.0}
    populations = scenario.organisation.populations
    pick_tier = partial(
        rng.choices, [p.id for p in populations], [p.count for p in populations]
    )
    for desk, rosters in desks:
        free = simpy.Store(env)
        for roster in rosters:
            env.process(come_to_work(env, desk, roster, free))
        env.process(arrivals(env, desk, free, rng, pick_tier, sums))
    env.run(until=scenario.clock.horizon)
    return sums


def come_to_work(env, desk, roster, free):
    """Put a person among the free ones at the start of each shift."""
    for shift in roster:
        if shift.end > desk.opens and shift.start < desk.closes:
            yield env.timeout(max(0, shift.start - env.now))
            yield free.put(shift)


def arrivals(env, desk, free, rng, pick_tier, sums):
    """Let tickets arrive while the desk is open."""
    yield env.timeout(desk.opens)
    kinds = list(desk.kinds)
    shares = [kind.share for kind in kinds]
    while True:
        yield env.timeout(rng.expovariate(desk.tickets_per_hour / HOUR))
        if env.now >= desk.closes:
            return
        kind = rng.choices(kinds, shares)[0]
        env.process(handle(env, desk, kind, free, rng, pick_tier, sums))


def handle(env, desk, kind, free, rng, pick_tier, sums):
    """Handle one ticket: wait for somebody on shift, work, perhaps act."""
    arrived = env.now
    shift = yield free.get()
    while shift.end <= env.now:
        shift = yield free.get()
    sums["waited"] += env.now - arrived
    tired_h = (env.now - shift.start) / HOUR
    handling = kind.handling.quantile(rng.random())
    yield env.timeout(handling * (1 + desk.slows_per_h * tired_h))
    sums["tickets"] += 1
    if kind.action and rng.random() < kind.acts:
        sums["actions"] += 1
        tier = kind.tier or pick_tier()[0]
        cited = rng.random() < kind.cites_ticket
        slip = rng.random() < desk.slip_rate * (1 + desk.slips_grow_per_h * tired_h)
        sums["slips"] += slip
        sums[tier, cited] = sums.get((tier, cited), 0) + 1
    yield free.put(shift)
