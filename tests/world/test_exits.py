"""When access of leavers ends: a graph of tasks, and what controls order.

The laws work the same out in another way: the longest chain through a graph, seconds
counted one by one, and shares that a formula gives.
"""

from math import sqrt
from statistics import fmean

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from simulator.clock import Moment, Span, TimeOfDay
from simulator.decisions import ExitOrder
from simulator.scenario.organisation import (
    ExitTask,
    Leaving,
    Person,
    Registry,
    ShiftPattern,
    System,
)
from simulator.streams import Constant, Uniform
from simulator.world.exits import TOKEN_LIFE, work_off
from tests.scenes import AT_ONCE, DAY, HOUR, MINUTE, ORGANISATION, leaver
from tests.world.stand_ins import accesses, agrees, ends, orders, planned

SEPARATION = 8 * HOUR
OFFICE = ShiftPattern("office", ("mon", "tue"), TimeOfDay(9 * HOUR), TimeOfDay(0))
SHIFTS = (*ORGANISATION.shifts, OFFICE)
SIGNED_IN = (System("console", HOUR, sign_in="idp"), System("idp", 60))


def task(name="disable", *, trigger="notice", delay=0, on="console", **parts):
    """Build a task that is done so long after its trigger, on one system."""
    return ExitTask(name, trigger, Constant(delay), (on,), **parts)


def order(trigger="gone", *, delay=AT_ONCE, ends="account", **parts):
    """Build an order; at once after the separation, as anybody can see it."""
    return ExitOrder(trigger, delay, ends, **parts)


def done(*tasks, system="console", **parts):
    """Return when tasks end the leaver's account; None if never."""
    end = ends(planned(offboarding=tasks, **parts), system=system)
    return None if end is None else end[0]


def ordered(*asked, runs=None, **parts):
    """Return when orders end the leaver's account, for one seed or for many."""
    seeds = (1,) if runs is None else range(runs)
    found = [ends(one) for one in accesses(orders(*asked), seeds=seeds, **parts)]
    instants = [None if end is None else end[0] for end in found]
    return instants if runs is not None else instants[0]


# Tasks are a graph.


@pytest.mark.parametrize(
    ("delays", "at"),
    [((0, 0), 60), ((HOUR, 2 * HOUR), 2 * HOUR + 60), ((3 * HOUR, 0), 3 * HOUR + 60)],
)
def test_task_waits_for_all_that_come_before_it(delays, at):
    """Its delay counts from when the last of those before it is done."""
    before = [task(name, delay=s) for name, s in zip("ab", delays, strict=True)]
    last = task("last", delay=60, on="vpn", after=("a", "b"))

    assert done(last, *before, system="vpn", systems=systems("vpn")) == at


def test_task_waits_for_its_own_trigger_too():
    """What comes before it may long be done when its trigger comes."""
    last = task("last", trigger="separation", delay=60, on="vpn", after=("a",))

    assert done(task("a"), last, system="vpn", systems=systems("vpn")) == (
        SEPARATION + 60
    )


@pytest.mark.parametrize(
    "never",
    [
        {"failure": 1.0},
        {"failure": 1.0, "retry": Constant(60), "most_tries": 3},
        {"trigger": "registry-entry"},
    ],
    ids=["fails", "fails-each-time", "not-triggered"],
)
def test_task_is_never_done_after_one_that_is_not(never):
    """One task that is never done stops all that come after, however far."""
    chain = (task("a", **never), task("b", after=("a",)), task("c", after=("b", "d")))
    parts = {"registries": (), "systems": systems("vpn")}

    assert done(*chain, task("d", on="vpn"), **parts) is None
    assert done(*chain, task("d", on="vpn"), system="vpn", **parts) == 0


@pytest.mark.parametrize(
    ("employments", "at"), [(("employee",), 0), (("contractor",), None)]
)
def test_task_does_not_wait_for_one_that_is_not_for_this_person(employments, at):
    """A task that is done for others only is not waited for."""
    for_others = task("a", employments=employments, failure=1.0)

    assert done(for_others, task("b", after=("a",))) == at


