"""Access beside the own login: who holds it, what ends it, and for whom."""

import pytest

from simulator.clock import Moment, Seconds
from simulator.decisions import ExitOrder
from simulator.scenario.organisation import (
    Credential,
    ExitTask,
    Leaving,
    Person,
    Registry,
    System,
    Team,
)
from simulator.streams import Constant
from simulator.world.exits import ROTATION
from tests.scenes import AT_ONCE, DAY, HOUR, ORGANISATION, leaver
from tests.world.stand_ins import accesses, agrees, orders, planned

KINDS = ("shared-secret", "api-key", "shadow-account", "device")
STAFF_TEAM = Team("staff", "agent", "employee", "day", 1)
TEAMS = (*ORGANISATION.teams, STAFF_TEAM)


def key(kind="api-key", **parts):
    """Build a credential that the people of the desk hold."""
    return Credential(
        **{
            "id": "thing",
            "kind": kind,
            "systems": ("console",),
            "teams": ("desk",),
            **parts,
        }
    )


def task(ends, *, after=HOUR, **parts):
    """Build a task that ends one kind of access, so long after notice."""
    return ExitTask("task", "notice", Constant(after), ("console",), ends, **parts)


def order(ends, trigger="gone", **parts):
    """Build an order that ends one kind of access at once."""
    return ExitOrder(trigger, AT_ONCE, ends, **parts)


def end(access, holder="leaver"):
    """Return when somebody's use of the credential ends and by what; None if never."""
    return access.plan.credentials.get((holder, "thing"))


def by(access, at, holder="leaver", system="console"):
    """Name what ended somebody's use of the credential; None while it works."""
    known = access.stage.credentials["thing"]
    return access.credential_ended_by(holder, known, system, at)


def gone(name, at, team="desk"):
    """Build one more person who leaves."""
    return Person(name, team, leaving=Leaving(Moment(0), Moment(at)))


# Each kind is ended by what is done about that kind.


@pytest.mark.parametrize("kind", ["shared-secret", "api-key", "shadow-account"])
def test_credential_outlives_the_account(kind):
    """The end of the account and its sessions is not that of what is beside it."""
    tasks = (
        task("account"),
        ExitTask("t", "notice", AT_ONCE, ("console",), "sessions"),
    )
    access = planned(credentials=(key(kind),), offboarding=tasks)

    assert access.ended_by("leaver", "console", 11 * HOUR) == "task"
    assert (end(access), by(access, 11 * HOUR)) == (None, None)


@pytest.mark.parametrize("ends", ["account", "sessions", *KINDS])
@pytest.mark.parametrize("kind", KINDS)
def test_task_ends_credentials_of_its_kind(kind, ends):
    """A task ends what it is about, and nothing of another kind."""
    access = planned(credentials=(key(kind),), offboarding=(task(ends),))

    assert end(access) == ((HOUR, "task") if ends == kind else None)


@pytest.mark.parametrize("ends", ["account", *KINDS])
@pytest.mark.parametrize("kind", KINDS)
def test_order_ends_credentials_of_its_kind(kind, ends):
    """An order ends what it is about, and nothing of another kind."""
    access = planned(orders(order(ends, "separation")), credentials=(key(kind),))

    assert end(access) == ((8 * HOUR, "says") if ends == kind else None)


@pytest.mark.parametrize("kind", KINDS)
def test_credential_is_gone_at_the_instant_it_ends(kind):
    """One second before its end it works, at its end it does not."""
    access = planned(credentials=(key(kind),), offboarding=(task(kind),))

    assert (by(access, HOUR - 1), by(access, HOUR)) == (None, "task")


@pytest.mark.parametrize(
    ("kind", "lost"),
    [
        ("shared-secret", False),
        ("api-key", False),
        ("device", False),
        ("shadow-account", True),
    ],
)
def test_colleague_keeps_what_is_not_taken_from_all(kind, lost):
    """Keys and devices are one person's, a new secret is told; an account is gone."""
    access = planned(credentials=(key(kind),), offboarding=(task(kind),))

    assert by(access, 11 * HOUR, holder="desk-1") == ("task" if lost else None)


