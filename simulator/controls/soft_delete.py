"""Soft delete: what was done can be undone for a while."""

from attrs import frozen

from simulator.clock import DAY, Seconds, format_duration
from simulator.controls._reasons import harmless
from simulator.decisions import Request
from simulator.scenario.fields import field
from simulator.shelf import BaseControl, references
from simulator.view import View


@frozen(kw_only=True)
class SoftDelete(BaseControl):
    """Keep effects reversible for a window."""

    id = "soft-delete"
    title = "Soft delete"
    definition = (
        "The effect of an action is reversible for a window; content and name are kept "
        "until it ends."
    )
    stops = (
        "Nothing from happening; it turns a rebuild into an undo, so that an outage "
        "is short once somebody is at it."
    )
    does_not_stop = (
        "The act and the outage until somebody notices, an act that is noticed after "
        "the window, and what was shown, which nobody can take back."
    )
    cost = (
        "Nothing that honest work feels; storage, and content that should be gone is "
        "kept until the window ends."
    )
    sources = references(
        nist="CP-10(4), CP-10(2), CP-9",
        cis="11.1, 11.2",
        iso="A.8.13, A.8.14~",
        attack="M1053",
        d3fend="D3-RUAA, D3-RO",
    )

    undo_window: Seconds = field(
        "how long an effect can be undone",
        default=30 * DAY,
        ge=0,
        source="Microsoft Entra documentation, soft-deleted identities; the same in "
        "incident microblog-lastday-2017 (R)",
    )
    actions: tuple[str, ...] = field(
        "the actions it keeps reversible; all if none is given",
        default=(),
        ref="actions",
        source="assumption",
    )

    def undo_window_s(self, action: str) -> int:
        """Keep the actions covered reversible."""
        covered = not self.actions or action in self.actions
        return self.undo_window if covered else 0

    def explain(self, request: Request, view: View) -> str:
        """Name the window."""
        if why := harmless(request, view):
            return why
        window = self.undo_window_s(request.action)
        if not window:
            return f"does not keep {request.action} reversible"
        until = view.wall(request.at + window)
        return (
            f"prevents nothing; {request.action} on {request.target} can be undone for "
            f"{format_duration(window)}, until {until}"
        )
