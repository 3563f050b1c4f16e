"""The organisation: who works there, when, with which access, and who answers alarms.

    organisation = tiers + actions + systems + roles + shifts + teams + staff
                 + credentials + registries + offboarding + desks + approvals
                 + response + backups + posture
    team         = so many people of one role, one employment, one shift
    registry     = how systems learn that a person of one employment leaves
    exit task    = one thing done for a leaver: a trigger, a delay, what it ends
    desk         = honest work: what arrives, how long it takes, how often it slips
    posture      = the controls and alerts in force

Populations are counts; a person is named, by role, only where the story needs one.
"""

from typing import Literal, TypeVar

from attrs import evolve, frozen

from simulator.clock import Moment, Seconds, TimeOfDay, parse_days
from simulator.decisions import CredentialKind, Ends
from simulator.protocols import AlertRule, Control, Labelled
from simulator.scenario.fields import Share, field
from simulator.streams import Constant, Distribution

Employment = Literal["employee", "contractor", "vendor"]
_Item = TypeVar("_Item", bound=Labelled)


@frozen
class Action:
    """A privileged action that the tools of the organisation offer.

    ``takes-down`` puts a target out of service until somebody restores it, ``alters``
    changes it in place, ``exposes`` shows what is private, ``reads`` only looks at what
    anybody may see.
    """

    id: str = field("name of the action")
    effect: Literal["takes-down", "alters", "exposes", "reads"] = field(
        "what it does to a target"
    )
    system: str = field("the system it runs on", ref="systems")
    effect_delay: Distribution = field(
        "time from the accepted click to the effect", default=Constant(0)
    )
    grants: str | None = field(
        "the role it gives to whoever does it", default=None, ref="roles"
    )
    switches_off: tuple[str, ...] = field(
        "labels of the controls and alerts it puts out of force", default=()
    )


@frozen
class System:
    """A system that staff log in to: the console, the identity provider, a VPN.

    A session asks whether its account still works each time a token ends, counted in
    whole token lives from the login; a system with ``refresh-life`` asks only so often.
    Where sessions are pulled, one that is cut lives on to the end of its token.
    """

    id: str = field("name of the system")
    token_life: Seconds = field(
        "how long a session lives on after its account is disabled, counted in whole "
        "token lives from the login",
        ge=1,
    )
    kind: Literal[
        "console",
        "identity-provider",
        "vpn",
        "cloud",
        "database",
        "vendor-tenant",
        "other",
    ] = field("what it is, for the reader", default="console")
    refresh_life: Seconds | None = field(
        "how long a session renews its token without asking for the account; it asks "
        "at every end of a token if not given",
        default=None,
        ge=1,
    )
    revocation: Literal["push", "pull"] = field(
        "whether the system hears at once that a session was ended, or when the token "
        "ends",
        default="push",
    )
    sign_in: str | None = field(
        "the identity provider whose account is needed too", default=None, ref="systems"
    )
    behind: str | None = field(
        "the network it can only be reached through, such as a VPN",
        default=None,
        ref="systems",
    )


@frozen
class Entitlement:
    """Leave to use some actions on targets up to a tier."""

    actions: tuple[str, ...] = field("the actions allowed", ref="actions")
    up_to: str = field("the highest tier of target allowed", ref="tiers")


@frozen
class Role:
    """A job and the entitlements it carries."""

    id: str = field("name of the role")
    may: tuple[Entitlement, ...] = field("what people of the role may do", default=())


@frozen
class ShiftPattern:
    """A weekly pattern of working hours in one time zone."""

    id: str = field("name of the shift")
    days: tuple[str, ...] = field(
        'days of the week, such as "mon-fri"', parse=parse_days
    )
    starts: TimeOfDay = field("local time at which it starts")
    ends: TimeOfDay = field("local time at which it ends; next day if not later")
    zone: str = field("time zone of the shift; the scenario's if not given", default="")


@frozen
class Team:
    """So many people of one role, one employment and one shift."""

    id: str = field("name of the team")
    role: str = field("the role of everybody in it", ref="roles")
    employment: Employment = field("how everybody in it is employed")
    shift: str = field("the shift they all work", ref="shifts")
    size: int = field(
        "people in it beside those named", unit="people", ge=0, le=100_000
    )


