"""What is written of the end of a leaver's access, and when."""

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings

from simulator.clock import Moment, Seconds
from simulator.decisions import ExitOrder
from simulator.scenario.organisation import Credential, ExitTask, System
from simulator.streams import Constant
from simulator.testing.strategies import postures, scenarios, seeds
from simulator.trail import AccessEnded, Alerted, Contained, LeftBehind
from simulator.world import simulate
from tests.scenes import AT_ONCE, DAY, HOUR, attempt, leaver, misuse
from tests.world.responses import finds
from tests.world.stand_ins import orders, play, sees_requests


def ended(*tasks, life=HOUR, notice=0, **parts):
    """Play a scene of exit tasks; return (when, what, by) of each end."""
    trail = play(
        misuse=None,
        offboarding=tasks,
        systems=(System("console", life),),
        staff=(leaver(notice=notice),),
        **parts,
    )
    return [(r.at, r.what, r.by) for r in trail.of(AccessEnded)]


def task(after, **parts):
    """Build a task that disables the account so long after notice."""
    return ExitTask("disable", "notice", Constant(after), ("console",), **parts)


def test_account_and_session_are_written_when_they_end():
    """The account ends first, the session with its token."""
    assert ended(task(90 * 60)) == [
        (90 * 60, "account", "disable"),
        (2 * HOUR, "session", "token-life"),
    ]


def test_session_that_is_not_open_has_no_end():
    """Where the account ends off shift no session ends with it."""
    assert ended(task(9 * HOUR)) == [(9 * HOUR, "account", "disable")]


def test_end_before_the_start_is_written_at_the_start():
    """An account that was disabled before the scenario began is so at its start."""
    assert ended(task(0), notice=-DAY) == [(0, "account", "disable")]


def test_end_at_the_horizon_is_not_written():
    """What ends at the horizon or later has not ended."""
    assert ended(task(12 * HOUR)) == []
    assert ended(task(12 * HOUR - 1)) != []


def test_ends_are_written_for_each_system():
    """Two systems end on their own, in order of time."""
    tasks = (
        ExitTask("late", "notice", Constant(10 * HOUR), ("console",)),
        ExitTask("early", "notice", Constant(9 * HOUR), ("vpn",)),
    )
    systems = (System("console", HOUR), System("vpn", HOUR))
    trail = play(misuse=None, offboarding=tasks, systems=systems)

    assert [(r.system, r.by) for r in trail.of(AccessEnded)] == [
        ("vpn", "early"),
        ("console", "late"),
    ]


def test_nothing_is_written_of_one_who_stays():
    """Without a leaver no access ends."""
    assert play(offboarding=(task(0),), staff=(), misuse=None).of(AccessEnded) == ()


def test_session_ends_once_whatever_ends_it():
    """Where a cut and the token end it at one instant, it is written once."""
    cut = ExitTask("cut", "notice", Constant(2 * HOUR), ("console",), "sessions")

    assert ended(task(90 * 60), cut) == [
        (90 * 60, "account", "disable"),
        (2 * HOUR, "session", "cut"),
    ]


def test_session_that_ends_with_its_shift_has_no_end_of_its_own():
    """What would cut it at the end of the shift finds no session any more."""
    assert ended(task(7 * HOUR + 60)) == [(7 * HOUR + 60, "account", "disable")]


@pytest.mark.parametrize(
    ("life", "session"),
    [(7 * HOUR, []), (8 * HOUR, []), (8 * HOUR + 1, [1]), (9 * HOUR, [HOUR])],
)
def test_session_that_was_over_at_the_start_has_no_end(life, session):
    """Only a session that outlives the start of the scenario ends in it."""
    night = evolve(leaver(notice=-4 * HOUR), shift="always")
    trail = play(
        misuse=None,
        offboarding=(task(0),),
        systems=(System("console", life),),
        staff=(night,),
    )
    ends = [(r.what, r.at) for r in trail.of(AccessEnded)]

    assert ends == [("account", 0), *(("session", at) for at in session)]


def test_session_of_a_shift_that_begins_without_an_account_has_no_end():
    """An account that ends as a shift begins leaves no session to end."""
    late = leaver(separation=DAY + 8 * HOUR)
    off = task(DAY)
    trail = play(misuse=None, offboarding=(off,), staff=(late,), horizon=2 * DAY)

    assert [(r.at, r.what) for r in trail.of(AccessEnded)] == [(DAY, "account")]


# Credentials beside the own login.


def key(kind="api-key", **parts):
    """Build a credential that the desk holds."""
    given = {"systems": ("console",), "teams": ("desk",), **parts}
    return Credential(f"a-{kind}", kind, **given)


def ends_of(*credentials, **parts):
    """Return (when, whose, what, by, which) of each end, in order."""
    trail = play(**{"misuse": None, "credentials": credentials, **parts})
    return [(r.at, r.staff, r.what, r.by, r.credential) for r in trail.of(AccessEnded)]


def ending(kind, after):
    """Build a task that ends one kind of access."""
    return ExitTask(f"no-{kind}", "notice", Constant(after), ("console",), kind)


