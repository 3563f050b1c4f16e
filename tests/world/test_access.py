"""Access as intervals: what ends it, what outlives its end, and who is told."""

import pytest

from simulator.clock import TimeOfDay
from simulator.controls import AutoRevocation, SessionRevocation
from simulator.decisions import DENY, ExitOrder
from simulator.scenario.organisation import ExitTask, Registry, System, Team
from simulator.streams import Constant
from simulator.trail import AccessEnded, Executed, Requested
from simulator.world.access import Access, plan_exits, register
from simulator.world.stage import prepare
from tests.scenes import (
    AT_ONCE,
    DAY,
    HOUR,
    MINUTE,
    ORGANISATION,
    attempt,
    leaver,
    misuse,
    scene,
)
from tests.world.stand_ins import Says, ending, play

NEVER_FAILS = AutoRevocation(delay=AT_ONCE, failure=0.0)
EARLY = Says(orders=(ExitOrder("registry-entry", Constant(30 * MINUTE), "account"),))


def task(name="disable", trigger="notice", after=0, **parts):
    """Build an exit task that comes so long after its trigger."""
    return ExitTask(name, trigger, Constant(after), ("console",), **parts)


def planned(*controls, seed=1, **parts):
    """Work out the access of everybody in a scene."""
    scenario = scene(**parts)
    stage = prepare(scenario)
    known = register(scenario, stage, seed)
    return Access(stage, plan_exits(scenario, stage, known, controls, seed))


def known(seed=1, **parts):
    """Return what the systems come to know of the leaver; None if nothing."""
    scenario = scene(**parts)
    return register(scenario, prepare(scenario), seed).get("leaver")


def ends(access, staff="leaver", system="console"):
    """Return when an account ends and by what; None if never."""
    return access.plan.accounts.get((staff, system))


def by(access, at, staff="leaver", system="console"):
    """Name what took the access away by an instant; None if nothing."""
    return access.ended_by(staff, system, at)


def short_lived(seconds):
    """Build the system whose tokens live so long."""
    return (System("console", seconds),)


# Intervals are half-open.


@pytest.mark.parametrize(("at", "gone"), [(HOUR - 1, None), (HOUR, "disable")])
def test_access_is_gone_at_the_instant_it_ends(at, gone):
    """One second before the end there is access, at the end there is none."""
    access = planned(offboarding=(task(after=HOUR),), systems=short_lived(60))

    assert by(access, at) == gone


@pytest.mark.parametrize(
    ("plan", "first"),
    [
        (misuse(at=HOUR), "access"),
        (misuse(attempt(wait=Constant(HOUR)), at=0), "requested"),
    ],
    ids=["end-comes-first", "request-comes-first"],
)
@pytest.mark.parametrize(("account", "refused"), [(HOUR, True), (HOUR + 1, False)])
def test_same_instant_is_refused_in_both_orders(plan, first, account, refused):
    """A request at the very instant of the end is refused, whichever comes first."""
    early = (ExitTask("early", "notice", Constant(30 * MINUTE), ("vpn",)),)
    trail = play(
        misuse=plan,
        offboarding=(*(early if first == "requested" else ()), task(after=account)),
        systems=(*short_lived(60), System("vpn", 60)),
    )
    kinds = [r.kind for r in trail if r.kind in ("access", "requested") and r.at > 2000]

    assert (ending(trail).kind == "refused") == refused
    assert kinds[0] == (first if refused else "requested")


def test_block_is_half_open():
    """Access that the response takes is gone from its first second to its last."""
    access = planned()
    access.block("leaver", 100, 200)

    assert [by(access, at) for at in (99, 100, 199, 200)] == [
        None,
        "containment",
        "containment",
        None,
    ]


# A session outlives its account, to the end of its token and no longer.


@pytest.mark.parametrize(
    ("life", "account", "session"),
    [
        (HOUR, 90 * MINUTE, 2 * HOUR),
        (HOUR, 2 * HOUR, 2 * HOUR),
        (HOUR, 2 * HOUR + 1, 3 * HOUR),
        (3 * HOUR, 60, 3 * HOUR),
        (30 * HOUR, HOUR, 8 * HOUR),
    ],
)
def test_session_lives_to_the_end_of_its_token(life, account, session):
    """A session ends with its last whole token life from the login, or the shift."""
    access = planned(offboarding=(task(after=account),), systems=short_lived(life))

    assert by(access, session - 1) is None
    assert by(access, session) == "disable"
    assert access.session_end("leaver", "console", session - 1) == session
    assert access.session_end("leaver", "console", session) is None