@frozen
class Credential:
    """Access beside the own login: a shared secret, a key, a device, an account.

    A shared secret and a shadow account act under their own name, a key and a device
    under their holder's. A device keeps a session open that was opened on it; a key
    needs no session. Whoever leaves with one has it until something ends it.
    """

    id: str = field("name of it; the login that records show where it has its own")
    kind: CredentialKind = field("what it is")
    systems: tuple[str, ...] = field("the systems it opens", ref="systems")
    teams: tuple[str, ...] = field(
        "teams whose people hold it", default=(), ref="teams"
    )
    staff: tuple[str, ...] = field("people who hold it", default=(), ref="staff")
    held: Share = field("share of them who really have it", default=1.0, ge=0, le=1)
    role: str | None = field(
        "the role it carries; the holder's if not given", default=None, ref="roles"
    )
    ends: Moment | None = field("when it expires; never if not given", default=None)
    rotates_every: Seconds | None = field(
        "interval at which it is changed for everybody", default=None, ge=1
    )


@frozen
class Leaving:
    """A departure, as it really is; what systems know of it, a registry says."""

    notice: Moment = field("when the departure is decided and told to the manager")
    separation: Moment = field("end of the last shift")


@frozen
class Person:
    """One member of staff whom the story needs; named by role, never by name."""

    id: str = field("name by role, such as departing-contractor")
    team: str = field("the team the person belongs to", ref="teams")
    shift: str | None = field("a shift of the person's own", default=None, ref="shifts")
    leaving: Leaving | None = field("the departure, if the person leaves", default=None)


@frozen
class Registry:
    """How the organisation's systems come to know that somebody leaves."""

    id: Employment = field("the employment this list is kept for")
    delay: Distribution = field("time from notice to the entry in the list")
    missing: Share = field("share of leavers who are never entered", ge=0, le=1)
    sync: TimeOfDay | None = field(
        "local time of a nightly copy to the systems that ask; at once if not given",
        default=None,
    )


@frozen
class ExitTask:
    """One thing done for every leaver it covers, such as disabling the account.

    Tasks are a graph: one that comes after others waits for all of them, and is never
    done where one of them is not.
    """

    id: str = field("name of the task")
    trigger: Literal["notice", "registry-entry", "separation", "end-of-last-day"] = (
        field("what sets it off")
    )
    delay: Distribution = field("time from the trigger until it is done")
    systems: tuple[str, ...] = field("the systems it covers", ref="systems")
    ends: Ends = field(
        "what it ends: the account (open sessions live on), the open sessions, or "
        "credentials of one kind",
        default="account",
    )
    after: tuple[str, ...] = field(
        "tasks that must be done first", default=(), ref="offboarding"
    )
    hours: str | None = field(
        "the shift in whose hours the delay counts; around the clock if not given",
        default=None,
        ref="shifts",
    )
    employments: tuple[Employment, ...] = field(
        "whom it covers", default=("employee", "contractor", "vendor")
    )
    failure: Share = field("chance that one try fails", default=0.0, ge=0, le=1)
    retry: Distribution | None = field(
        "time from a failed try to the next; never if not given", default=None
    )
    most_tries: int = field(
        "tries made at most", unit="tries", default=10, ge=1, le=1_000
    )
    coverage: Share = field(
        "share of the leavers' accounts, system by system, that it reaches",
        default=1.0,
        ge=0,
        le=1,
    )


@frozen
class TicketKind:
    """One kind of honest work that reaches a desk."""

    id: str = field("name of the kind")
    share: Share = field("share of the desk's tickets", ge=0, le=1)
    handling: Distribution = field("time one ticket keeps a rested person busy")
    action: str | None = field(
        "the privileged action it may need", default=None, ref="actions"
    )
    acts: Share = field("share that needs the action", default=0.0, ge=0, le=1)
    tier: str | None = field(
        "tier of its targets; by population if not given", default=None, ref="tiers"
    )
    cites_ticket: Share = field(
        "share of its actions that name the ticket they serve", default=1.0, ge=0, le=1
    )
    batch: int = field(
        "targets one action touches", unit="targets", default=1, ge=1, le=1_000_000
    )
    emergency: Share = field(
        "share of its actions for which an emergency is declared",
        default=0.0,
        ge=0,
        le=1,
    )


