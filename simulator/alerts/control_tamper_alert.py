"""Control tamper: whoever switches off a control or an alert raises an alarm."""

from attrs import frozen

from simulator.alerts._fields import ingest_field
from simulator.alerts._reasons import no_effect, soon
from simulator.decisions import Alert
from simulator.scenario.fields import field
from simulator.shelf import Detection, references
from simulator.streams import Distribution
from simulator.trail import Executed, Watched
from simulator.view import View


@frozen(kw_only=True)
class ControlTamperAlert(Detection):
    """Raise an alarm when an action switches off what protects or watches.

    Of the action that switches this alert itself off, it still tells where the change
    is logged out of reach of whoever makes it.
    """

    id = "control-tamper-alert"
    title = "Alert on tampering with controls"
    definition = "An action that switches off a control or an alert takes effect."
    stops = "Acts that are prepared by silencing what would stop or show them."
    does_not_stop = (
        "The change itself, what is done before anybody looks, and changes by people "
        "whose role makes them part of routine."
    )
    cost = "False alarms on honest changes of controls and alerts."
    sources = references(
        nist="AU-5, AU-5(2), AU-9, CM-6(2)",
        cis="8.2~",
        iso="A.8.15, A.8.32",
        attack="T1562.008, DET0289",
        itm="DT081, DT106",
        csg="17",
    )

    objects: tuple[str, ...] = field(
        "labels of the controls and alerts watched; all if none is given",
        default=(),
        source="assumption",
    )
    quiet_roles: tuple[str, ...] = field(
        "roles whose changes are planned and raise no alarm",
        default=(),
        ref="roles",
        source="assumption",
    )
    logs_elsewhere: bool = field(
        "whether it tells of its own switching off, logged out of reach",
        default=True,
        source="it works as meant",
    )
    ingest: Distribution = ingest_field()

    def look(self, record: Watched, view: View) -> Alert | None:
        """Fire where something watched is switched off, unless silenced by it."""
        if not isinstance(record, Executed) or not self._hit(record, view):
            return None
        if self._is_quiet(record, view) or self._is_silenced(record, view):
            return None
        return Alert(record.staff, record.target, self.ingest)

    def reason(self, record: Watched, view: View) -> str:
        """Name what is switched off, and whose doing it is."""
        if why := no_effect(record):
            return why
        off = ", ".join(view.switches_off(record.action))
        said = f"{record.action} switches off {off or 'nothing'}"
        if not off:
            return said
        if not self._hit(record, view):
            return f"{said}; watched is only {', '.join(self.objects)}"
        if self._is_quiet(record, view):
            role = view.role(record.staff)
            return f"{said}, as planned: {record.staff} has role {role}"
        if self._is_silenced(record, view):
            return f"{said}, so its own log is silent about it"
        return f"{said}: fires {soon(self.ingest)}"

    def _hit(self, record: Watched, view: View) -> bool:
        off = view.switches_off(record.action)
        return any(not self.objects or label in self.objects for label in off)

    def _is_quiet(self, record: Watched, view: View) -> bool:
        return view.role(record.staff) in self.quiet_roles

    def _is_silenced(self, record: Watched, view: View) -> bool:
        own = self.label in view.switches_off(record.action)
        return own and not self.logs_elsewhere
