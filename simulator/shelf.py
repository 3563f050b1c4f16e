"""What every entry of the two shelves, controls and alerts, says about itself.

An entry is one frozen attrs class in one file. Its parameters are fields declared with
`simulator.scenario.fields.field`; the rest is said once for the class, below.
"""

from typing import Any, ClassVar, Literal

from attrs import Factory, frozen

from simulator.decisions import ALLOW, Alert, Decision, ExitOrder, Request
from simulator.scenario.fields import field
from simulator.trail import Executed, Requested
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


@frozen(kw_only=True)
class BaseAlert(Entry):
    """What all alerts share; those who tell from outside set ``origin``."""

    origin: ClassVar[Literal["inside", "outside"]] = "inside"
    watches: ClassVar[Literal["requested", "executed"]] = "executed"

    def watch(self, record: Requested | Executed, view: View) -> Alert | None:
        """Give no signal."""
        return None

    def explain(self, record: Requested | Executed, view: View) -> str:
        """Say what it does; entries say why it did or did not fire."""
        return self.definition