@frozen
class Desk:
    """Honest work: tickets arrive, wait, and are handled by whoever is free first."""

    id: str = field("name of the desk")
    teams: tuple[str, ...] = field("the teams that work it", ref="teams")
    opens: Moment = field("start of the window in which its work is simulated")
    closes: Moment = field("end of that window")
    tickets_per_hour: float = field("mean arrivals", unit="per hour", ge=0, le=100_000)
    kinds: tuple[TicketKind, ...] = field("what arrives", keyed=True)
    slip_rate: Share = field(
        "chance that a rested person's action hits the wrong target", ge=0, le=1
    )
    hour_of_day: tuple[float, ...] = field(
        "24 factors on the arrivals, from local midnight; all 1 if not given",
        default=(),
    )
    slips_grow_per_h: float = field(
        "growth of that chance for each hour into the shift",
        default=0.0,
        unit="per hour",
        ge=0,
        le=100,
    )
    shared_login: str | None = field(
        "a shared secret that its people use", default=None, ref="credentials"
    )
    shared_share: Share = field(
        "share of its actions made with the shared secret", default=0.0, ge=0, le=1
    )
    elsewhere: Share = field(
        "share of its actions from an unusual place", default=0.0, ge=0, le=1
    )
    unmanaged: Share = field(
        "share of its actions from an unknown device", default=0.0, ge=0, le=1
    )
    slows_per_h: float = field(
        "growth of the handling time for each hour into the shift",
        default=0.0,
        unit="per hour",
        ge=0,
        le=10,
    )


@frozen
class Approvals:
    """How people behave who are asked to approve somebody else's action."""

    pick_up: Distribution = field("time until a free approver turns to a request")
    review: Distribution = field("time an approver spends on one request")
    present: Share = field("share of the shift an approver is reachable", ge=0, le=1)
    rubber_stamp: Share = field("share approved without a look", ge=0, le=1)
    sees_harm: Share = field(
        "chance that a look at a harmful request ends in a rejection", ge=0, le=1
    )
    doubts_honest: Share = field(
        "chance that a look at an honest request ends in a rejection", ge=0, le=1
    )
    fatigue: float = field(
        "growth of the share approved without a look for each request answered in the "
        "last eight hours",
        default=0.0,
        unit="per request",
        ge=0,
        le=1,
    )
    colludes: Share = field(
        "share of approvers who are in on the misuse", default=0.0, ge=0, le=1
    )


@frozen
class Statement:
    """Something the organisation tells the public about the incident."""

    id: str = field("name of the statement")
    after: Literal["confirmed", "restored", "attributed"] = field("what it waits for")
    delay: Distribution = field("time from then until it is out")


@frozen
class Night:
    """The hours in which those who are called out have to be woken."""

    starts: TimeOfDay = field("local time from which people are asleep")
    ends: TimeOfDay = field("local time at which they are up")
    call_out: Distribution = field("time to get somebody to answer in these hours")


@frozen
class RestoreStage:
    """A part of a target that comes back before the rest does."""

    id: str = field("name of the stage")
    after: Distribution = field("time from the start of restoration")
    share: Share = field("share of the target that works from then on", ge=0, le=1)


@frozen
class Backup:
    """Copies to restore from where an effect is not kept reversible."""

    id: str = field("name of the backup")
    actions: tuple[str, ...] = field("the actions it can make good", ref="actions")
    every: Seconds = field("interval between two copies", ge=1)
    restore: Distribution = field("time to restore from a copy")
    failure: Share = field(
        "share of copies that turn out unusable", default=0.0, ge=0, le=1
    )
    keeps: int = field("copies kept", unit="copies", default=1, ge=1, le=10_000)


