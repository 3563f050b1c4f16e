"""Impossible travel or device: the session does not fit the person."""

from attrs import frozen

from simulator.alerts._fields import ingest_field
from simulator.alerts._reasons import no_request, soon
from simulator.decisions import Alert
from simulator.scenario.fields import Share, field
from simulator.shelf import Detection, references
from simulator.streams import Distribution
from simulator.trail import Requested, Watched
from simulator.view import View


@frozen(kw_only=True)
class ImpossibleTravelDevice(Detection):
    """Raise an alarm on requests from an unknown device or an unusual place.

    Every action counts, because it is the session that is wrong.
    """

    id = "impossible-travel-device"
    watches = "requested"
    title = "Alert on unlikely place or device"
    definition = (
        "A request from an unknown device, or from a place that does not fit the "
        "person, raises an alarm."
    )
    stops = "Access used by outsiders, and by leavers from home."
    does_not_stop = (
        "The act itself, anything done at the usual place on a managed device, and "
        "somebody whose trips are known."
    )
    cost = "False alarms on travellers, new devices and networks that hide the place."
    sources = references(
        nist="AC-2(12), IA-10",
        cis="13.11~",
        iso="A.8.16, A.8.5",
        attack="T1078.004, DET0546, DC0088",
        d3fend="D3-UGLPA, D3-WSAA",
        itm="DT050, DT063",
        csg="13",
    )

    devices: bool = field(
        "whether unknown devices raise an alarm", default=True, source="assumption"
    )
    places: bool = field(
        "whether unusual places raise an alarm", default=True, source="assumption"
    )
    known_trips: Share = field(
        "share of people whose unusual places are known and raise no alarm",
        default=0.0,
        ge=0,
        le=1,
        source="assumption",
    )
    noise: Share = field(
        "share of requests that look odd without being so, as through a VPN",
        default=0.0,
        ge=0,
        le=1,
        source="it works as meant",
    )
    ingest: Distribution = ingest_field()

    def look(self, record: Watched, view: View) -> Alert | None:
        """Fire on a request that does not fit the person."""
        if not isinstance(record, Requested) or not self._odd(record, view):
            return None
        return Alert(record.staff, record.target, self.ingest)

    def reason(self, record: Watched, view: View) -> str:
        """Name the device and the place, or what is known of them."""
        if not isinstance(record, Requested):
            return no_request(record)
        odd = self._odd(record, view)
        if odd:
            return f"{odd} does not fit {record.staff}: fires {soon(self.ingest)}"
        if self.places and record.place == "elsewhere":
            return f"{record.staff} is elsewhere on a trip that is known"
        on = {"devices": self.devices, "places": self.places}
        watched = " and ".join(what for what in on if on[what]) or "nothing"
        said = f"the device is {record.device} and the place {record.place}"
        return f"{said}; watched: {watched}"

    def _odd(self, record: Requested, view: View) -> str:
        """Name what does not fit the person; "" if everything does."""
        if self.devices and record.device == "unknown":
            return "an unknown device"
        if self.places and record.place == "elsewhere":
            known = f"{self.id} known trip"
            if not view.among(self.known_trips, known, record.staff):
                return "an unusual place"
        if view.among(self.noise, f"{self.id} noise", record.request):
            return "what looks like an odd session"
        return ""