def test_session_is_not_opened_with_a_dead_account():
    """Where the account ends between two shifts no session is open on the second."""
    access = planned(
        horizon=2 * DAY,
        staff=(leaver(separation=DAY + 8 * HOUR),),
        offboarding=(task(after=10 * HOUR),),
    )

    assert [by(access, at) for at in (10 * HOUR - 1, 10 * HOUR, DAY + HOUR)] == [
        None,
        "disable",
        "disable",
    ]


def test_session_is_not_opened_at_the_instant_its_account_ends():
    """An account that ends as the shift begins opens no session."""
    late = leaver(separation=DAY + 8 * HOUR)
    access = planned(horizon=2 * DAY, staff=(late,), offboarding=(task(after=DAY),))

    assert access.session_end("leaver", "console", DAY) is None


def test_account_works_off_shift():
    """A working account is access after the last shift, until it ends."""
    access = planned(offboarding=(task(after=9 * HOUR),))

    assert (by(access, 9 * HOUR - 1), by(access, 9 * HOUR)) == (None, "disable")


@pytest.mark.parametrize("delay", [0, 5 * MINUTE])
def test_session_ends_earlier_where_it_is_pushed(delay):
    """Session revocation ends a session so long after its account."""
    push = SessionRevocation(delay=Constant(delay))
    access = planned(push, offboarding=(task(after=HOUR),))

    assert access.session_end("leaver", "console", HOUR - 1) == HOUR + delay
    assert by(access, HOUR + delay) is not None
    assert by(access, HOUR + delay - 1) is None


def test_push_is_named_for_the_session_it_ends():
    """Who ended a session that would still be open is named for the refusal."""
    push = SessionRevocation(delay=Constant(5 * MINUTE))
    access = planned(push, offboarding=(task(after=HOUR),))

    assert by(access, 2 * HOUR) == "session-revocation"


def test_sessions_alone_are_opened_again():
    """Ending the sessions of an account that works takes no access away."""
    access = planned(offboarding=(task("push", after=HOUR, ends="sessions"),))

    assert by(access, 2 * HOUR) is None


def test_push_ends_no_session_that_is_opened_later():
    """Sessions ended on one day say nothing of those opened on the next."""
    access = planned(
        horizon=2 * DAY,
        staff=(leaver(separation=DAY + 8 * HOUR),),
        offboarding=(
            task("push", after=HOUR, ends="sessions"),
            task(after=DAY + HOUR),
        ),
    )

    assert access.session_end("leaver", "console", DAY + 2 * HOUR) == DAY + 8 * HOUR
    assert by(access, DAY + 2 * HOUR) is None


def test_push_before_the_account_ends_is_made_up_for_by_signing_in_again():
    """Sessions ended while the account works are opened again, in the same shift."""
    access = planned(
        offboarding=(
            task("push", after=2 * HOUR, ends="sessions"),
            task(after=3 * HOUR),
        ),
    )

    assert by(access, 3 * HOUR) is None
    assert by(access, 8 * HOUR) == "disable"


# Systems know of a leaver what the registry tells them.


def test_registry_is_told_after_its_delay():
    """A departure is known so long after notice, with its last day and its end."""
    departure = known(registries=(Registry("contractor", Constant(2 * HOUR), 0.0),))

    assert departure.known_from == 2 * HOUR
    assert departure.separation == 8 * HOUR
    assert departure.last_day_ends == 16 * HOUR


def test_registry_that_syncs_nightly_knows_after_the_night():
    """An entry reaches the systems with the next nightly copy, here at 02:00."""
    nightly = Registry("contractor", AT_ONCE, 0.0, TimeOfDay(2 * HOUR))

    assert known(registries=(nightly,)).known_from == 18 * HOUR


@pytest.mark.parametrize(
    "registries",
    [
        (),
        (Registry("employee", AT_ONCE, 0.0),),
        (Registry("contractor", AT_ONCE, 1.0),),
    ],
    ids=["no-registry", "another-list", "missed"],
)
def test_registry_may_never_learn(registries):
    """What waits for a registry that never learns is never done."""
    tasks = (task(trigger="registry-entry"),)
    access = planned(NEVER_FAILS, registries=registries, offboarding=tasks)

    assert known(registries=registries) is None
    assert ends(access) is None


@pytest.mark.parametrize(
    ("trigger", "at"),
    [
        ("notice", HOUR),
        ("registry-entry", 3 * HOUR),
        ("separation", 7 * HOUR),
        ("end-of-last-day", 16 * HOUR),
    ],
)
def test_task_follows_its_trigger(trigger, at):
    """Each trigger has its own instant, and the task comes after its delay."""
    access = planned(
        staff=(leaver(notice=HOUR, separation=7 * HOUR),),
        registries=(Registry("contractor", Constant(2 * HOUR), 0.0),),
        offboarding=(task(trigger=trigger, after=60),),
    )

    assert ends(access) == (at + 60, "disable")