@pytest.mark.parametrize(
    ("ends", "cut"),
    [
        (task("api-key", after=HOUR), HOUR),
        (task("api-key", after=HOUR, employments=("employee",)), None),
        (task("api-key", after=HOUR, failure=1.0), None),
        (task("api-key", after=HOUR, coverage=0.0), None),
        (ExitTask("task", "notice", Constant(HOUR), ("vpn",), "api-key"), None),
        (
            ExitTask("task", "notice", Constant(HOUR), ("vpn", "console"), "api-key"),
            HOUR,
        ),
    ],
)
def test_credential_is_passed_over_as_an_account_is(ends, cut):
    """Employments, failure, coverage and systems say which credentials are missed."""
    systems = (System("console", 60), System("vpn", 60))
    access = planned(credentials=(key(),), offboarding=(ends,), systems=systems)

    assert (end(access) or (None,))[0] == cut


def test_first_end_is_the_one_that_counts():
    """Of a task, an order and the expiry the first ends it and is named."""
    parts = {"credentials": (key(ends=Moment(9 * HOUR)),)}
    control = orders(order("api-key"))

    assert end(planned(**parts)) == (9 * HOUR, "thing")
    assert end(planned(control, **parts)) == (8 * HOUR, "says")
    assert end(planned(control, offboarding=(task("api-key"),), **parts)) == (
        HOUR,
        "task",
    )


# A secret that several share is changed for those who have left.


@pytest.mark.parametrize(
    ("left", "lost"),
    [
        (3 * HOUR, 5 * HOUR),
        (5 * HOUR, 5 * HOUR),
        (5 * HOUR + 1, None),
        (8 * HOUR, None),
    ],
)
def test_secret_is_changed_when_somebody_else_leaves(left, lost):
    """Who has left by then is not told the new one; who still works there is."""
    secret = key("shared-secret", teams=("desk", "staff"))
    change = orders(order("shared-secret", employments=("employee",)))
    leavers = (leaver(separation=left), gone("other", 5 * HOUR, team="staff"))
    access = planned(change, credentials=(secret,), staff=leavers, teams=TEAMS)

    assert end(access, "other") == (5 * HOUR, "says")
    assert (end(access) or (None,))[0] == lost
    assert end(access, "desk-1") is None


def test_secret_may_be_changed_before_its_user_leaves():
    """Who is known to leave is not told the new one either."""
    change = orders(order("shared-secret", "registry-entry"))
    registry = Registry("contractor", Constant(HOUR), 0.0)
    access = planned(
        change, credentials=(key("shared-secret"),), registries=(registry,)
    )

    assert end(access) == (HOUR, "says")


@pytest.mark.parametrize("kind", ["api-key", "device"])
def test_other_leaver_takes_nothing_of_ones_own(kind):
    """A key or a device of one's own does not end because somebody else leaves."""
    own = key(kind, teams=("desk", "staff"))
    control = orders(order(kind, employments=("employee",)))
    leavers = (leaver(separation=3 * HOUR), gone("other", 5 * HOUR, team="staff"))
    access = planned(control, credentials=(own,), staff=leavers, teams=TEAMS)

    assert (end(access), end(access, "other")) == (None, (5 * HOUR, "says"))


@pytest.mark.parametrize(
    ("interval", "separation", "at"),
    [
        (3 * HOUR, 8 * HOUR, 9 * HOUR),
        (4 * HOUR, 8 * HOUR, 8 * HOUR),
        (DAY, 8 * HOUR, DAY),
        (3 * HOUR, 9 * HOUR + 1, 12 * HOUR),
        (3 * HOUR, -HOUR, 0),
        (3 * HOUR, -4 * HOUR, -3 * HOUR),
    ],
)
@pytest.mark.parametrize("kind", ["shared-secret", "api-key", "shadow-account"])
def test_rotation_ends_it_for_who_has_left(kind, interval, separation, at):
    """At the first multiple of its interval after the separation it is changed."""
    turning = key(kind, rotates_every=Seconds(interval))
    staff = (leaver(notice=-DAY, separation=separation),)
    access = planned(credentials=(turning,), staff=staff, horizon=2 * DAY)

    assert end(access) == (at, ROTATION)
    assert end(access, "desk-1") is None


def test_rotation_is_told_to_who_still_works():
    """Of two leavers each loses it at the first change after the own separation."""
    turning = key("shared-secret", rotates_every=Seconds(3 * HOUR))
    leavers = (leaver(separation=4 * HOUR), gone("other", 7 * HOUR))
    access = planned(credentials=(turning,), staff=leavers)

    assert end(access) == (6 * HOUR, ROTATION)
    assert end(access, "other") == (9 * HOUR, ROTATION)


# What expires, and accounts that nobody owns.


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("holder", ["leaver", "desk-1"])
def test_expiry_ends_it_for_everybody(kind, holder):
    """At its expiry a credential ends, whoever holds it."""
    access = planned(credentials=(key(kind, ends=Moment(HOUR)),))

    assert (by(access, HOUR - 1, holder), by(access, HOUR, holder)) == (None, "thing")


