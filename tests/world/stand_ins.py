"""Controls and alerts that answer what a test says, and short ways to play a scene."""

from collections.abc import Callable
from math import sqrt
from typing import ClassVar

from attrs import Factory, evolve, frozen

from simulator.decisions import ALLOW, Alert, Decision, ExitOrder
from simulator.scenario.misuse import Step
from simulator.scenario.organisation import Posture
from simulator.shelf import BaseAlert, BaseControl
from simulator.streams import Constant
from simulator.trail import Executed, Refused
from simulator.world import Day, prepare, simulate
from simulator.world.access import Access
from simulator.world.day import HonestTicket
from simulator.world.exits import Offboarding, register
from tests.scenes import attempt, misuse, scene


@frozen(kw_only=True)
class Says(BaseControl):
    """Give one answer to every request whose id begins so."""

    id = "says"
    definition = "answers what the test says"

    answer: Decision = ALLOW
    to: str = ""
    orders: tuple[ExitOrder, ...] = ()
    keeps_s: int = 0

    def decide(self, request, view):
        """Answer."""
        return self.answer if request.id.startswith(self.to) else ALLOW

    def exit_orders(self):
        """Order what the test says."""
        return self.orders

    def undo_window_s(self, action):
        """Keep every effect reversible for this long."""
        return self.keeps_s


@frozen(kw_only=True)
class Sees(BaseAlert):
    """Give one signal about every effect whose request's id begins so."""

    id = "sees"
    definition = "signals what the test says"

    signal: Alert
    of: str = ""

    def watch(self, record, view):
        """Give the signal."""
        return self.signal if record.request.startswith(self.of) else None


@frozen(kw_only=True)
class SeesRequests(Sees):
    """Give one signal about every request whose id begins so."""

    watches: ClassVar = "requested"


@frozen(kw_only=True)
class Tells(Sees):
    """Give the signal from outside."""

    origin: ClassVar = "outside"


@frozen(kw_only=True)
class Notes(BaseControl):
    """Let everything pass, and note what the view answers to a question."""

    id = "notes"
    definition = "notes what the view knows"

    question: Callable
    heard: list = Factory(list)

    def decide(self, request, view):
        """Note the answer to the question about this request."""
        self.heard.append((request.id, self.question(request, view)))
        return ALLOW


def says(label="says", *, to="", **answer):
    """Build a control that answers so."""
    return Says(label=label, answer=Decision(**answer), to=to)


def sees(label="sees", *, after=0, of="", build=Sees, **signal):
    """Build an alert that fires after some seconds; it names nobody unless told."""
    return build(label=label, of=of, signal=Alert(delay=Constant(after), **signal))


def sees_requests(label="sees", **parts):
    """Build an alert about requests."""
    return sees(label, build=SeesRequests, **parts)


def tells(label="tells", **parts):
    """Build a witness from outside."""
    return sees(label, build=Tells, **parts)


def play(*arm, seed=1, shadow=(), day=None, **parts):
    """Play a scene, with the plain misuse of the leaver at one hour unless told."""
    scenario = scene(**{"misuse": misuse(), **parts})
    return simulate(scenario, posture(*arm), seed, shadow=posture(*shadow), day=day)


def posture(*items):
    """Build a posture of controls and alerts."""
    alerts = tuple(item for item in items if isinstance(item, BaseAlert))
    return Posture(tuple(item for item in items if item not in alerts), alerts)


def ending(trail, request="misuse-0.0"):
    """Return the record with which a request ended; None while it is pending."""
    ends = (*trail.of(Executed), *trail.of(Refused))
    return next((record for record in ends if record.request == request), None)


def ticket(number, arrives, **parts):
    """Build a ticket of the front desk that needs the action; it takes five minutes."""
    return HonestTicket(
        **{
            "id": f"front-{number}",
            "arrives": arrives,
            "rested_s": 300,
            "action": "deactivate",
            "tier": "ordinary",
            "target": f"account-{number}",
            "cited": True,
            "luck": 0.9,
            **parts,
        }
    )


def day_of(scenario, *tickets):
    """Build the day on which exactly these tickets reach the first desk."""
    return Day(1, prepare(scenario), ((scenario.organisation.desks[0], tickets),))


def misuses(*targets, wait=0):
    """Build a misuse that takes several targets down, one after the other."""
    tries = (attempt(target=name, wait=Constant(wait)) for name in targets)
    return evolve(misuse(), plan=tuple(Step((one,)) for one in tries))


def orders(*ordered, label="says"):
    """Build a control that does nothing but order what is done for leavers."""
    return Says(label=label, orders=ordered)


def accesses(*controls, seeds, **parts):
    """Work out the access of everybody in a scene, for one seed after the other."""
    scenario = scene(**parts)
    stage = prepare(scenario)
    for seed in seeds:
        known = register(scenario, stage, seed)
        plan = Offboarding(scenario, stage, known, seed).plan(controls)
        yield Access(stage, plan, seed)


def planned(*controls, seed=1, **parts):
    """Work out the access of everybody in a scene."""
    return next(accesses(*controls, seeds=(seed,), **parts))


def ends(access, staff="leaver", system="console"):
    """Return when an account ends and by what; None if never."""
    return access.plan.accounts.get((staff, system))


def agrees(hits, runs, share):
    """Say whether a count is that of a share.

    A right model is outside once in a thousand seeds: the interval is two-sided 99.9 %.
    """
    return abs(hits / runs - share) < 3.29 * sqrt(share * (1 - share) / runs)