@pytest.mark.parametrize(("delay_h", "at_h"), [(0, 8), (9, 9)])
def test_order_waits_until_the_separation_is_known(delay_h, at_h):
    """A control acts on a separation when it comes, or when it is known if later."""
    late = Registry("contractor", Constant(delay_h * HOUR), 0.0)

    assert ends(planned(NEVER_FAILS, registries=(late,))) == (
        at_h * HOUR,
        "auto-revocation",
    )


def test_order_may_act_on_the_entry():
    """An order set off by the entry acts before the separation."""
    order = ExitOrder("registry-entry", Constant(60), "account")

    assert ends(planned(Says(orders=(order,)))) == (60, "says")


def test_order_misses_its_share():
    """A control that misses everybody ends nothing."""
    assert ends(planned(AutoRevocation(failure=1.0))) is None


def test_earliest_end_is_the_one_that_counts():
    """Of several tasks and orders the first one ends the account and is named."""
    tasks = (task("late", after=9 * HOUR), task("later", after=10 * HOUR))

    assert ends(planned(offboarding=tasks)) == (9 * HOUR, "late")
    assert ends(planned(NEVER_FAILS, offboarding=tasks))[1] == "auto-revocation"


# A task covers some people and some systems, and misses some leavers.


def test_task_that_fails_ends_nothing():
    """A task that misses everybody leaves the account as it is."""
    assert ends(planned(offboarding=(task(failure=1.0),))) is None


@pytest.mark.parametrize(("covered", "end"), [("contractor", 0), ("employee", None)])
def test_task_covers_an_employment(covered, end):
    """A task covers only people of its employments."""
    access = planned(offboarding=(task(employments=(covered,)),))

    assert (ends(access) or (None,))[0] == end


def test_task_covers_a_system():
    """An account on a system that no task covers works on."""
    systems = (System("console", 60), System("vendor-tenant", 60))
    access = planned(systems=systems, offboarding=(task(),))

    assert by(access, HOUR) == "disable"
    assert by(access, HOUR, system="vendor-tenant") is None


def test_nobody_else_loses_access():
    """Colleagues and shared logins keep their access when somebody leaves."""
    access = planned(NEVER_FAILS, offboarding=(task(),))

    assert {staff for staff, _ in access.plan.accounts} == {"leaver"}
    assert by(access, 12 * HOUR, staff="desk-1") is None
    assert by(access, 12 * HOUR, staff="shared-desk") is None


def test_failure_belongs_to_the_leaver():
    """Whom a task misses does not depend on what other tasks there are."""
    alone = (task(failure=0.5),)
    crowd = (task("other", after=30 * HOUR, failure=0.5), *alone)
    for seed in range(20):
        one, other = (ends(planned(offboarding=t, seed=seed)) for t in (alone, crowd))

        assert (one is None) == (other is None or other[1] == "other")


# In the shadow, controls on leavers answer from the access there would be.


def test_shadow_access_denies_and_changes_nothing():
    """A revocation that is only asked denies what it would have ended."""
    trail = play(misuse=misuse(at=9 * HOUR), shadow=[NEVER_FAILS])
    (asked,) = trail.of(Requested)

    assert asked.answers == (("auto-revocation", DENY),)
    assert isinstance(ending(trail), Executed)
    assert trail.of(AccessEnded) == ()


def test_shadow_access_is_silent_before_its_time():
    """Before the separation a revocation has nothing to say."""
    (asked,) = play(shadow=[NEVER_FAILS]).of(Requested)

    assert asked.answers == ()


@pytest.mark.parametrize(
    ("arm", "tasks"),
    [
        ((), (task(after=30 * MINUTE),)),
        ((EARLY,), ()),
    ],
    ids=["by-a-task", "by-an-active-control"],
)
def test_shadow_access_builds_on_what_ends_anyway(arm, tasks):
    """A session revocation in the shadow follows the account that something ends."""
    push = SessionRevocation(delay=AT_ONCE)
    (asked,) = play(*arm, offboarding=tasks, shadow=[push]).of(Requested)

    assert asked.answers == (("session-revocation", DENY),)


def test_everybody_can_act_while_nothing_ends():
    """Without tasks and orders all accounts work, those of teams included."""
    access = planned(
        teams=(*ORGANISATION.teams, Team("vendors", "agent", "vendor", "day", 1))
    )

    assert {by(access, 0, staff) for staff in access.stage.members} == {None}