def test_task_that_misses_an_account_is_done_all_the_same():
    """A task that reaches no account of this person is still done in its time."""
    before = task("a", delay=HOUR, coverage=0.0)
    last = task("b", on="vpn", after=("a",))

    assert done(before, last, systems=systems("vpn")) is None
    assert done(before, last, system="vpn", systems=systems("vpn")) == HOUR


def systems(*more):
    """Build the console and further systems."""
    return tuple(System(name, 60) for name in ("console", *more))


@st.composite
def graphs(draw):
    """Draw tasks, each on a system of its own, in any order but without circles."""
    tasks = []
    for number in range(draw(st.integers(1, 6))):
        names = [earlier.id for earlier in tasks]
        after = draw(st.lists(st.sampled_from(names), unique=True)) if names else []
        drawn = task(
            f"t{number}",
            trigger=draw(st.sampled_from(["notice", "separation", "registry-entry"])),
            delay=draw(st.integers(0, 5)) * HOUR,
            on=f"on-t{number}",
            after=tuple(after),
            employments=draw(st.sampled_from([("contractor",)] * 5 + [("employee",)])),
            failure=draw(st.sampled_from([0.0] * 7 + [1.0])),
        )
        tasks.append(drawn)
    return tuple(draw(st.permutations(tasks)))


def chains(last, tasks):
    """Yield every chain of tasks that ends with one, as far as they are for us."""
    yield (last,)
    for name in last.after:
        if tasks[name].employments == ("contractor",):
            for chain in chains(tasks[name], tasks):
                yield (*chain, last)


@pytest.mark.slow
@given(graphs())
def test_task_is_done_at_the_end_of_its_longest_chain(drawn):
    """Chains of tasks begin with their first trigger and take the sum of delays."""
    tasks = {one.id: one for one in drawn}
    starts = {"notice": 0, "separation": SEPARATION, "registry-entry": HOUR}
    access = planned(
        systems=systems(*(one.systems[0] for one in drawn)),
        offboarding=drawn,
        registries=(Registry("contractor", Constant(HOUR), 0.0),),
    )
    for last in drawn:
        ways = list(chains(last, tasks))
        longest = max(
            starts[way[0].trigger] + sum(one.delay.value for one in way) for way in ways
        )
        fails = any(one.failure for way in ways for one in way)
        end = ends(access, system=last.systems[0])

        if fails or last.employments == ("employee",):
            assert end is None
        else:
            assert end == (longest, last.id)


# Some work goes on in some hours only.

TWO = (Span(10, 20), Span(30, 35))


@pytest.mark.parametrize(
    ("at", "seconds", "until"),
    [
        (0, 0, 10),
        (0, 3, 13),
        (10, 3, 13),
        (15, 3, 18),
        (15, 4, 19),
        (15, 5, 20),
        (15, 6, 31),
        (20, 0, 30),
        (20, 1, 31),
        (25, 5, 35),
        (0, 15, 35),
        (0, 16, None),
        (34, 1, 35),
        (34, 2, None),
        (35, 0, None),
        (99, 0, None),
    ],
)
def test_work_goes_on_in_its_hours_only(at, seconds, until):
    """It begins with the hours, rests between them, and may outlast the last."""
    assert work_off(TWO, at, seconds) == until


def by_seconds(hours, at, seconds):
    """Count the seconds that are worked, one after the other."""
    worked = [s for s in range(at, 60) if any(span.covers(s) for span in hours)]
    if seconds == 0:
        return worked[0] if worked else None
    return worked[seconds - 1] + 1 if len(worked) >= seconds else None


@st.composite
def rotas(draw):
    """Draw small spans in order, some of them empty and some without a gap."""
    spans, at = [], 0
    for _ in range(draw(st.integers(0, 5))):
        start = at + draw(st.integers(0, 4))
        at = start + draw(st.integers(0, 5))
        spans.append(Span(start, at))
    return tuple(spans)


