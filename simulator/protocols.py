"""All the world asks of a control or an alert; any object that keeps these can be used.

Both are pure: frozen values in, a value out. They hold no state, no generator and no
clock; what they seem to need of the past is a question to the `View`, and a chance is
returned as a number, for the world to draw.
"""

from typing import Literal, Protocol

from simulator.decisions import Alert, Decision, ExitOrder, Request, Runbook
from simulator.trail import LeftBehind, Watched
from simulator.view import View


class Labelled(Protocol):
    """Anything that can be switched on."""

    @property
    def label(self) -> str:
        """Name of this setting; unique in an arm."""


class Control(Labelled, Protocol):
    """An access control: frozen values in, an answer out, no state of its own."""

    def decide(self, request: Request, view: View) -> Decision:
        """Answer a request from what the organisation's systems know."""

    def explain(self, request: Request, view: View) -> str:
        """Say in one sentence why it did or did not bite."""

    def exit_orders(self) -> tuple[ExitOrder, ...]:
        """Say what it does for leavers; usually nothing."""

    def undo_window_s(self, action: str) -> int:
        """Say how long an effect of the action is kept reversible; 0 for not."""

    def runbook(self) -> Runbook | None:
        """Say how it speeds up restoration; usually not at all."""


class AlertRule(Labelled, Protocol):
    """An alert or an outside witness: a record in, perhaps a signal out."""

    @property
    def origin(self) -> Literal["inside", "outside"]:
        """Whether the organisation itself sees it, or is told by others."""

    @property
    def watches(self) -> Literal["requested", "executed"]:
        """The kind of record it looks at; it is shown no other."""

    def watch(self, record: Watched, view: View) -> Alert | None:
        """Look at a record and say which signal it gives, if any."""

    def find(self, left: LeftBehind, view: View) -> Alert | None:
        """Look at access that should be gone: when is it found? Usually never."""

    def explain(self, record: Watched, view: View) -> str:
        """Say in one sentence why it did or did not fire."""