@pytest.mark.parametrize("kind", ["api-key", "shared-secret", "device"])
def test_end_of_a_credential_is_written(kind):
    """What a leaver held beside the own login ends in the records too."""
    assert ends_of(key(kind), offboarding=(ending(kind, HOUR),)) == [
        (HOUR, "leaver", kind, f"no-{kind}", f"a-{kind}")
    ]


def test_end_of_a_credential_is_written_for_each_of_its_systems():
    """A key to two systems ends on both."""
    both = key(systems=("console", "vpn"))
    systems = (System("console", HOUR), System("vpn", HOUR))
    trail = play(
        misuse=None,
        credentials=(both,),
        systems=systems,
        offboarding=(ending("api-key", HOUR),),
    )

    assert [(r.at, r.system) for r in trail.of(AccessEnded)] == [
        (HOUR, "console"),
        (HOUR, "vpn"),
    ]


def test_end_of_what_a_leaver_never_had_is_not_written():
    """Who does not really hold it has nothing that could end."""
    assert ends_of(key(held=0.0), offboarding=(ending("api-key", HOUR),)) == []


def test_expiry_is_an_end_of_its_own():
    """What runs out is written when it does, by its own name."""
    assert ends_of(key(ends=Moment(9 * HOUR))) == [
        (9 * HOUR, "leaver", "api-key", "a-api-key", "a-api-key")
    ]
    assert ends_of(key(ends=Moment(-HOUR)))[0][0] == 0


def test_device_ends_with_the_session_that_is_kept_open_on_it():
    """A device is no use any more when its session has asked for the account."""
    systems = (System("console", Seconds(10 * HOUR)),)

    assert ends_of(key("device"), offboarding=(task(9 * HOUR),), systems=systems) == [
        (9 * HOUR, "leaver", "account", "disable", ""),
        (10 * HOUR, "leaver", "device", "disable", "a-device"),
    ]


def test_ends_of_one_instant_are_in_order_of_what_ends():
    """What ends in one second is sorted by kind, then by system."""
    tasks = [
        ExitTask(name, "notice", Constant(HOUR), ("console", "a"), what)
        for name, what in (("x", "device"), ("y", "account"), ("z", "api-key"))
    ]
    systems = (System("console", HOUR), System("a", HOUR))
    both = [key(kind, systems=("console", "a")) for kind in ("device", "api-key")]
    trail = play(misuse=None, offboarding=tasks, systems=systems, credentials=both)

    assert [(r.what, r.system) for r in trail.of(AccessEnded)] == [
        (what, system)
        for what in ("account", "api-key", "device", "session")
        for system in ("a", "console")
    ]


# What is left behind.

KINDS = ("api-key", "shared-secret", "device", "shadow-account")


def left(*credentials, **parts):
    """Return (when, what, which) of all that a leaver leaves behind."""
    trail = play(**{"misuse": None, "credentials": credentials, **parts})
    return [
        (r.at, r.what, r.credential)
        for r in trail.of(LeftBehind)
        if r.staff == "leaver"
    ]


def test_left_behind_is_every_way_that_still_works():
    """At the separation the own login and all credentials are looked at."""
    assert left(*(key(kind) for kind in KINDS)) == [
        (8 * HOUR, "account", ""),
        *((8 * HOUR, kind, f"a-{kind}") for kind in KINDS),
    ]


@pytest.mark.parametrize("after", [HOUR, 8 * HOUR])
@pytest.mark.parametrize("ended", KINDS)
def test_left_behind_is_no_way_that_has_ended(ended, after):
    """What ends before the separation, or at its instant, is not left behind."""
    found = left(*map(key, KINDS), offboarding=(ending(ended, after),))

    assert [what for _, what, _ in found] == [
        "account",
        *(kind for kind in KINDS if kind != ended),
    ]