@given(rotas(), st.integers(-5, 50), st.integers(0, 25))
def test_work_is_done_when_its_seconds_are(hours, at, seconds):
    """Counting second by second comes to the same instant."""
    assert work_off(hours, at, seconds) == by_seconds(hours, at, seconds)


@pytest.mark.parametrize(
    ("notice", "delay", "at"),
    [
        (0, 0, HOUR),
        (0, 2 * HOUR, 3 * HOUR),
        (2 * HOUR, HOUR, 3 * HOUR),
        (0, 16 * HOUR, DAY + 2 * HOUR),
        (-2 * DAY, 0, HOUR),
        (DAY + 15 * HOUR, 2 * HOUR, None),
    ],
)
def test_task_is_worked_on_in_the_hours_of_a_shift(notice, delay, at):
    """Monday and Tuesday from 09:00 to midnight; the scene begins Monday, 08:00."""
    parts = {"shifts": SHIFTS, "horizon": 4 * DAY}
    gone = leaver(notice=notice, separation=3 * DAY)

    assert at == done(task(delay=delay, hours="office"), staff=(gone,), **parts)


def test_task_triggered_long_before_the_start_is_worked_on_then():
    """Hours before the start of the scenario count for what was set off in them."""
    gone = leaver(notice=-7 * DAY + 2 * HOUR)

    assert done(
        task(delay=HOUR, hours="office"), staff=(gone,), shifts=SHIFTS, horizon=2 * DAY
    ) == (-7 * DAY + 3 * HOUR)


def test_tries_in_hours_wait_for_the_hours_too():
    """The time to the next try counts in the hours of the shift as the delay does."""
    tries = {"failure": 0.5, "retry": Constant(4 * HOUR), "hours": "office"}
    parts = {"offboarding": (task(**tries),), "shifts": SHIFTS, "horizon": 4 * DAY}
    found = {ends(one) for one in accesses(seeds=range(60), **parts)}

    # Monday's last try begins at 21:00 and takes three hours of it, one of Tuesday's.
    of_monday = {(n * 4 + 1) * HOUR for n in range(4)}
    of_tuesday = {DAY + (n * 4 + 2) * HOUR for n in range(4)}
    assert {end[0] for end in found if end} <= of_monday | of_tuesday
    assert any(end and end[0] in of_tuesday for end in found)


# A task may fail and be tried again.

TRIED = {"failure": 0.6, "retry": Constant(HOUR)}
RUNS = 1_000


def tried(**parts):
    """Return when a task is done, for many seeds; None where it never is."""
    made = (task(**{**TRIED, **parts}),)
    found = [ends(one) for one in accesses(seeds=range(RUNS), offboarding=made)]
    return [None if end is None else end[0] for end in found]


@pytest.mark.parametrize("tries", [1, 2, 3, 6])
def test_share_done_after_n_tries(tries):
    """After n tries a share of 1 - failure^n is done."""
    found = tried(most_tries=tries)
    hits = sum(at is not None for at in found)

    assert agrees(hits, RUNS, 1 - 0.6**tries)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_try_that_succeeds_comes_after_so_many_retries(number):
    """It is the try number n, from 0, with a chance of failure^n (1 - failure)."""
    hits = tried().count(number * HOUR)

    assert agrees(hits, RUNS, 0.6**number * 0.4)


def test_task_is_tried_once_where_nobody_tries_again():
    """Without a time to the next try there is none."""
    found = tried(retry=None)

    assert set(found) == {0, None}
    assert agrees(found.count(0), RUNS, 0.4)


def test_more_tries_only_help():
    """What three tries get done, six get done at the same instant."""
    pairs = list(zip(tried(most_tries=3), tried(most_tries=6), strict=True))

    assert all(few in (None, many) for few, many in pairs)
    assert any(few != many for few, many in pairs)


def test_more_failures_only_delay():
    """On the same luck a task that fails more often is done later or never."""
    pairs = zip(tried(failure=0.3), tried(failure=0.6), strict=True)

    assert all(many is None or few <= many for few, many in pairs)


