"""Controls and alerts that answer what a test says, and short ways to play a scene."""

from typing import ClassVar

from attrs import evolve, frozen

from simulator.decisions import ALLOW, Alert, Decision, ExitOrder
from simulator.scenario.misuse import Step
from simulator.scenario.organisation import Posture
from simulator.shelf import BaseAlert, BaseControl
from simulator.streams import Constant
from simulator.trail import Executed, Refused
from simulator.world import Day, prepare, simulate
from simulator.world.day import HonestTicket
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
