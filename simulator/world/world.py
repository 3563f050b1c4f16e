"""The state of one run, shared by the lives that are played in it.

It holds what the run knows and remembers; what happens is told in `actions`, `desk`,
`misuse`, `signals` and `response`.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal

from attrs import Factory, define, frozen
from simpy import Environment, Process

from simulator.decisions import ALLOW, Decision, Request, Runbook
from simulator.protocols import AlertRule, Control
from simulator.scenario.scenario import Scenario
from simulator.streams import Constant, Distribution
from simulator.trail import Record
from simulator.view import View
from simulator.world.access import Access
from simulator.world.choices import Choices
from simulator.world.knowledge import Knowledge
from simulator.world.memory import Memory
from simulator.world.pool import Booking, Pool
from simulator.world.stage import Stage

if TYPE_CHECKING:
    from simulator.world.routine import Walk

Decide = Callable[[Request, View], Decision]
Rules = Mapping[str, tuple[AlertRule, ...]]
"""Alerts by the kind of record they watch."""


@frozen
class Deed:
    """A request together with the truth about it, which no system sees.

    Attributes:
        request: What systems see.
        actor: Who really sits there.
        purpose: Honest work, an honest slip, or the misuse.
        intent: Why; "" for honest work.
        meant: The target the person has in mind.
        desists: Chance to give up at each prompt, wait or request for approval.
        approver: Who is sought to approve it.
        accomplice: Who is in on it; None if nobody.
        passes_factor: Chance to pass a prompt for somebody else's own factor.
        fuse: Time from being carried out until it acts.
        step: Position in the plan of the misuse.
        attempt: Position among the tries of that step.
        turn: How often the step was done or tried before.
    """

    request: Request
    actor: str
    purpose: Literal["honest", "honest-slip", "misuse"] = "honest"
    intent: str = ""
    meant: str = ""
    desists: float = 0.0
    approver: Literal["whoever", "rubber-stamp", "accomplice"] = "whoever"
    accomplice: str | None = None
    passes_factor: float = 0.0
    fuse: Distribution = Constant(0)
    step: int = 0
    attempt: int = 0
    turn: int = 0

    @property
    def is_harmful(self) -> bool:
        """Whether it should not happen."""
        return self.purpose != "honest"

    @property
    def is_slip(self) -> bool:
        """Whether the person means another target."""
        return self.purpose == "honest-slip" or self.intent == "slip"

    @property
    def owns_access(self) -> bool:
        """Whether the access used is the person's own, and not a key's."""
        return self.actor == self.request.staff and not self.request.credential


@frozen
class Pending:
    """A deed under way, and the process that plays it."""

    deed: Deed
    process: Process | None


@frozen
class Alarm:
    """A signal in the triage queue."""

    id: str
    label: str
    origin: Literal["inside", "outside"]
    about: str
    staff: str | None
    target: str | None
    urgent: bool
    at: int
    team: str | None = None
    finding: bool = False


@define
class World:
    """Everything that changes, or is asked, while one run goes on.

    Attributes:
        draw: Draws the number that belongs to a purpose and an identity.
        choices: Which of the controls and alerts it is played with are on.
        controls: Those it is played with, by label; ``shadow_controls`` are only asked.
        rules: The alerts it is played with, sorted by label, by the kind of record they
            watch; ``shadow_rules`` are only asked.
        switched_off: Labels of what was switched off in the run.
        granted: Roles that people were given in the run, beside their own.
        told: Labels that have bitten on a step of the misuse already.
        deciders: What every control answers with, only asked or not, by label.
        shadow_access: For each control that acts on leavers and is only asked, the
            access there would be if it were active.
        deeds: Deeds that are not plain honest work, by request.
        pending: Deeds under way, by request.
        effect_at: When a request took effect.
        undo_windows: For each action, how long each control keeps it reversible.
        effects: Requests of harmful deeds that took effect.
        planted: Requests that were carried out and have not taken effect yet.
        broken: What an action holds out of service or has altered, with its request.
        owed: Approvals that people of the desks have not yet made up for.
        consents: When each approver answered a request.
        hear: Takes an alarm to triage.
        memory: What other runs of the same day have found out already.
        walks: Of each desk that goes along a tape, how far it has come.
    """

    env: Environment
    scenario: Scenario
    stage: Stage
    seed: int
    draw: Callable[..., float]
    choices: Choices
    controls: tuple[Control, ...]
    shadow_controls: tuple[Control, ...]
    rules: Rules
    shadow_rules: Rules
    access: Access
    shadow_access: tuple[tuple[str, Access], ...]
    knowledge: Knowledge
    undo_windows: Mapping[str, tuple[tuple[str, int], ...]]
    deciders: tuple[tuple[str, Decide], ...]
    records: list[Record] = Factory(list)
    deeds: dict[str, Deed] = Factory(dict)
    pending: dict[str, Pending] = Factory(dict)
    effect_at: dict[str, int] = Factory(dict)
    effects: set[str] = Factory(set)
    planted: set[str] = Factory(set)
    broken: dict[str, str] = Factory(dict)
    approvers: dict[str, Pool] = Factory(dict)
    owed: dict[str, list[Booking]] = Factory(dict)
    raised: set[tuple[str, str, str]] = Factory(set)
    switched_off: set[str] = Factory(set)
    runbooks: tuple[tuple[str, Runbook], ...] = ()
    granted: dict[str, set[str]] = Factory(dict)
    told: set[tuple[str, int]] = Factory(set)
    consents: dict[str, list[int]] = Factory(dict)
    hear: Callable[[Alarm], None] = lambda alarm: None
    memory: Memory | None = None
    walks: "list[Walk]" = Factory(list)
    analyst_s: int = 0
    approver_s: int = 0

    @property
    def now(self) -> int:
        """Seconds since the scenario's start."""
        return int(self.env.now)

    def ask(self, request: Request) -> list[tuple[str, Decision]]:
        """Ask every control; the answers other than allow, by label."""
        if self.memory is not None:
            return self.memory.ask(
                request, self.deciders, self.knowledge, self.choices.may_be_on
            )
        view, answers = self.knowledge, []
        for label, decide in self.deciders:
            decision = decide(request, view)
            if decision is not ALLOW and decision != ALLOW:
                answers.append((label, decision))
        return answers

    def luck(self, purpose: str, *identity: str | int) -> float:
        """Draw a number that belongs to a purpose and an identity, in every arm."""
        return self.draw(purpose, *identity)

    def disturb(self) -> None:
        """Wake the desks that go along a tape, for it may not hold any longer."""
        for walk in self.walks:
            if walk.desk is not None:
                walk.desk.interrupt()

    def catch_up(self) -> None:
        """Let the organisation's systems know of what was not played up to now."""
        for walk in self.walks:
            walk.note(self)

    def write(self, record: Record) -> None:
        """Append to the trail."""
        self.records.append(record)
