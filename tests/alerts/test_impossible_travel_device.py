"""Which devices and places do not fit the person."""

import pytest

from simulator.alerts import ImpossibleTravelDevice
from simulator.clock import HOUR
from simulator.decisions import DENY, Alert
from simulator.streams import Constant
from tests.fakes import FakeView, a_requested, an_executed
from tests.scenes import attempt, honest_work, misuse, scene
from tests.verdicts import ends, outcome

VIEW = FakeView()
TRAVELLER = FakeView(
    within=frozenset({("impossible-travel-device known trip", "agent-1")})
)
NOISY = FakeView(within=frozenset({("impossible-travel-device noise", "r1")}))
SIGNAL = Alert("agent-1", "account-1", Constant(60))

PLAIN = ImpossibleTravelDevice()
SLOW = ImpossibleTravelDevice(ingest=Constant(HOUR))
PLACES_ONLY = ImpossibleTravelDevice(devices=False)
DEVICES_ONLY = ImpossibleTravelDevice(places=False)
OFF = ImpossibleTravelDevice(devices=False, places=False)
SOME_TRIPS = ImpossibleTravelDevice(known_trips=0.3)
ALL_TRIPS = ImpossibleTravelDevice(known_trips=1.0)
SOME_NOISE = ImpossibleTravelDevice(noise=0.01)
ALL_NOISE = ImpossibleTravelDevice(noise=1.0)

