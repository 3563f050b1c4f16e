"""Access as intervals: what ends it, what outlives its end, and who is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.clock import TimeOfDay
from simulator.controls import AutoRevocation, SessionRevocation
from simulator.decisions import DENY, ExitOrder, Request
from simulator.scenario.organisation import Credential, ExitTask, Registry, System, Team
from simulator.streams import Constant
from simulator.trail import AccessEnded, Executed, Requested
from simulator.world.exits import register
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
from tests.world.stand_ins import Says, ending, ends, planned, play

NEVER_FAILS = AutoRevocation(delay=AT_ONCE, failure=0.0)
EARLY = Says(orders=(ExitOrder("registry-entry", Constant(30 * MINUTE), "account"),))


def task(name="disable", trigger="notice", after=0, **parts):
    """Build an exit task that comes so long after its trigger."""
    return ExitTask(name, trigger, Constant(after), ("console",), **parts)


def known(seed=1, **parts):
    """Return what the systems come to know of the leaver; None if nothing."""
    scenario = scene(**parts)
    return register(scenario, prepare(scenario), seed).get("leaver")


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
    assert access.session_end("leaver", "console", HOUR) == 8 * HOUR


@pytest.mark.parametrize("account", [10 * HOUR, DAY])
def test_end_of_the_account_is_named_where_no_session_outlived_it(account):
    """What cuts sessions later is not what took the access away."""
    access = planned(
        horizon=2 * DAY,
        staff=(leaver(separation=DAY + 8 * HOUR),),
        offboarding=(
            task(after=account),
            task("push", after=DAY + HOUR, ends="sessions"),
        ),
    )

    assert by(access, DAY + 2 * HOUR) == "disable"


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


# Systems that pull hear late, and some renew tokens without asking.


def told(token, renews, revocation, cut, account=90):
    """Say until when a session lives that is cut, all in minutes from the login."""
    systems = (
        System(
            "console",
            token * MINUTE,
            refresh_life=renews and renews * MINUTE,
            revocation=revocation,
        ),
    )
    cuts = () if cut is None else (task("cut", after=cut * MINUTE, ends="sessions"),)
    tasks = (task(after=account * MINUTE), *cuts)
    access = planned(offboarding=tasks, systems=systems)
    return access.session_end("leaver", "console", 0) / MINUTE


@pytest.mark.parametrize(
    ("token", "renews", "revocation", "cut", "until"),
    [
        (60, None, "push", None, 120),
        (60, None, "pull", None, 120),
        (60, 240, "push", None, 240),
        (60, 240, "pull", None, 240),
        (60, 240, "push", 100, 100),
        (60, 240, "pull", 100, 120),
        (60, 240, "pull", 120, 120),
        (60, 240, "pull", 121, 180),
        (60, None, "pull", 121, 120),
        (60, 240, "push", 80, 240),
        (60, 240, "pull", 80, 120),
        (60, 240, "pull", 59, 240),
        (60, 240, "pull", 0, 240),
        (60, 90, "pull", None, 90),
        (60, 240, "push", 300, 240),
        (600, None, "push", 479, 479),
        (600, None, "pull", 479, 480),
    ],
)
def test_session_that_is_cut_lives_on_where_it_has_to_ask(
    token, renews, revocation, cut, until
):
    """Pushed it ends at once, pulled with its token, else when it asks."""
    assert told(token, renews, revocation, cut) == until


def by_minutes(token, renews, revocation, cut, account):
    """Play a session of eight hours minute by minute; return when it ends."""
    for now in range(1, 481):
        asks = now % (renews or token) == 0
        told = cut == now
        if revocation == "pull":
            told = cut is not None and now % token == 0 and now - token < cut <= now
        # While the account works, whoever is cut off signs in again.
        if (asks or told) and account <= now:
            return now
    return 480


@pytest.mark.slow
@given(
    st.integers(1, 16).map(lambda n: n * 10),
    st.none() | st.integers(0, 30).map(lambda n: n * 10),
    st.sampled_from(["push", "pull"]),
    st.none() | st.integers(0, 500),
    st.integers(1, 479),
)
def test_session_ends_as_played_minute_by_minute(token, longer, way, cut, account):
    """A session asked every minute whether it still lives ends at the same one."""
    rules = (token, None if longer is None else token + longer, way, cut)

    assert told(*rules, account=account) == by_minutes(*rules, account)


def test_pull_names_the_control_that_cut_the_session():
    """Who cut a session is named from when the session hears of it."""
    push = SessionRevocation(delay=AT_ONCE)
    systems = (System("console", HOUR, refresh_life=4 * HOUR, revocation="pull"),)
    access = planned(push, offboarding=(task(after=90 * MINUTE),), systems=systems)

    assert [by(access, at) for at in (2 * HOUR - 1, 2 * HOUR)] == [
        None,
        "session-revocation",
    ]


# Some systems can be reached through a network only.

BEHIND = (System("console", 60, behind="vpn"), System("vpn", 60))


@pytest.mark.parametrize(("at", "gone"), [(HOUR - 1, None), (HOUR, "off-vpn")])
def test_system_is_out_of_reach_without_its_network(at, gone):
    """Where the account of the network has ended the one behind it is no use."""
    access = planned(offboarding=(on_vpn(),), systems=BEHIND)

    assert ends(access) is None
    assert by(access, at) == gone
    assert by(access, at, staff="desk-1") is None


def on_vpn(**parts):
    """Build the task that ends the account of the network after an hour."""
    return ExitTask("off-vpn", "notice", Constant(HOUR), ("vpn",), **parts)


def test_network_may_lie_behind_another():
    """What cuts off the outer network cuts off all that lies behind."""
    systems = (
        System("console", 60, behind="inner"),
        System("inner", 60, behind="vpn"),
        System("vpn", 60),
    )
    access = planned(offboarding=(on_vpn(),), systems=systems)

    assert [by(access, HOUR, system=known.id) for known in systems] == ["off-vpn"] * 3


def test_session_on_the_network_keeps_the_way_open():
    """A session of the network that outlives its account still leads through."""
    systems = (BEHIND[0], System("vpn", 5 * HOUR))
    access = planned(offboarding=(on_vpn(),), systems=systems)

    assert (by(access, 5 * HOUR - 1), by(access, 5 * HOUR)) == (None, "off-vpn")


def test_request_is_refused_in_the_name_of_the_network():
    """The refusal names what ended the way in, not the system itself."""
    parts = {"offboarding": (on_vpn(),), "systems": BEHIND}

    assert ending(play(misuse=misuse(at=2 * HOUR), **parts)).by == ("off-vpn",)


def held(kind="api-key", systems=("console",), **parts):
    """Build a credential that the desk holds."""
    return Credential("thing", kind, systems, ("desk",), **parts)


def ended(access, at, holder="leaver"):
    """Name what ended a holder's use of the credential; None while it works."""
    known = access.stage.credentials["thing"]
    return access.credential_ended_by(holder, known, "console", at)