def test_task_reaches_its_share_of_accounts():
    """Of a leaver's accounts a share is reached, each for itself."""
    both = ExitTask("disable", "notice", AT_ONCE, ("console", "vpn"), coverage=0.7)
    parts = {"offboarding": (both,), "systems": systems("vpn")}
    found = [
        [ends(one, system=name) is not None for name in ("console", "vpn")]
        for one in accesses(seeds=range(RUNS), **parts)
    ]

    assert agrees(sum(console for console, _ in found), RUNS, 0.7)
    assert agrees(sum(all(pair) for pair in found), RUNS, 0.49)


def test_larger_coverage_reaches_all_that_a_smaller_one_does():
    """Coverage is a share of the same accounts, in the same order."""
    found = [
        [
            done(task(coverage=share), seed=seed) is not None
            for share in (0.0, 0.3, 0.6, 1.0)
        ]
        for seed in range(40)
    ]

    assert all(row == sorted(row) for row in found)
    assert {row[0] for row in found} == {False}
    assert {row[-1] for row in found} == {True}


# What controls order.


@pytest.mark.parametrize(
    ("trigger", "known", "unknown"),
    [
        ("registry-entry", HOUR, None),
        ("separation", SEPARATION, None),
        ("vendor-notice", SEPARATION, SEPARATION),
        ("gone", SEPARATION, SEPARATION),
    ],
)
def test_order_needs_what_tells_of_its_trigger(trigger, known, unknown):
    """What only the registry tells needs the registry; a vendor and eyes do not."""
    registry = Registry("contractor", Constant(HOUR), 0.0)

    assert ordered(order(trigger), registries=(registry,)) == known
    assert ordered(order(trigger), registries=()) == unknown


@pytest.mark.parametrize(
    ("parts", "ends_it"),
    [
        ({}, True),
        ({"employments": ("contractor", "vendor")}, True),
        ({"employments": ("employee",)}, False),
        ({"systems": ("console",)}, True),
        ({"systems": ("vpn",)}, False),
        ({"coverage": 0.0}, False),
        ({"failure": 1.0}, False),
        ({"failure": 1.0, "again": True, "every_s": HOUR}, False),
    ],
)
def test_order_covers_whom_and_what_it_says(parts, ends_it):
    """Employments, systems, coverage and failure say whom an order passes over."""
    assert (ordered(order(**parts)) is not None) == ends_it


def test_order_reaches_its_share_of_accounts():
    """Of the leavers' accounts a share is reached, system by system."""
    parts = {"systems": systems("vpn"), "seeds": range(RUNS)}
    found = [
        [ends(one, system=name) is not None for name in ("console", "vpn")]
        for one in accesses(orders(order(coverage=0.3)), **parts)
    ]

    assert agrees(sum(console for console, _ in found), RUNS, 0.3)
    assert agrees(sum(all(pair) for pair in found), RUNS, 0.09)


@pytest.mark.parametrize("trigger", ["registry-entry", "separation", "gone"])
def test_order_waits_for_the_next_look(trigger):
    """Where there are looks, it is done at the first at or after its trigger."""
    due = {"registry-entry": 0}.get(trigger, SEPARATION)
    found = ordered(order(trigger, every_s=DAY), runs=RUNS)
    waits = [at - due for at in found]

    assert min(waits) >= 0
    assert max(waits) < DAY
    assert abs(fmean(waits) - DAY / 2) < 3.29 * DAY / sqrt(12 * RUNS)


def test_looks_are_the_same_for_all_leavers():
    """Two who leave at other times are looked for at the same times of day."""
    other = Person("other", "desk", leaving=Leaving(Moment(0), Moment(3 * HOUR)))
    control = orders(order(every_s=DAY))
    phases = set()
    for access in accesses(control, staff=(leaver(), other), seeds=range(20)):
        one, two = (ends(access, name)[0] for name in ("leaver", "other"))
        phases.add(one % DAY)

        assert (one - two) % DAY == 0
    assert len(phases) == 20