@frozen
class Response:
    """Who answers alarms, and how long each part of the answer takes."""

    triage_team: str = field("the team that answers alarms", ref="teams")
    call_out: Distribution = field(
        "time to get somebody to answer when nobody of the team is on shift"
    )
    routing: Distribution = field("time a report from outside takes to reach triage")
    triage: Distribution = field("time one alarm keeps an analyst busy")
    confirms: Share = field("chance that a true alarm is confirmed", ge=0, le=1)
    believes_false: Share = field(
        "chance that a false alarm is taken for true", ge=0, le=1
    )
    contain: Distribution = field("time from confirmation until access is ended")
    restore_role: str = field("the role whose people can restore", ref="roles")
    restore: Distribution = field(
        "time to undo an action that is kept reversible, once somebody is at it"
    )
    rebuild: Distribution = field("time to restore what is not kept reversible")
    derived_state: Distribution = field(
        "time from restoration until derived state, such as follower counts, is whole"
    )
    attribute: Distribution = field(
        "time from confirmation until the records name who did it and how"
    )
    night: Night | None = field(
        "when those called out are asleep; never if not given", default=None
    )
    key_holders: int = field(
        "people needed together to restore", unit="people", default=1, ge=1, le=100
    )
    stages: tuple[RestoreStage, ...] = field(
        "what comes back before the rest", default=(), keyed=True
    )
    statements: tuple[Statement, ...] = field(
        "what is told to the public", default=(), keyed=True
    )


@frozen
class Population:
    """How many targets of one tier exist beside those named."""

    id: str = field("the tier", ref="tiers")
    count: int = field("targets of the tier", unit="targets", ge=1)
    audience: int = field("typical audience of one", unit="people", default=0, ge=0)


@frozen
class Posture:
    """A set of controls and alerts; order carries no meaning.

    As the organisation's posture it is what was in force; as an arm of an experiment it
    is what is switched on in that arm.
    """

    controls: tuple[Control, ...] = field("access controls", default=())
    alerts: tuple[AlertRule, ...] = field("alerts and witnesses", default=())

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels, sorted."""
        items: tuple[Labelled, ...] = (*self.controls, *self.alerts)
        return tuple(sorted(item.label for item in items))

    def plus(self, other: "Posture") -> "Posture":
        """Add another posture; where both have a label, the other's setting wins."""
        return Posture(
            _merged(self.controls, other.controls), _merged(self.alerts, other.alerts)
        )

    def minus(self, label: str) -> "Posture":
        """Take one control or alert away by its label."""
        return evolve(
            self,
            controls=tuple(c for c in self.controls if c.label != label),
            alerts=tuple(a for a in self.alerts if a.label != label),
        )

    def __contains__(self, label: object) -> bool:
        return label in self.labels


def _merged(mine: tuple[_Item, ...], theirs: tuple[_Item, ...]) -> tuple[_Item, ...]:
    by_label = {item.label: item for item in (*mine, *theirs)}
    return tuple(by_label[label] for label in sorted(by_label))


@frozen
class Organisation:
    """Everything about the platform that does not depend on the incident."""

    name: str = field("neutral name of the organisation")
    tiers: tuple[str, ...] = field("tiers of targets, lowest first")
    actions: tuple[Action, ...] = field("privileged actions", keyed=True)
    systems: tuple[System, ...] = field("systems staff log in to", keyed=True)
    roles: tuple[Role, ...] = field("roles and their entitlements", keyed=True)
    shifts: tuple[ShiftPattern, ...] = field("working hours", keyed=True)
    teams: tuple[Team, ...] = field("who works there", keyed=True)
    response: Response = field("who answers alarms")
    approvals: Approvals = field("how approvers behave")
    populations: tuple[Population, ...] = field("targets by tier", keyed=True)
    staff: tuple[Person, ...] = field("people the story needs", default=(), keyed=True)
    registries: tuple[Registry, ...] = field(
        "how systems learn of leavers", default=(), keyed=True
    )
    credentials: tuple[Credential, ...] = field(
        "access beside the own logins", default=(), keyed=True
    )
    offboarding: tuple[ExitTask, ...] = field(
        "what is done for a leaver", default=(), keyed=True
    )
    backups: tuple[Backup, ...] = field("copies kept", default=(), keyed=True)
    desks: tuple[Desk, ...] = field("honest work", default=(), keyed=True)
    posture: Posture = field("controls and alerts in force", default=Posture())