@pytest.mark.parametrize("kind", ["api-key", "shared-secret", "device"])
@pytest.mark.parametrize(
    ("opens", "gone"), [(("console",), "off-vpn"), (("console", "vpn"), None)]
)
def test_credential_needs_the_network_unless_it_opens_it(kind, opens, gone):
    """A key to the system alone is no use to whom the network keeps out."""
    parts = {"credentials": (held(kind, opens),), "offboarding": (on_vpn(),)}
    access = planned(systems=BEHIND, **parts)

    assert ended(access, HOUR - 1) is None
    assert ended(access, HOUR) == gone
    assert ended(access, HOUR, holder="desk-1") is None


# A device keeps a session open beyond the shift.


def on_device(account, *more, console=None, **parts):
    """Play a device whose holder's account ends so long after notice."""
    return planned(
        offboarding=(task(after=account), *more),
        systems=(console or System("console", HOUR),),
        credentials=(held("device"),),
        horizon=3 * DAY,
        **parts,
    )


@pytest.mark.parametrize(
    ("life", "account", "until"),
    [
        (HOUR, 90 * MINUTE, 2 * HOUR),
        (HOUR, 2 * HOUR, 2 * HOUR),
        (10 * HOUR, HOUR, 10 * HOUR),
        (10 * HOUR, 9 * HOUR, 10 * HOUR),
        (HOUR, 9 * HOUR, 9 * HOUR),
        (HOUR, 9 * HOUR + 1, 10 * HOUR),
        (30 * HOUR, 9 * HOUR, 30 * HOUR),
    ],
)
def test_session_on_a_device_outlives_the_shift(life, account, until):
    """It ends when its token asks for the account, on shift or not."""
    access = on_device(account, console=System("console", life))

    assert [ended(access, at) for at in (until - 1, until)] == [None, "disable"]
    assert by(access, max(account, 8 * HOUR)) == "disable"


