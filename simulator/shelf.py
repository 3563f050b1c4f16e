"""What every entry of the two shelves, controls and alerts, says about itself.

An entry is one frozen attrs class in one file. Its parameters are fields declared with
`simulator.scenario.fields.field`; the rest is said once for the class, below.
"""

from typing import Any, ClassVar, Literal

from attrs import Factory, evolve, frozen

from simulator.decisions import (
    ALLOW,
    DENY,
    Alert,
    Decision,
    ExitOrder,
    Request,
    Runbook,
)
from simulator.scenario.fields import Share, field
from simulator.trail import LeftBehind, Watched
from simulator.view import View

Framework = Literal["nist", "cis", "iso", "attack", "d3fend", "itm", "csg"]


@frozen
class Reference:
    """One id of a published framework; ``weak`` where it only comes nearest."""

    framework: Framework
    id: str
    weak: bool = False


def references(**ids: str) -> tuple[Reference, ...]:
    """Build references from text: ``references(nist="AC-3(2), CM-5(4)~")``.

    A trailing ``~`` marks a weak fit. Source: standards sheet, sections 1.3 and 1.5.
    """
    return tuple(
        Reference(framework, part.strip().rstrip("~"), part.strip().endswith("~"))  # type: ignore[arg-type]
        for framework, listed in ids.items()
        for part in listed.split(", ")
    )


def tier_field(doc: str) -> Any:
    """Declare the lowest tier that an entry covers; usually the top one if none."""
    return field(doc, default=None, ref="tiers", source="assumption")


@frozen(kw_only=True)
class Entry:
    """Common ground of controls and alerts. Subclasses set every class variable."""

    id: ClassVar[str]
    title: ClassVar[str]
    definition: ClassVar[str]
    stops: ClassVar[str]
    does_not_stop: ClassVar[str]
    cost: ClassVar[str]
    sources: ClassVar[tuple[Reference, ...]]

    label: str = field(
        "name of this setting, where a control is tried in more than one",
        default=Factory(lambda self: self.id, takes_self=True),
    )


@frozen(kw_only=True)
class BaseControl(Entry):
    """A control that lets everything pass, does nothing for leavers, keeps nothing."""

    def decide(self, request: Request, view: View) -> Decision:
        """Let it pass."""
        return ALLOW

    def explain(self, request: Request, view: View) -> str:
        """Say what it does; entries say why it did or did not bite."""
        return self.definition

    def exit_orders(self) -> tuple[ExitOrder, ...]:
        """Nothing is done for leavers."""
        return ()

    def undo_window_s(self, action: str) -> int:
        """Nothing is kept reversible."""
        return 0

    def runbook(self) -> Runbook | None:
        """Nothing speeds up restoration."""
        return None


@frozen(kw_only=True)
class Guard(BaseControl):
    """A control that answers requests, and may fail to, as real ones do.

    Entries write `answer` and `reason`; whether they are asked at all is settled here.
    """

    covers: Share = field(
        "share of the staff it is rolled out to",
        default=1.0,
        ge=0,
        le=1,
        source="it works as meant",
    )
    error_rate: Share = field(
        "share of requests at which it fails to answer",
        default=0.0,
        ge=0,
        le=1,
        source="it works as meant",
    )
    on_error: Literal["open", "closed"] = field(
        "whether a request passes or is refused where it fails to answer",
        default="open",
        source="assumption",
    )
    yields_to_emergency: bool = field(
        "whether a declared emergency bypasses it",
        default=False,
        source="it works as meant",
    )

    def decide(self, request: Request, view: View) -> Decision:
        """Answer, unless it stands aside."""
        if self.covers >= 1 and not self.error_rate and not request.emergency:
            return self.answer(request, view)
        if not self._stands_aside(request, view):
            return self.answer(request, view)
        return DENY if self._fails_closed(request, view) else ALLOW

    def explain(self, request: Request, view: View) -> str:
        """Say why it stood aside, or else why it did or did not bite."""
        return self._stands_aside(request, view) or self.reason(request, view)

    def answer(self, request: Request, view: View) -> Decision:
        """Answer a request; entries override it."""
        return ALLOW

    def reason(self, request: Request, view: View) -> str:
        """Say why it did or did not bite; entries override it."""
        return self.definition

    def _stands_aside(self, request: Request, view: View) -> str:
        """Say why it gives no answer of its own; "" if it does."""
        if not view.among(self.covers, self.id, request.staff):
            return f"is not rolled out to {request.staff}"
        if view.among(self.error_rate, f"{self.id} fails", request.id):
            lets = "refuses" if self.on_error == "closed" else "lets pass"
            return f"failed to answer, and {lets} what it fails to answer"
        if request.emergency and self.yields_to_emergency:
            return "yields to the emergency that was declared"
        return ""

    def _fails_closed(self, request: Request, view: View) -> bool:
        return (
            self.on_error == "closed"
            and view.among(self.covers, self.id, request.staff)
            and view.among(self.error_rate, f"{self.id} fails", request.id)
        )


@frozen(kw_only=True)
class BaseAlert(Entry):
    """What all alerts share; those who tell from outside set ``origin``."""

    origin: ClassVar[Literal["inside", "outside"]] = "inside"
    watches: ClassVar[Literal["requested", "executed"]] = "executed"

    def watch(self, record: Watched, view: View) -> Alert | None:
        """Give no signal."""
        return None

    def find(self, left: LeftBehind, view: View) -> Alert | None:
        """Find no access that should be gone."""
        return None

    def explain(self, record: Watched, view: View) -> str:
        """Say what it does; entries say why it did or did not fire."""
        return self.definition


@frozen(kw_only=True)
class Detection(BaseAlert):
    """An alert of the organisation's own, which may be blind or unanswered.

    Entries write `look` and `reason`, those about access left behind `search`; whether
    they see the record and who answers is settled here.
    """

    covers: Share = field(
        "share of the records that reach it",
        default=1.0,
        ge=0,
        le=1,
        source="it works as meant",
    )
    answered_by: str | None = field(
        "the team that answers it; the triage team if not given",
        default=None,
        ref="teams",
        source="assumption",
    )

    def watch(self, record: Watched, view: View) -> Alert | None:
        """Look at the record, if it arrives, and send the signal to its team."""
        if self.covers < 1 and self._misses(record.request, view):
            return None
        return self._to_team(self.look(record, view))

    def find(self, left: LeftBehind, view: View) -> Alert | None:
        """Look at access left behind, if it is seen, and send it to the team."""
        if self._misses(left.request, view):
            return None
        return self._to_team(self.search(left, view))

    def explain(self, record: Watched, view: View) -> str:
        """Say that the record never arrived, or else why it did or did not fire."""
        if self._misses(record.request, view):
            return "the record never reached it"
        return self.reason(record, view)

    def look(self, record: Watched, view: View) -> Alert | None:
        """Look at a record that has arrived; entries override it."""
        return None

    def search(self, left: LeftBehind, view: View) -> Alert | None:
        """Look at access left behind; entries about that override it."""
        return None

    def reason(self, record: Watched, view: View) -> str:
        """Say why it did or did not fire; entries override it."""
        return self.definition

    def _misses(self, request: str, view: View) -> bool:
        return not view.among(self.covers, f"{self.id} log", request)

    def _to_team(self, alert: Alert | None) -> Alert | None:
        if alert is None or self.answered_by is None:
            return alert
        return evolve(alert, team=self.answered_by)