@pytest.mark.parametrize("number", [1, 2, 5])
def test_looks_that_miss_are_geometric(number):
    """That n looks or more miss a leaver has a chance of failure^n."""
    missed = order(failure=0.6, every_s=DAY, again=True)
    found = ordered(missed, runs=2_000)
    late = sum(at >= SEPARATION + number * DAY for at in found)

    assert agrees(late, 2_000, 0.6**number)


def test_look_that_misses_is_not_repeated_unless_said():
    """A review that is not repeated ends a share of 1 - failure, and at once."""
    found = ordered(order(failure=0.6, every_s=DAY), runs=RUNS)
    hits = [at for at in found if at is not None]

    assert agrees(len(hits), RUNS, 0.4)
    assert max(hits) < SEPARATION + DAY


@pytest.mark.parametrize(
    ("told", "separation", "at"),
    [
        (0, 8 * HOUR, 8 * HOUR),
        (8 * HOUR, 8 * HOUR, 8 * HOUR),
        (9 * HOUR, 8 * HOUR, 9 * HOUR),
        (2 * HOUR, HOUR, 2 * HOUR),
    ],
)
def test_vendor_tells_after_notice_and_access_ends_after_separation(
    told, separation, at
):
    """Access ends when the vendor has told of it, and never before the separation."""
    gone = leaver(separation=separation)
    by_vendor = order("vendor-notice", told=Constant(told), delay=Constant(60))

    assert ordered(by_vendor, staff=(gone,)) == at + 60


@pytest.mark.parametrize("separation", [HOUR, 60 * HOUR])
def test_vendors_list_is_copied_at_an_interval(separation):
    """What the vendor has told is known with the next copy of the list."""
    gone = leaver(separation=separation)
    by_vendor = order("vendor-notice", told=Constant(10 * HOUR), every_s=DAY)
    found = ordered(by_vendor, staff=(gone,), runs=60)

    if separation == HOUR:
        assert all(10 * HOUR <= at < 34 * HOUR for at in found)
        assert len(set(found)) == 60
    else:
        assert set(found) == {separation}


CHANCES = [
    pytest.param(order(failure=0.5), id="failure"),
    pytest.param(order(coverage=0.5), id="coverage"),
    pytest.param(order(delay=Uniform(0, DAY)), id="delay"),
    pytest.param(order(every_s=DAY), id="look"),
    pytest.param(order("vendor-notice", told=Uniform(DAY, 2 * DAY)), id="told"),
    pytest.param(order(failure=0.5, every_s=DAY, again=True), id="again"),
]


@pytest.mark.parametrize("by_chance", CHANCES)
@pytest.mark.parametrize("luck", ["shared", ""])
def test_luck_is_shared_by_name(by_chance, luck):
    """Two settings draw alike under one name, and apart where they have none."""
    named = evolve(by_chance, luck=luck)
    one, other = (
        [ends(a) and ends(a)[0] for a in accesses(control, seeds=range(40))]
        for control in (orders(named, label="one"), orders(named, label="other"))
    )

    assert (one == other) == bool(luck)


def test_sessions_end_so_long_after_the_account():
    """An order set off by the end of the account cuts its sessions after a delay."""
    cut = order("account-ended", ends="sessions", delay=Constant(5 * MINUTE))
    access = planned(orders(cut), offboarding=(task(delay=HOUR),))

    assert access.plan.sessions["leaver", "console"][0] == (HOUR + 300, "says")


def test_sessions_are_cut_at_looks_only_where_there_are_some():
    """An order set off by the end of the account waits for its look as any other."""
    cut = order("account-ended", ends="sessions", every_s=DAY)
    found = [
        next(at for at, by in access.plan.sessions["leaver", "console"] if by == "says")
        for access in accesses(
            orders(cut), seeds=range(20), offboarding=(task(delay=HOUR),)
        )
    ]

    assert all(HOUR <= at < HOUR + DAY for at in found)
    assert len(set(found)) == 20


def test_sessions_are_cut_by_the_orders_about_them():
    """Each order cuts once, and one about accounts that waits for one does nothing."""
    first = order("gone", ends="sessions", delay=Constant(60))
    never = order("account-ended", ends="account")
    parts = {"offboarding": (task(delay=HOUR),), "systems": systems()}
    access = planned(orders(first, never), **parts)

    assert access.plan.sessions["leaver", "console"] == (
        (HOUR, TOKEN_LIFE),
        (SEPARATION + 60, "says"),
    )


