"""Hypothesis strategies for small scenarios that are always valid, and for postures.

A scenario spans one short working day of a small organisation: enough for tickets to
queue, approvers to be away, a leaver's access to end, and a misuse to find another way.
"""

from collections.abc import Iterable, Mapping
from typing import Any, get_args

import attrs
from hypothesis import strategies as st

from simulator.alerts import CATALOGUE as ALERTS
from simulator.clock import Moment, Seconds, TimeOfDay
from simulator.controls import CATALOGUE as CONTROLS
from simulator.decisions import Alert, CredentialKind, Ends
from simulator.scenario.fields import Share
from simulator.scenario.misuse import (
    Attempt,
    Misuse,
    Requirement,
    Step,
    Target,
    Through,
    When,
)
from simulator.scenario.organisation import (
    Action,
    Approvals,
    Backup,
    Credential,
    Desk,
    Entitlement,
    ExitTask,
    Leaving,
    Night,
    Organisation,
    Person,
    Population,
    Posture,
    Registry,
    Response,
    RestoreStage,
    Role,
    ShiftPattern,
    Statement,
    System,
    Team,
    TicketKind,
)
from simulator.scenario.scenario import Scenario, Timeline, Tolerances
from simulator.shelf import BaseAlert
from simulator.streams import (
    Constant,
    Distribution,
    Exponential,
    LogNormal,
    Triangular,
    Uniform,
)
from simulator.trail import Watched
from simulator.view import View

MINUTE, HOUR = 60, 3600
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

shares = st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]).map(Share)
seeds = st.integers(0, 2**31)


def spans(low: int = 0, high: int = 2 * HOUR) -> st.SearchStrategy[Distribution]:
    """Distributions of times between two bounds, of every shape."""
    seconds = st.integers(low, high).map(Seconds)
    several = st.lists(seconds, min_size=3, max_size=3).map(sorted)
    return st.one_of(
        seconds.map(Constant),
        several.map(lambda s: Uniform(s[0], s[2])),
        several.map(lambda s: Triangular(s[0], s[1], s[2])),
        several.map(lambda s: LogNormal(Seconds(s[0] + 1), Seconds(s[2] + 1))),
        seconds.map(lambda s: Exponential(Seconds(s + 1))),
    )


@st.composite
def postures(draw: st.DrawFn, *, controls: int = 5, alerts: int = 4) -> Posture:
    """Sets of controls and alerts of the catalogue: some work, some fail at times."""
    return Posture(
        controls=tuple(
            draw(_faulty(CONTROLS[name]()))
            for name in draw(_names(CONTROLS, most=controls))
        ),
        alerts=tuple(
            draw(_faulty(ALERTS[name]())) for name in draw(_names(ALERTS, most=alerts))
        ),
    )


_FAULTS: Mapping[str, st.SearchStrategy[Any]] = {
    "covers": shares,
    "error_rate": shares,
    "on_error": st.sampled_from(["open", "closed"]),
    "yields_to_emergency": st.booleans(),
    "answered_by": st.sampled_from([None, "watch", "leads", "nobody"]),
}


@st.composite
def _faulty(draw: st.DrawFn, entry: Any) -> Any:
    """An entry as it is, or with the ways in which it can fail drawn."""
    faults = [name for name in attrs.fields_dict(type(entry)) if name in _FAULTS]
    if not faults or draw(st.booleans()):
        return entry
    return attrs.evolve(entry, **{name: draw(_FAULTS[name]) for name in faults})


def _names(shelf: Iterable[str], *, most: int) -> st.SearchStrategy[list[str]]:
    names = sorted(shelf)
    return st.lists(st.sampled_from(names), max_size=most, unique=True)