COLUMNS = ("alert", "record", "view", "signal", "fact")
ROWS = [
    # An unknown device or an unusual place raises an alarm.
    pytest.param(
        PLAIN,
        a_requested(),
        VIEW,
        None,
        "the device is managed and the place usual; watched: devices and places",
        id="agent_asks_from_the_desk",
    ),
    pytest.param(
        PLAIN,
        a_requested(device="unknown"),
        VIEW,
        SIGNAL,
        "an unknown device does not fit agent-1: fires after 1 min on average",
        id="agent_asks_from_an_unknown_device",
    ),
    pytest.param(
        PLAIN,
        a_requested(place="elsewhere"),
        VIEW,
        SIGNAL,
        "an unusual place does not fit agent-1",
        id="agent_asks_from_elsewhere",
    ),
    # So it does whatever is asked for and answered, when it is asked.
    pytest.param(
        PLAIN,
        a_requested(place="elsewhere", action="look-up", decision=DENY),
        VIEW,
        SIGNAL,
        "an unusual place",
        id="agent_is_refused_to_read_from_elsewhere",
    ),
    pytest.param(
        ALL_NOISE,
        an_executed(),
        VIEW,
        None,
        "looks at requests when they are made",
        id="agent_took_down_what_was_asked_for",
    ),
    # Each of the two can be left out.
    pytest.param(
        PLACES_ONLY,
        a_requested(device="unknown"),
        VIEW,
        None,
        "the device is unknown and the place usual; watched: places",
        id="agent_asks_from_an_unknown_device_where_places_count",
    ),
    pytest.param(
        PLACES_ONLY,
        a_requested(device="unknown", place="elsewhere"),
        VIEW,
        SIGNAL,
        "an unusual place",
        id="agent_asks_from_elsewhere_where_places_count",
    ),
    pytest.param(
        DEVICES_ONLY,
        a_requested(place="elsewhere"),
        VIEW,
        None,
        "the device is managed and the place elsewhere; watched: devices",
        id="agent_asks_from_elsewhere_where_devices_count",
    ),
    pytest.param(
        DEVICES_ONLY,
        a_requested(device="unknown", place="elsewhere"),
        VIEW,
        SIGNAL,
        "an unknown device",
        id="agent_asks_from_an_unknown_device_where_devices_count",
    ),
    pytest.param(
        OFF,
        a_requested(device="unknown", place="elsewhere"),
        VIEW,
        None,
        "watched: nothing",
        id="agent_asks_from_anywhere_where_nothing_counts",
    ),
    # A known trip explains a place, not a device.
    pytest.param(
        SOME_TRIPS,
        a_requested(place="elsewhere"),
        TRAVELLER,
        None,
        "agent-1 is elsewhere on a trip that is known",
        id="traveller_asks_from_elsewhere",
    ),
    pytest.param(
        SOME_TRIPS,
        a_requested(place="elsewhere", staff="agent-2"),
        TRAVELLER,
        Alert("agent-2", "account-1", Constant(60)),
        "an unusual place does not fit agent-2",
        id="colleague_of_a_traveller_asks_from_elsewhere",
    ),
    pytest.param(
        SOME_TRIPS,
        a_requested(place="elsewhere", device="unknown"),
        TRAVELLER,
        SIGNAL,
        "an unknown device",
        id="traveller_asks_from_an_unknown_device",
    ),
    pytest.param(
        PLAIN,
        a_requested(place="elsewhere"),
        TRAVELLER,
        SIGNAL,
        "an unusual place",
        id="traveller_asks_where_no_trips_are_known",
    ),
    pytest.param(
        ALL_TRIPS,
        a_requested(place="elsewhere"),
        VIEW,
        None,
        "on a trip that is known",
        id="agent_asks_from_elsewhere_where_all_trips_are_known",
    ),
    # Some requests look odd all the same.
    pytest.param(
        SOME_NOISE,
        a_requested(),
        NOISY,
        SIGNAL,
        "what looks like an odd session does not fit agent-1",
        id="agent_asks_through_a_network_that_hides_the_place",
    ),
    pytest.param(
        SOME_NOISE,
        a_requested(request="r2"),
        NOISY,
        None,
        "the device is managed and the place usual",
        id="agent_asks_again_without_it",
    ),
    pytest.param(
        PLAIN,
        a_requested(),
        NOISY,
        None,
        "the device is managed and the place usual",
        id="agent_asks_through_it_where_that_is_understood",
    ),
    pytest.param(
        ALL_NOISE,
        a_requested(),
        VIEW,
        SIGNAL,
        "what looks like an odd session",
        id="agent_asks_where_everything_looks_odd",
    ),
    pytest.param(
        SLOW,
        a_requested(device="unknown"),
        VIEW,
        Alert("agent-1", "account-1", Constant(HOUR)),
        "fires after 1 h on average",
        id="agent_asks_from_an_unknown_device_where_logs_are_slow",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_watches(alert, record, view, signal, fact):
    """A request whose device or place does not fit raises an alarm."""
    raised = alert.watch(record, view)

    assert signal == raised


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(alert, record, view, signal, fact):
    """The sentence names the fact that decided."""
    sentence = alert.explain(record, view)

    assert fact in sentence


# Whole scenes: what it changes alone, and what goes through.

FROM_HOME = scene(misuse=misuse(attempt(place="elsewhere")))
OUTSIDER = scene(misuse=misuse(attempt(through="phished-login", device="unknown")))
INSIDER = scene(misuse=misuse())


@pytest.mark.parametrize("scenario", [FROM_HOME, OUTSIDER])
def test_alone_changes_the_outcome(scenario):
    """An outsider, or a leaver at home, is found out by the session."""
    assert ends(scenario) == ("missed", "")
    assert ends(scenario, PLAIN) == ("caught", "impossible-travel-device")


@pytest.mark.parametrize(
    ("scenario", "alert", "ending"),
    [
        pytest.param(
            FROM_HOME,
            PLAIN,
            ("caught", "impossible-travel-device"),
            id="the_act_itself",
        ),
        pytest.param(INSIDER, PLAIN, ("missed", ""), id="usual_place_and_device"),
        pytest.param(
            scene(misuse=misuse(attempt(through="phished-login"))),
            PLAIN,
            ("missed", ""),
            id="outsider_at_the_usual_place_and_device",
        ),
        pytest.param(FROM_HOME, ALL_TRIPS, ("missed", ""), id="trip_is_known"),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, alert, ending):
    """The act takes effect, and nobody wonders about a session that fits."""
    assert ending == ends(scenario, alert)


@pytest.mark.parametrize(
    ("parts", "alert", "alarms_each"),
    [
        pytest.param({}, PLAIN, 0, id="usual_work"),
        pytest.param({"elsewhere": 1.0}, PLAIN, 1, id="travellers"),
        pytest.param({"unmanaged": 1.0}, PLAIN, 1, id="new_devices"),
        pytest.param({}, ALL_NOISE, 1, id="networks_that_hide_the_place"),
    ],
)
def test_cost_is_true(parts, alert, alarms_each):
    """Honest work that looks odd is a false alarm each time."""
    friction = outcome(scene(desks=honest_work(**parts)), alert).friction

    assert friction.requests > 0
    assert friction.requests * alarms_each == friction.false_alarms