@pytest.mark.parametrize("luck", ["shared", ""])
def test_luck_of_cuts_is_shared_by_name(luck):
    """Two settings look for sessions alike under one name, and apart without."""
    cut = order("account-ended", ends="sessions", every_s=DAY, luck=luck)
    parts = {"seeds": range(20), "offboarding": (task(delay=HOUR),)}
    one, other = (
        [access.plan.sessions["leaver", "console"][-1][0] for access in found]
        for found in (
            accesses(orders(cut, label=label), **parts) for label in ("one", "other")
        )
    )

    assert (one == other) == bool(luck)


def test_sessions_of_an_account_that_never_ends_are_left_alone():
    """Without an end of the account nothing is set off."""
    access = planned(orders(order("account-ended", ends="sessions")))

    assert access.plan.sessions["leaver", "console"] == ()


# An identity provider signs in to other systems.


@pytest.mark.parametrize(
    ("console_h", "idp_h", "end"),
    [
        (None, 2, (2 * HOUR, "on-idp")),
        (1, 2, (HOUR, "on-console")),
        (3, 2, (2 * HOUR, "on-idp")),
        (3, None, (3 * HOUR, "on-console")),
    ],
)
def test_account_ends_with_that_of_its_identity_provider(console_h, idp_h, end):
    """Whichever of the two ends first ends the account, and is named."""
    tasks = tuple(
        task(f"on-{name}", delay=hours * HOUR, on=name)
        for name, hours in (("console", console_h), ("idp", idp_h))
        if hours is not None
    )
    access = planned(offboarding=tasks, systems=SIGNED_IN)

    assert ends(access) == end
    assert ends(access, system="idp") == (
        None if idp_h is None else (idp_h * HOUR, "on-idp")
    )


@pytest.mark.parametrize("turned", [False, True], ids=["in-order", "turned"])
def test_identity_provider_may_sign_in_through_another(turned):
    """The end at the root ends every account along the chain."""
    chain = (
        System("console", 60, sign_in="idp"),
        System("idp", 60, sign_in="root"),
        System("root", 60),
    )
    at_root = (task(delay=HOUR, on="root"),)
    access = planned(offboarding=at_root, systems=chain[::-1] if turned else chain)

    assert [ends(access, system=known.id) for known in chain] == (
        [(HOUR, "disable")] * 3
    )


def test_session_outlives_the_identity_provider_by_its_own_token():
    """A session on the console asks when its own token ends, not the provider's."""
    at_idp = task(delay=90 * MINUTE, on="idp")
    access = planned(offboarding=(at_idp,), systems=SIGNED_IN)

    assert access.plan.sessions["leaver", "console"] == ((2 * HOUR, TOKEN_LIFE),)
    assert access.session_end("leaver", "console", HOUR) == 2 * HOUR


def test_first_end_is_that_of_any_account():
    """A person's accounts have ended, in part, with the first of them."""
    tasks = (task("a", delay=2 * HOUR), task("b", delay=HOUR, on="vpn"))
    access = planned(offboarding=tasks, systems=systems("vpn"))

    assert access.plan.first == {"leaver": HOUR}


@pytest.mark.parametrize(("horizon", "kept"), [(HOUR, 0), (HOUR + 1, 1)])
def test_plan_can_be_cut_at_an_instant(horizon, kept):
    """What happens before an instant is kept, what happens at it is not."""
    tasks = (
        task("a", delay=HOUR),
        task("b", delay=HOUR, ends="sessions"),
        task("c", delay=HOUR, ends="shared-secret"),
    )
    plan = planned(offboarding=tasks, systems=systems()).plan.before(horizon)

    assert [len(plan.accounts), len(plan.credentials)] == [kept, kept]
    assert len(plan.sessions.get(("leaver", "console"), ())) == 2 * kept