def everything() -> Posture:
    """All controls and alerts of the catalogue, with their default settings."""
    return Posture(
        tuple(control() for control in CONTROLS.values()),
        tuple(alert() for alert in ALERTS.values()),
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Small scenarios, with a misuse in most of them."""
    return Scenario(
        title="generated",
        question="does the law hold?",
        clock=Timeline("2026-03-09T08:00", "Europe/London", Seconds(14 * HOUR)),
        organisation=draw(_organisations()),
        tolerances=Tolerances(
            tolerable_outage=Seconds(draw(st.integers(0, HOUR))),
            caught_within=Seconds(draw(st.integers(0, HOUR))),
        ),
        targets=(
            Target(
                "celebrity",
                "protected",
                audience=draw(st.sampled_from([0, 1_000, 10_000_000])),
                owner_answers=draw(st.none() | spans()),
            ),
        ),
        misuse=draw(st.none() | misuses() | misuses()),
    )


@attrs.frozen(kw_only=True)
class Suspicion(BaseAlert):
    """An alert that names at once whoever acts without a ticket."""

    id = "suspicion"
    definition = "names whoever acts without citing a ticket"

    def watch(self, record: Watched, view: View) -> Alert | None:
        """Name whoever did it."""
        return Alert(staff=record.staff) if record.ticket is None else None


@st.composite
def suspicious_days(draw: st.DrawFn) -> tuple[Scenario, Posture]:
    """Busy days on which a rare false alarm ends access while there is work left.

    Returns:
        A scenario, and an alert that fires on a few of its honest acts, perhaps with a
        control.
    """
    # About one unusual act a day.
    scenario = draw(scenarios())
    of = scenario.organisation
    (usual,) = of.desks
    desk = attrs.evolve(
        usual,
        tickets_per_hour=20.0,
        kinds=tuple(
            attrs.evolve(
                kind,
                handling=draw(spans(MINUTE, 5 * MINUTE)),
                cites_ticket=Share(0.99),
                acts=Share(0.9),
            )
            for kind in usual.kinds
        ),
        slip_rate=Share(0.0),
    )
    response = attrs.evolve(
        of.response,
        routing=draw(spans(7, MINUTE)),
        triage=draw(spans(7, MINUTE)),
        contain=draw(spans(7, MINUTE)),
        attribute=draw(spans(HOUR, 4 * HOUR)),
        believes_false=Share(1.0),
    )
    analyst = Team("watch", "lead", "employee", "always", 1)
    teams = (*(team for team in of.teams if team.id != "watch"), analyst)
    takes_down, *others = of.actions
    actions = (attrs.evolve(takes_down, effect_delay=Constant(Seconds(0))), *others)
    organisation = attrs.evolve(
        of, desks=(desk,), response=response, teams=teams, actions=actions
    )
    arm = draw(postures(controls=1, alerts=0)).plus(Posture((), (Suspicion(),)))
    return attrs.evolve(scenario, organisation=organisation), arm


@st.composite
def _organisations(draw: st.DrawFn) -> Organisation:
    separation = draw(st.integers(HOUR, 12 * HOUR))
    return Organisation(
        name="generated",
        tiers=("ordinary", "protected"),
        actions=(
            Action("deactivate", "takes-down", "console", draw(_effect_delays())),
            Action("look-up", "reads", "console"),
            Action("view-private", "exposes", "console"),
            Action("make-lead", "alters", "console", grants="lead"),
            Action("unlock", "alters", "console", switches_off=tuple(CONTROLS)),
        ),
        systems=draw(_systems()),
        roles=(
            Role("agent", (_may(draw(st.sampled_from(["ordinary", "protected"]))),)),
            Role("lead", (_may("protected"),)),
        ),
        shifts=(
            _shift("day", 8, draw(st.integers(12, 20))),
            _shift("always", 0, 24),
        ),
        teams=(
            Team("desk", "agent", "contractor", "day", draw(st.integers(1, 4))),
            Team("leads", "lead", "employee", "day", draw(st.integers(0, 2))),
            Team("watch", "lead", "employee", "always", draw(st.integers(0, 2))),
            Team("nobody", "lead", "employee", "day", 0),
        ),
        staff=(
            Person(
                "leaver",
                "desk",
                leaving=Leaving(
                    Moment(draw(st.integers(-10 * HOUR, separation))),
                    Moment(separation),
                ),
            ),
        ),
        registries=(Registry("contractor", draw(spans(0, 24 * HOUR)), draw(shares)),),
        credentials=draw(_credentials()),
        offboarding=draw(_offboarding()),
        backups=draw(st.just(()) | st.tuples(_backups())),
        desks=(draw(_desks()),),
        populations=(
            Population("ordinary", 1_000_000, audience=100),
            Population("protected", 10, audience=1_000_000),
        ),
        approvals=draw(_approvals()),
        response=draw(_responses()),
    )


@st.composite
def _approvals(draw: st.DrawFn) -> Approvals:
    return Approvals(
        draw(spans(0, 10 * MINUTE)),
        draw(spans(0, 10 * MINUTE)),
        present=draw(shares),
        rubber_stamp=draw(shares),
        sees_harm=draw(shares),
        doubts_honest=draw(shares),
        fatigue=draw(st.sampled_from([0.0, 0.1])),
        colludes=draw(shares),
    )


def _effect_delays() -> st.SearchStrategy[Distribution]:
    return st.just(Constant(Seconds(0))) | spans(0, HOUR)


@st.composite
def _systems(draw: st.DrawFn) -> tuple[System, ...]:
    life = draw(st.sampled_from([HOUR, 8 * HOUR]))
    console = System(
        "console",
        Seconds(life),
        refresh_life=draw(st.none() | st.just(Seconds(3 * life))),
        revocation=draw(st.sampled_from(["push", "pull"])),
        sign_in=draw(st.sampled_from([None, "directory"])),
        behind=draw(st.sampled_from([None, "vpn"])),
    )
    directory = System("directory", Seconds(HOUR), "identity-provider")
    return console, directory, System("vpn", Seconds(HOUR), "vpn")


@st.composite
def _credentials(draw: st.DrawFn) -> tuple[Credential, ...]:
    """Some of a shared secret, a key, a shadow account and a device of the leaver."""
    kinds = get_args(CredentialKind)
    return tuple(
        Credential(
            f"a-{kind}",
            kind,
            draw(st.sampled_from([("console",), ("console", "vpn")])),
            teams=("desk",) if kind == "shared-secret" else (),
            staff=("leaver",),
            held=draw(shares),
            ends=draw(st.none() | st.integers(0, 14 * HOUR).map(Moment)),
            rotates_every=draw(st.none() | st.just(Seconds(2 * HOUR))),
        )
        for kind in draw(st.lists(st.sampled_from(kinds), max_size=4, unique=True))
    )


@st.composite
def _offboarding(draw: st.DrawFn) -> tuple[ExitTask, ...]:
    """Up to three tasks, each after some of those before it."""
    tasks: list[ExitTask] = []
    for number in range(draw(st.integers(0, 3))):
        earlier = [task.id for task in tasks]
        after = st.lists(st.sampled_from(earlier or [""]), unique=True)
        tasks.append(
            ExitTask(
                f"task-{number}",
                draw(st.sampled_from(["notice", "registry-entry", "separation"])),
                draw(spans()),
                draw(st.sampled_from([("console",), ("directory",), ("vpn",)])),
                draw(st.sampled_from(get_args(Ends))),
                after=tuple(draw(after)) if earlier else (),
                hours=draw(st.sampled_from([None, "day"])),
                failure=draw(shares),
                retry=draw(st.none() | spans()),
                most_tries=3,
                coverage=draw(shares),
            )
        )
    return tuple(tasks)


@st.composite
def _backups(draw: st.DrawFn) -> Backup:
    return Backup(
        "nightly",
        ("deactivate",),
        Seconds(draw(st.sampled_from([HOUR, 24 * HOUR]))),
        draw(spans()),
        draw(shares),
        draw(st.integers(1, 3)),
    )


def _may(tier: str) -> Entitlement:
    every = ("deactivate", "look-up", "view-private", "make-lead", "unlock")
    return Entitlement(every, tier)


def _shift(name: str, start_h: int, end_h: int) -> ShiftPattern:
    return ShiftPattern(name, WEEK, TimeOfDay(start_h * HOUR), TimeOfDay(end_h * HOUR))


@st.composite
def _desks(draw: st.DrawFn) -> Desk:
    return Desk(
        "desk",
        ("desk",),
        opens=Moment(draw(st.integers(0, HOUR))),
        closes=Moment(draw(st.integers(2 * HOUR, 6 * HOUR))),
        tickets_per_hour=draw(st.sampled_from([0.0, 5.0, 20.0, 40.0])),
        kinds=(
            TicketKind(
                "report",
                Share(0.8),
                draw(spans(0, 20 * MINUTE)),
                "deactivate",
                draw(shares),
                cites_ticket=draw(shares),
                batch=draw(st.sampled_from([1, 200])),
                emergency=draw(shares),
            ),
            TicketKind(
                "important",
                Share(0.2),
                draw(spans(0, 20 * MINUTE)),
                "deactivate",
                draw(shares),
                tier="protected",
            ),
        ),
        slip_rate=draw(st.sampled_from([Share(0.0), Share(0.1)])),
        slips_grow_per_h=draw(st.sampled_from([0.0, 0.5])),
        slows_per_h=draw(st.sampled_from([0.0, 0.1])),
        elsewhere=draw(shares),
        unmanaged=draw(shares),
    )


@st.composite
def _responses(draw: st.DrawFn) -> Response:
    # Where all goes quickly, false alarms end access while there is work to refuse.
    longest = draw(st.sampled_from([2 * MINUTE, HOUR]))
    times = [draw(spans(0, longest)) for _ in range(7)]
    return Response(
        triage_team="watch",
        call_out=times[0],
        routing=times[1],
        triage=times[2],
        confirms=draw(shares),
        believes_false=draw(shares),
        contain=times[3],
        restore_role="lead",
        restore=times[4],
        rebuild=times[5],
        derived_state=times[6],
        attribute=draw(spans(0, 4 * HOUR)),
        statements=(Statement("first", "restored", draw(spans())),),
        night=draw(st.none() | st.just(NIGHT)),
        stages=draw(st.just(()) | st.tuples(_stages())),
    )


NIGHT = Night(
    TimeOfDay(20 * HOUR), TimeOfDay(6 * HOUR), LogNormal(Seconds(HOUR), Seconds(5_000))
)


def _stages() -> st.SearchStrategy[RestoreStage]:
    return st.builds(RestoreStage, st.just("read-only"), spans(), shares)


def attempts() -> st.SearchStrategy[Attempt]:
    """Tries at a harmful action, by every way there is."""
    harmful = ["deactivate", "deactivate", "view-private", "make-lead", "unlock"]
    return st.builds(
        Attempt,
        action=st.sampled_from(harmful),
        target=st.just("celebrity"),
        by=st.sampled_from(["actor", "actor", "accomplice"]),
        through=st.sampled_from(get_args(Through)),
        possible=shares,
        ticket=st.sampled_from(["same-target", "other-target", "self-opened", "none"]),
        wait=spans(0, HOUR),
        approver=st.sampled_from(["whoever", "rubber-stamp", "accomplice"]),
        batch=st.sampled_from([1, 1, 500]),
        fuse=st.just(Constant(Seconds(0))) | spans(0, 2 * HOUR),
        emergency=st.booleans(),
        device=st.sampled_from(["managed", "unknown"]),
        place=st.sampled_from(["usual", "elsewhere"]),
        passes_factor=shares,
    )


@st.composite
def _whens(draw: st.DrawFn) -> When:
    """Begin while the leaver has honest work to do, or around the end of it."""
    if draw(st.booleans()):
        return When(at=Moment(draw(st.integers(0, 2 * HOUR))))
    return When(
        anchor=draw(st.sampled_from(["shift-end", "separation", "notice"])),
        before=Seconds(draw(st.integers(0, 2 * HOUR))),
        after=Seconds(draw(st.integers(0, HOUR))),
    )


@st.composite
def misuses(draw: st.DrawFn) -> Misuse:
    """Plans of a leaver: one step or two, once or several times over."""
    steps = st.builds(
        Step,
        tries=st.lists(attempts(), min_size=1, max_size=3).map(tuple),
        times=st.sampled_from([1, 1, 4]),
        every=spans(0, HOUR),
        on=st.sampled_from(["fresh-targets", "same-target"]),
    )
    return Misuse(
        who=Requirement(person="leaver", leaving=True),
        intent=draw(st.sampled_from(["gesture", "slip", "revenge"])),
        when=draw(_whens()),
        plan=tuple(draw(st.lists(steps, min_size=1, max_size=2))),
        desists=draw(shares),
        accomplice=Requirement(role=draw(st.sampled_from(["agent", "lead"]))),
    )