@pytest.mark.parametrize(("account", "opened"), [(DAY, 0), (DAY + 1, DAY)])
def test_session_on_a_device_is_that_of_the_last_shift_with_an_account(account, opened):
    """Where the account ends as a shift begins, the session is the day's before."""
    late = leaver(separation=DAY + 8 * HOUR)
    access = on_device(account, console=System("console", 30 * HOUR), staff=(late,))
    until = opened + 30 * HOUR

    assert [ended(access, at) for at in (until - 1, until)] == [None, "disable"]


def test_device_of_one_who_never_had_a_shift_keeps_nothing_open():
    """Without a shift there is no session, only the account."""
    gone = leaver(notice=-DAY, separation=-HOUR)
    access = on_device(2 * DAY, staff=(gone,), console=System("console", 9 * DAY))

    assert [ended(access, at) for at in (DAY - 1, DAY)] == [None, "disable"]


@pytest.mark.parametrize(
    ("revocation", "until"), [("push", 9 * HOUR + 60), ("pull", 10 * HOUR)]
)
def test_session_on_a_device_can_be_cut(revocation, until):
    """A revocation reaches the session on a device as it does any other."""
    console = System("console", HOUR, refresh_life=20 * HOUR, revocation=revocation)
    cut = task("cut", after=9 * HOUR + 60, ends="sessions")
    access = on_device(9 * HOUR, cut, console=console)

    assert [ended(access, at) for at in (until - 1, until)] == [None, "cut"]


def test_device_that_is_given_back_opens_nothing():
    """The return of the device ends it while the account still works."""
    access = on_device(9 * HOUR, task("return", after=HOUR, ends="device"))

    assert [ended(access, at) for at in (HOUR - 1, HOUR)] == [None, "return"]


# The response takes a login's access away, and whatever acts under that name.


@pytest.mark.parametrize(
    ("kind", "login"),
    [
        ("shared-secret", "thing"),
        ("shadow-account", "thing"),
        ("api-key", "leaver"),
        ("device", "leaver"),
    ],
)
@pytest.mark.parametrize("contained", ["thing", "leaver"])
def test_containment_is_of_the_login_that_acts(kind, login, contained):
    """A secret's own login may be contained and not its holder, and the reverse."""
    access = planned(credentials=(held(kind),))
    access.block(contained, HOUR, 2 * HOUR)
    request = Request(
        "r", HOUR, login, "console", "deactivate", "t", "ordinary", credential="thing"
    )
    expected = "containment" if contained == login else None

    assert access.barred_by(request, "leaver", HOUR) == expected
    assert access.barred_by(request, "leaver", 2 * HOUR) is None
    own = Request("r", HOUR, "leaver", "console", "deactivate", "t", "ordinary")
    assert (access.barred_by(own, "leaver", HOUR) is None) == (contained != "leaver")


def test_containment_of_the_holder_closes_the_network_to_a_secret():
    """Who is kept out of the network cannot use a secret behind it."""
    access = planned(credentials=(held("shared-secret"),), systems=BEHIND)
    access.block("leaver", HOUR, 2 * HOUR)

    assert ended(access, HOUR) == "containment"
    assert ended(access, HOUR, holder="desk-1") is None


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
