"""Small scenarios for tests, built from nouns; every part can be replaced."""

from attrs import evolve

from simulator.clock import Moment, Seconds, TimeOfDay
from simulator.scenario.misuse import Attempt, Misuse, Requirement, Step, Target, When
from simulator.scenario.organisation import (
    Action,
    Approvals,
    Credential,
    Desk,
    Entitlement,
    ExitTask,
    Leaving,
    Organisation,
    Person,
    Population,
    Posture,
    Registry,
    Response,
    Role,
    ShiftPattern,
    System,
    Team,
    TicketKind,
)
from simulator.scenario.scenario import Scenario, Timeline, Tolerances
from simulator.streams import Constant

MINUTE, HOUR, DAY = 60, 3600, 86400
AT_ONCE = Constant(Seconds(0))
EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def scene(*, horizon=12 * HOUR, misuse=None, targets=None, **organisation):
    """Build a scenario that starts on Monday 9 March 2026, 08:00 in London."""
    return Scenario(
        title="a scene",
        question="what happens?",
        clock=Timeline("2026-03-09T08:00", "Europe/London", Seconds(horizon)),
        organisation=evolve(ORGANISATION, **organisation),
        tolerances=Tolerances(Seconds(2 * MINUTE), Seconds(5 * MINUTE)),
        targets=targets or (Target("celebrity", "protected", audience=1_000_000),),
        misuse=misuse,
    )


def misuse(*tries, at=HOUR, intent="gesture", desists=0.0, who=None):
    """Build a misuse of one step by the leaver; one plain attempt if none is given."""
    return Misuse(
        who=who or Requirement(person="leaver"),
        intent=intent,
        when=When(at=Moment(at)),
        plan=(Step(tries or (attempt(),)),),
        desists=desists,
    )


def plan(*steps, **parts):
    """Build a misuse of several steps, each of which is done once, in one way."""
    return evolve(misuse(**parts), plan=tuple(Step((way,)) for way in steps))


def again(times, every, *tries, on="fresh-targets", **parts):
    """Build a misuse of one step that is done over and over."""
    step = Step(tries or (attempt(),), times, Constant(Seconds(every)), on)
    return evolve(misuse(**parts), plan=(step,))


def attempt(**parts):
    """Build an attempt to deactivate the celebrity's account."""
    return Attempt(
        **{
            "action": "deactivate",
            "target": "celebrity",
            "ticket": "same-target",
            **parts,
        }
    )


def leaver(*, notice=0, separation=8 * HOUR, team="desk"):
    """Build the person who leaves."""
    return Person("leaver", team, leaving=Leaving(Moment(notice), Moment(separation)))


def desk(**parts):
    """Build a desk that is open for eight hours, with no tickets unless told."""
    return Desk(
        **{
            "id": "front",
            "teams": ("desk",),
            "opens": Moment(0),
            "closes": Moment(8 * HOUR),
            "tickets_per_hour": 0.0,
            "kinds": (kind(),),
            "slip_rate": 0.0,
            **parts,
        }
    )


def honest_work(*kinds, **parts):
    """Build the desks: one, to which come a dozen protected targets an hour."""
    busy = {"tickets_per_hour": 12.0, "kinds": kinds or (kind(tier="protected"),)}
    return (desk(**{**busy, **parts}),)


def kind(**parts):
    """Build a kind of ticket that always needs a deactivation."""
    return TicketKind(
        **{
            "id": "report",
            "share": 1.0,
            "handling": Constant(Seconds(5 * MINUTE)),
            "action": "deactivate",
            "acts": 1.0,
            **parts,
        }
    )


ORGANISATION = Organisation(
    name="scene",
    tiers=("ordinary", "protected"),
    actions=(Action("deactivate", "takes-down", "console"),),
    systems=(System("console", Seconds(8 * HOUR)),),
    roles=(
        Role("agent", (Entitlement(("deactivate",), "protected"),)),
        Role("lead", (Entitlement(("deactivate",), "protected"),)),
        Role("operator"),
    ),
    shifts=(
        ShiftPattern("day", EVERY_DAY, TimeOfDay(8 * HOUR), TimeOfDay(16 * HOUR)),
        ShiftPattern("always", EVERY_DAY, TimeOfDay(0), TimeOfDay(24 * HOUR)),
    ),
    teams=(
        Team("desk", "agent", "contractor", "day", 2),
        Team("leads", "lead", "employee", "always", 1),
        Team("watch", "operator", "employee", "always", 1),
    ),
    staff=(leaver(),),
    credentials=(Credential("shared-desk", "shared-secret", ("console",), ("desk",)),),
    registries=(Registry("contractor", AT_ONCE, 0.0),),
    populations=(Population("ordinary", 1_000, audience=100),),
    approvals=Approvals(AT_ONCE, Constant(Seconds(MINUTE)), 1.0, 0.0, 1.0, 0.0),
    response=Response(
        triage_team="watch",
        call_out=Constant(Seconds(15 * MINUTE)),
        routing=Constant(Seconds(MINUTE)),
        triage=Constant(Seconds(2 * MINUTE)),
        confirms=1.0,
        believes_false=0.0,
        contain=Constant(Seconds(MINUTE)),
        restore_role="operator",
        restore=Constant(Seconds(3 * MINUTE)),
        rebuild=Constant(Seconds(2 * HOUR)),
        derived_state=Constant(Seconds(HOUR)),
        attribute=Constant(Seconds(30 * MINUTE)),
    ),
    posture=Posture(),
)
BELOW = (Target("celebrity", "ordinary", audience=1_000_000),)
"""The same target, where the register ranks it low."""
NEVER_ENTERED = (Registry("contractor", AT_ONCE, 1.0),)
"""A registry that no leaver is ever entered in."""
BESIDE = (
    *ORGANISATION.credentials,
    Credential("laptop", "device", ("console",), ("desk",)),
    Credential("deploy-key", "api-key", ("console",), ("desk",)),
    Credential("old-admin", "shadow-account", ("console",), ("desk",)),
)
"""Access of every kind beside the own login: a work device keeps sessions open."""
IN_PLACE = (Action("deactivate", "alters", "console"),)
"""The same action, where it changes a target that stays in service."""
CLOSED = (ExitTask("close-account", "separation", AT_ONCE, ("console",)),)
"""Offboarding that closes the account when its owner leaves, and ends no more."""