def test_account_without_owner_is_found_without_any_leaver():
    """A review ends it for all who know of it, though nobody has left."""
    hidden = key("shadow-account")
    review = orders(order("shadow-account", every_s=DAY))
    found = set()
    for access in accesses(review, seeds=range(40), credentials=(hidden,), staff=()):
        at, label = end(access, "desk-1")
        found.add(at)

        assert (label, end(access, "desk-2")) == ("says", (at, label))
        assert end(access, "thing") == (at, label)
    assert len(found) == 40
    assert all(0 <= at < DAY for at in found)


def test_account_without_owner_is_there_to_be_found_from_the_start():
    """Where there is no interval to wait for, it is found in the first second."""
    review = orders(order("shadow-account"))
    access = planned(review, credentials=(key("shadow-account"),), staff=())

    assert end(access, "desk-1") == (0, "says")


@pytest.mark.parametrize("number", [1, 2, 4])
def test_account_without_owner_is_found_by_some_review(number):
    """That the first n reviews overlook it has a chance of failure^n."""
    looks = order("shadow-account", failure=0.6, every_s=DAY, again=True)
    parts = {"credentials": (key("shadow-account"),), "staff": ()}
    found = [
        end(access, "desk-1")[0]
        for access in accesses(orders(looks), seeds=range(2_000), **parts)
    ]

    assert agrees(sum(at >= number * DAY for at in found), 2_000, 0.6**number)


@pytest.mark.parametrize("trigger", ["separation", "registry-entry", "vendor-notice"])
def test_account_without_owner_is_on_no_list_of_leavers(trigger):
    """What goes by a list of leavers never comes to an account of nobody."""
    access = planned(
        orders(order("shadow-account", trigger)),
        credentials=(key("shadow-account"),),
        staff=(),
    )

    assert end(access, "desk-1") is None


@pytest.mark.parametrize("kind", ["shared-secret", "api-key", "device"])
def test_review_of_what_has_an_owner_needs_a_leaver(kind):
    """What people who still work there hold is confirmed, not found."""
    review = orders(order(kind, every_s=DAY))
    access = planned(review, credentials=(key(kind),), staff=())

    assert access.plan.credentials == {}


def test_review_of_other_systems_overlooks_it():
    """A review of some systems finds accounts on these alone."""
    systems = (System("console", 60), System("vpn", 60))
    parts = {"credentials": (key("shadow-account"),), "systems": systems}

    for covered, found in (("console", True), ("vpn", False)):
        review = orders(order("shadow-account", systems=(covered,)))
        assert (end(planned(review, **parts), "desk-1") is not None) == found


def test_leaver_who_knows_it_may_give_it_away():
    """What is done when somebody leaves who knew of it ends it for all the others."""
    access = planned(
        credentials=(key("shadow-account"),), offboarding=(task("shadow-account"),)
    )

    assert [end(access, name) for name in ("leaver", "desk-1", "thing")] == (
        [(HOUR, "task")] * 3
    )


# Who holds it.


def test_holders_are_teams_and_people_once():
    """A person named, and of a team that holds it, is one holder."""
    access = planned(credentials=(key(teams=("desk", "leads"), staff=("leaver",)),))
    holders = access.stage.holders["thing"]

    assert [m.id for m in holders] == ["leaver", "desk-1", "desk-2", "leads-1"]


def test_held_is_what_a_holder_really_has():
    """A share of the holders really have it, each as often as the others."""
    runs, share = 1_000, 0.3
    has = [
        {
            name
            for name in ("leaver", "desk-1", "leads-1")
            if "thing" in {known.id for known in access.held(name)}
        }
        for access in accesses(seeds=range(runs), credentials=(key(held=share),))
    ]

    assert agrees(sum("leaver" in one for one in has), runs, share)
    assert agrees(sum(one == {"leaver", "desk-1"} for one in has), runs, share**2)
    assert not any("leads-1" in one for one in has)


def test_held_by_all_or_by_nobody():
    """A share of one is everybody, of none nobody; a larger one holds the smaller."""
    rows = [
        [
            bool(planned(credentials=(key(held=share),), seed=seed).held("leaver"))
            for share in (0.0, 0.2, 0.6, 1.0)
        ]
        for seed in range(30)
    ]

    assert all(row == sorted(row) for row in rows)
    assert {(row[0], row[-1]) for row in rows} == {(False, True)}