def test_left_behind_is_what_ends_a_second_later():
    """What ends after the separation was left behind, if only for a second."""
    assert left(key(), offboarding=(ending("api-key", 8 * HOUR + 1),)) == [
        (8 * HOUR, "account", ""),
        (8 * HOUR, "api-key", "a-api-key"),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_left_behind_is_not_what_has_run_out(kind):
    """A credential that expired before the separation is no way in."""
    assert left(key(kind, ends=Moment(HOUR))) == [(8 * HOUR, "account", "")]


def test_left_behind_is_not_what_a_leaver_never_had():
    """Who does not really hold it leaves nothing behind."""
    assert left(key(held=0.0)) == [(8 * HOUR, "account", "")]


def test_left_behind_is_nothing_behind_a_network_that_is_closed():
    """Neither the account nor a key is a way in where the network is cut off."""
    systems = (System("console", HOUR, behind="vpn"), System("vpn", HOUR))
    closed = ExitTask("off", "notice", Constant(HOUR), ("vpn",))

    assert left(key(), systems=systems, offboarding=(closed,)) == []


@pytest.mark.parametrize(
    ("contained", "kept"),
    [
        ("leaver", {"a-shared-secret", "a-shadow-account"}),
        ("a-shared-secret", {"", "a-api-key", "a-device", "a-shadow-account"}),
    ],
)
def test_left_behind_is_nothing_that_the_response_has_ended(contained, kept):
    """A login that is contained is no way in, nor a key or a device of its holder."""
    through = "own-session" if contained == "leaver" else "shared-secret"
    trail = play(
        sees_requests(staff=contained),
        credentials=tuple(map(key, KINDS)),
        misuse=misuse(attempt(through=through)),
    )
    found = [r.credential for r in trail.of(LeftBehind) if r.staff == "leaver"]

    assert set(found) == kept


@pytest.mark.parametrize(
    ("separation", "at"), [(-HOUR, [0]), (0, [0]), (12 * HOUR - 1, [12 * HOUR - 1])]
)
def test_left_behind_is_written_at_the_separation(separation, at):
    """Who left before the start leaves it behind at the start."""
    gone = leaver(notice=-DAY, separation=separation)

    assert [when for when, _, _ in left(staff=(gone,))] == at


def test_left_behind_is_not_written_of_who_leaves_at_the_horizon():
    """Who separates at the horizon has not left yet."""
    assert left(staff=(leaver(separation=12 * HOUR),)) == []


def test_left_behind_has_a_name_for_alarms():
    """Each way in has a name of its own."""
    trail = play(misuse=None, credentials=(key(), key("device")))
    names = [r.request for r in trail.of(LeftBehind)]

    assert names == [
        "left-leaver-console",
        "left-leaver-console-a-api-key",
        "left-leaver-console-a-device",
    ]


# Accounts that nobody owns.


def ownerless(*arm, **parts):
    """Play a scene in which nobody leaves and one account has no owner."""
    hidden = key("shadow-account", **parts)
    return play(*arm, misuse=None, staff=(), credentials=(hidden,))


def test_account_without_owner_is_there_from_the_start():
    """It is written at second 0, once for each system, though nobody leaves."""
    trail = ownerless()

    assert trail.records[1] == LeftBehind(
        0,
        "left-a-shadow-account-console-a-shadow-account",
        "a-shadow-account",
        "console",
        "shadow-account",
        "a-shadow-account",
    )
    assert len(trail.of(LeftBehind)) == 1


def test_account_without_owner_that_has_run_out_is_not_there():
    """What expired before the start is no way in."""
    assert ownerless(ends=Moment(0)).of(LeftBehind) == ()
    assert len(ownerless(ends=Moment(1)).of(LeftBehind)) == 1


def test_account_without_owner_ends_when_a_review_finds_it():
    """Its end is written though nobody leaves, under its own name."""
    review = orders(ExitOrder("gone", Constant(HOUR), "shadow-account"))
    trail = ownerless(review)

    assert [(r.at, r.staff, r.what, r.by) for r in trail.of(AccessEnded)] == [
        (HOUR, "a-shadow-account", "shadow-account", "says")
    ]


def test_account_without_owner_is_found_once():
    """Alerts look for it at the start, not again when somebody leaves who knows it."""
    hidden = key("shadow-account")
    trail = play(finds(), misuse=None, credentials=(hidden,))

    assert [r.about for r in trail.of(Alerted)] == [
        "left-a-shadow-account-console-a-shadow-account",
        "left-leaver-console",
    ]
    assert [r.at for r in trail.of(LeftBehind)] == [0, 8 * HOUR, 8 * HOUR]


@pytest.mark.parametrize("kind", ["api-key", "shared-secret", "device"])
def test_only_an_account_without_owner_is_there_from_the_start(kind):
    """What people hold is nobody's to find while they work there."""
    trail = play(misuse=None, staff=(), credentials=(key(kind),))

    assert trail.of(LeftBehind) == ()


def test_ends_come_before_what_is_left_at_one_instant():
    """At the separation, what ends in that second is gone before it is looked at."""
    at_once = ExitTask("off", "separation", AT_ONCE, ("console",))
    trail = play(misuse=None, offboarding=(at_once,), credentials=(key(),))
    kinds = [r.kind for r in trail if r.at == 8 * HOUR]

    assert kinds == ["access", "left-behind"]


# Whatever the scenario, every way in has ended or is left behind.


def way(record):
    """Say which way in a record is about; "" stands for the own login."""
    return record.staff, record.system, record.credential


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(scenario=scenarios(), arm=postures(), seed=seeds)
def test_every_way_in_has_ended_or_is_left_behind(scenario, arm, seed):
    """Nothing is left behind that has ended; what is not has, or is out of reach."""
    trail = simulate(scenario, arm, seed)
    (person,) = scenario.organisation.staff
    at = person.leaving.separation
    early = {
        way(r)
        for r in trail.of(AccessEnded)
        if r.what != "session" and r.at <= (at if r.staff == person.id else 0)
    }
    left = {way(r) for r in trail.of(LeftBehind)}
    blocked = any(r.staff == person.id and r.at < at for r in trail.of(Contained))
    networks = {s.id: s.behind for s in scenario.organisation.systems}

    assert not left & early
    for system, network in networks.items():
        barred = blocked or (person.id, network, "") in early
        assert barred or (person.id, system, "") in left | early
