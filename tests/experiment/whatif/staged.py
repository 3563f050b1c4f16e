"""Scenes for what-ifs, small enough that the right answers are known by hand."""

from attrs import evolve

from simulator.clock import Seconds
from simulator.experiment.whatif.verb import whatif
from simulator.streams import Constant
from tests.scenes import MINUTE, attempt, honest_work, misuse, scene
from tests.world.responses import response
from tests.world.stand_ins import posture, says, sees

FIRST = says("first", to="misuse-0.0", deny=True)
SECOND = says("second", to="misuse-0.1", deny=True)
BELL = sees("bell", of="misuse", staff="leaver", target="celebrity")
"""It is looked at at once, and confirmed after two minutes."""
NOISY = sees("noisy", of="act-front")
IDLE = says("idle", to="nobody", deny=True)
TWO_WAYS = posture(FIRST, SECOND, BELL)


def two_ways(**parts):
    """Build a day on which the leaver tries one way, and then another."""
    return scene(misuse=misuse(attempt(), attempt()), **parts)


def busy_analyst(**parts):
    """Build a day of honest work with one analyst, who takes four minutes an alarm.

    Alone the bell is answered at once. If every honest request rings too, thirty times
    an hour, alarms come in twice as fast as they are dealt with.
    """
    return scene(
        **{
            "misuse": misuse(),
            "desks": honest_work(tickets_per_hour=30.0),
            "response": response(triage=Constant(Seconds(4 * MINUTE))),
            **parts,
        }
    )


def asked(scenario, *entries, **special):
    """Ask what is enough of some controls and alerts, of all their combinations."""
    given = {
        "design": "lattice",
        "candidates": tuple(entry.label for entry in entries),
        "offered": posture(*entries),
        "replications": 4,
        "jobs": 1,
    }
    return whatif(scenario, **{**given, **special})


def read(scenario, *entries, **special):
    """Return the only reading of what is asked."""
    (reading,) = asked(scenario, *entries, **special).readings
    return reading


def in_force(scenario, *entries):
    """Return a scenario with these in force."""
    organisation = evolve(scenario.organisation, posture=posture(*entries))
    return evolve(scenario, organisation=organisation)


def names(arms):
    """Return the labels of arms as a set."""
    return {arm.labels for arm in arms}
