"""Incidents and an organisation for tests of assessments, and a plain way to bind."""

from attrs import evolve

from simulator.alerts import ProtectedChangeAlert, UserReport
from simulator.clock import Moment
from simulator.controls import (
    AutoRevocation,
    GeoDeviceBinding,
    ProtectedLock,
    RateLimit,
    SharedSecretRotation,
    SoftDelete,
    TicketBound,
    TypeToConfirm,
)
from simulator.experiment.assessment import assess
from simulator.scenario.binding import NotPossible
from simulator.scenario.organisation import Posture
from tests.scenes import AT_ONCE, HOUR, attempt, honest_work, misuse, scene

IN_FORCE = Posture((SoftDelete(),), (UserReport(),))
OFFERED = Posture(
    (ProtectedLock(), RateLimit(), TicketBound(), TypeToConfirm()),
    (ProtectedChangeAlert(), UserReport(label="users-of-a-partner")),
)
NOBODY = NotPossible("not possible here, because nobody there is a pilot")


def place(**changes):
    """Build the organisation: agents who take protected accounts down for two hours."""
    desks = honest_work(closes=Moment(2 * HOUR))
    return scene(**{"desks": desks, "posture": IN_FORCE, **changes})


def incident(name="a-last-click", *tries, **parts):
    """Build an incident: the leaver takes the celebrity down."""
    return evolve(scene(misuse=misuse(*tries, **parts)), incident=name)


def put(incident, organisation):
    """Bind as if both were of one world: nothing but the misuse is the incident's."""
    if incident.incident == "elsewhere":
        return NOBODY
    return evolve(
        organisation,
        title=incident.title,
        incident=incident.incident,
        misuse=incident.misuse,
        targets=incident.targets,
        axes=(),
        chosen=incident.chosen,
    )


def assessed(*incidents, **special):
    """Assess with few replications, in this process."""
    given = {"replications": 12, "jobs": 1, "bind": put, "candidates": OFFERED}
    given |= {"organisation": place(), "friction_replications": 3}
    given |= special
    return assess(given.pop("organisation"), incidents or (incident(),), **given)


TWO_WAYS = (
    attempt(through="own-session"),
    attempt(through="shared-secret"),
)
"""What a person tries who has left: the own login, then the desk's shared secret."""
LEFT_OPEN = Posture(
    (
        AutoRevocation(delay=AT_ONCE, failure=0.0),
        SharedSecretRotation(delay=AT_ONCE),
        RateLimit(),
    )
)
"""Each of the first two closes one of these ways."""
ONE_AFTER_THE_OTHER = (
    attempt(ticket="none"),
    attempt(device="unknown", place="elsewhere"),
)
"""The second way is only tried, and only then seen, where the first is refused."""
UNSEEN = Posture((GeoDeviceBinding(), TicketBound(), RateLimit()))
AFTERWARDS = 9 * HOUR
