"""Honest work: who handles what and when, and that looking ahead is exact.

`by_events` plays a desk once more, in the plainest way there is: event by event, with a
queue and a list of people. The arithmetic of `simulator.world.desk` has to agree with
it on every ticket.
"""

from heapq import heapify, heappop, heappush

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from simulator.clock import Moment, TimeOfDay
from simulator.decisions import Approval, Challenge
from simulator.scenario.organisation import (
    Approvals,
    Leaving,
    Person,
    ShiftPattern,
    System,
    Team,
)
from simulator.streams import Constant, Uniform
from simulator.trail import (
    Closed,
    DeskDay,
    Executed,
    Passed,
    Refused,
    Requested,
    Truth,
)
from simulator.world import draw_day, simulate
from simulator.world.desk import DeskWork
from tests.scenes import (
    AT_ONCE,
    DAY,
    EVERY_DAY,
    HOUR,
    MINUTE,
    ORGANISATION,
    desk,
    kind,
    leaver,
    scene,
)
from tests.world.stand_ins import day_of, posture, says, ticket

NEVER_DOUBTS = Approvals(AT_ONCE, Constant(10 * MINUTE), 1.0, 1.0, 0.0, 0.0)


def crew(size, shift="day"):
    """Build the teams with so many people at the desk."""
    return (
        Team("desk", "agent", "contractor", shift, size),
        *ORGANISATION.teams[1:],
    )


def office(people=1, *, shift="day", horizon=2 * DAY, staff=(), desks=None, **parts):
    """Build a scene in which nothing happens but the front desk's work."""
    return scene(
        horizon=horizon,
        staff=staff,
        teams=crew(people, shift),
        desks=desks or (desk(**parts),),
    )


def asked(scenario, *tickets, arm=()):
    """Play tickets; return (who, when) asked for each action, in order."""
    trail = simulate(scenario, posture(*arm), 1, day=day_of(scenario, *tickets))
    return [(r.staff, r.at) for r in trail.of(Requested)]


def summed(scenario, *tickets, arm=()):
    """Play tickets; return the sums of the desk's day."""
    trail = simulate(scenario, posture(*arm), 1, day=day_of(scenario, *tickets))
    return trail.of(DeskDay)[0]


# Who handles what, and when.


def test_tickets_are_handled_in_order_of_arrival():
    """One person handles one ticket after the other, each as soon as free."""
    tickets = ticket(0, 0), ticket(1, 10), ticket(2, 700)

    assert [at for _, at in asked(office(), *tickets)] == [300, 600, 1000]


def test_ticket_goes_to_whoever_is_free_the_longest():
    """Of two who are free the one who has waited longer takes the ticket."""
    tickets = ticket(0, 0), ticket(1, 60), ticket(2, 400)

    assert asked(office(2), *tickets) == [
        ("desk-1", 300),
        ("desk-2", 360),
        ("desk-1", 700),
    ]


def test_ticket_without_an_action_keeps_its_person_too():
    """A ticket that needs no action asks for none, and still takes its time."""
    tickets = ticket(0, 0, action=None), ticket(1, 10)

    assert asked(office(), *tickets) == [("desk-1", 600)]
    assert summed(office(), *tickets).waited_s == 290


def test_ticket_waits_for_the_shift_to_begin():
    """What arrives before the shift, or after it, is handled when it begins."""
    night = ticket(0, 9 * HOUR)

    assert asked(office(closes=2 * DAY), night) == [("desk-1", DAY + 300)]


def test_ticket_begun_in_time_is_finished_in_overtime():
    """A ticket begun in the last second of the shift is handled to its end."""
    last = ticket(0, 8 * HOUR - 1)

    assert asked(office(closes=2 * DAY), last) == [("desk-1", 8 * HOUR + 299)]


def test_ticket_at_the_end_of_the_shift_waits_for_the_next():
    """A shift is half-open: at its last instant nobody takes a ticket."""
    late = ticket(0, 8 * HOUR)

    assert asked(office(closes=2 * DAY), late) == [("desk-1", DAY + 300)]


def test_overtime_delays_the_next_shift_where_it_reaches_into_it():
    """A person who works past the start of the next shift begins it late."""
    long = ticket(0, 8 * HOUR - 1, rested_s=17 * HOUR)
    tickets = long, ticket(1, 8 * HOUR)

    assert [at for _, at in asked(office(closes=2 * DAY), *tickets)] == [
        25 * HOUR - 1,
        25 * HOUR + 299,
    ]


def test_ticket_is_not_begun_at_closing_time():
    """A desk that closes leaves what nobody has begun."""
    tickets = ticket(0, HOUR - 1), ticket(1, HOUR - 1)
    day = summed(office(closes=HOUR), *tickets)

    assert (day.arrived, day.done, day.pending) == (2, 1, 1)


def test_ticket_waits_where_nobody_is_on_shift():
    """Without anybody on shift while the desk is open all tickets stay pending."""
    day = summed(office(opens=9 * HOUR, closes=12 * HOUR), ticket(0, 10 * HOUR))

    assert (day.done, day.pending, day.worked_s) == (0, 1, 0)


def test_ticket_waits_where_nobody_works_there():
    """A desk without people handles nothing."""
    assert summed(office(0), ticket(0, 0)).pending == 1


def test_leaver_takes_no_ticket_after_separation():
    """Who has left takes no more tickets; what was begun is finished."""
    gone = office(0, staff=(leaver(separation=HOUR),))
    tickets = ticket(0, HOUR - 1), ticket(1, HOUR)

    assert asked(gone, *tickets) == [("leaver", HOUR + 299)]
    assert summed(gone, *tickets).pending == 1


def test_sums_are_those_of_the_tickets():
    """The desk's day sums up what was waited and what was worked."""
    day = summed(office(), ticket(0, 0), ticket(1, 10), ticket(2, 20, rested_s=60))

    assert (day.at, day.arrived, day.done) == (8 * HOUR, 3, 3)
    assert (day.waited_s, day.worked_s) == (290 + 580, 660)


def test_sums_are_written_where_the_desk_closes_at_the_horizon():
    """A desk that is open to the horizon is summed up like any other."""
    open_end = office(horizon=8 * HOUR)
    trail = simulate(open_end, posture(), 1, day=day_of(open_end, ticket(0, 0)))

    assert [day.done for day in trail.of(DeskDay)] == [1]


def test_sums_are_written_where_work_outlasts_the_horizon():
    """A ticket that is still at work at the horizon hides no other one's time."""
    long = office(horizon=10 * HOUR)
    tickets = ticket(0, 0), ticket(1, 7 * HOUR, rested_s=4 * HOUR)
    trail = simulate(long, posture(), 1, day=day_of(long, *tickets))

    assert [day.arrived for day in trail.of(DeskDay)] == [2]


# People tire.


def test_handling_takes_longer_later_in_the_shift():
    """Two hours into the shift a ticket takes twice as long at half more per hour."""
    tired = office(slows_per_h=0.5)

    assert asked(tired, ticket(0, 2 * HOUR)) == [("desk-1", 2 * HOUR + 600)]
    assert summed(tired, ticket(0, 2 * HOUR)).worked_s == 600


@pytest.mark.parametrize(("arrives", "slips"), [(0, False), (2 * HOUR, True)])
def test_slips_grow_into_the_shift(arrives, slips):
    """The same person errs on a ticket late in the shift, not on it when rested."""
    tired = office(slip_rate=0.1, slips_grow_per_h=1.0)
    drawn = day_of(tired, ticket(0, arrives, luck=0.15))
    trail = simulate(tired, posture(), 1, day=drawn)

    assert bool(trail.of(Truth)) == slips


@pytest.mark.parametrize("cited", [True, False])
def test_ticket_is_cited_or_not(cited):
    """An action names the ticket it serves where the day says so."""
    trail = simulate(
        office(), posture(), 1, day=day_of(office(), ticket(0, 0, cited=cited))
    )

    assert trail.of(Requested)[0].ticket == ("front-0" if cited else None)


# What is unusual about an action, and how much it touches.


def made(*marks, desk_parts=None, arm=(), **parts):
    """Play one ticket with some marks; return the trail."""
    front = desk(shared_login="shared-desk", **(desk_parts or {}))
    story = evolve(
        office(desks=(front,)),
        organisation=evolve(office(desks=(front,)).organisation, **parts),
    )
    drawn = day_of(story, ticket(0, 0, marks=frozenset(marks)))
    return simulate(story, posture(*arm), 1, day=drawn)


@pytest.mark.parametrize(
    ("mark", "name", "value", "plain"),
    [
        ("emergency", "emergency", True, False),
        ("elsewhere", "place", "elsewhere", "usual"),
        ("unmanaged", "device", "unknown", "managed"),
        ("shared", "credential", "shared-desk", ""),
        ("shared", "staff", "shared-desk", "desk-1"),
    ],
)
def test_mark_shows_on_the_request(mark, name, value, plain):
    """What is unusual about an action is on its record, and nothing else is."""
    marked, usual = (made(*some).of(Requested)[0] for some in ((mark,), ()))

    assert (getattr(marked, name), getattr(usual, name)) == (value, plain)
    other = {"emergency", "place", "device", "credential", "staff"} - {name}
    same = [n for n in other if getattr(marked, n) == getattr(usual, n)]
    assert len(same) == (3 if mark == "shared" else 4)


def test_batch_is_the_size_of_request_and_effect():
    """A ticket about many targets is one action of that size."""
    drawn = day_of(office(), ticket(0, 0, batch=40))
    trail = simulate(office(), posture(), 1, day=drawn)

    assert trail.of(Requested)[0].size == trail.of(Executed)[0].size == 40


SECRET = ORGANISATION.credentials[0]


@pytest.mark.parametrize(
    "credential",
    [
        pytest.param(evolve(SECRET, systems=("vpn",)), id="another-system"),
        pytest.param(evolve(SECRET, teams=("leads",)), id="another-team"),
        pytest.param(evolve(SECRET, held=0.0), id="nobody"),
    ],
)
def test_shared_login_is_used_where_it_opens_something(credential):
    """Who lacks the secret, or needs it nowhere, uses the own login."""
    systems = (System("console", HOUR), System("vpn", HOUR))
    (asked,) = made("shared", credentials=(credential,), systems=systems).of(Requested)

    assert (asked.staff, asked.credential) == ("desk-1", "")


def test_shared_login_that_has_ended_is_refused():
    """A secret that has run out opens nothing, for honest work either."""
    old = evolve(SECRET, ends=Moment(0))
    (why,) = made("shared", credentials=(old,)).of(Refused)

    assert (why.staff, why.why, why.by) == (SECRET.id, "no-access", (SECRET.id,))


def test_shared_login_has_no_factor_of_its_user():
    """A prompt for the own factor stops honest work through a shared login."""
    arm = [says(challenges=(Challenge("factor", 20, own_factor=True),))]

    assert made("shared", arm=arm).of(Refused)[0].why == "factor-missing"
    assert made(arm=arm).of(Refused) == ()


def test_shared_login_is_not_approved_by_its_user():
    """Who sits at a shared login does not consent to what it asks for."""
    arm = [says(approvals=(Approval("", 1, HOUR),))]
    trail = made("shared", arm=arm, teams=crew(2), approvals=NEVER_DOUBTS)

    assert [passed.by for passed in trail.of(Passed)] == ["desk-2"]


# What is answered decides when the person is free again.


@pytest.mark.parametrize(
    ("answer", "second"),
    [
        ({}, 600),
        ({"challenges": (Challenge("word", 45),)}, 645),
        ({"challenges": (Challenge("a", 45), Challenge("b", 5))}, 650),
        ({"deny": True}, 600),
        ({"hold_s": HOUR}, 600),
        ({"throttle_s": HOUR}, 600),
        ({"approvals": (Approval("lead", 1, HOUR),)}, 600),
    ],
)
def test_prompts_keep_the_person_and_nothing_else_does(answer, second):
    """A prompt delays the next ticket; refusals, consent and waits do not."""
    arm = [says(to="act-front-0", **answer)]
    tickets = ticket(0, 0), ticket(1, 10)

    assert [at for _, at in asked(office(), *tickets, arm=arm)] == [300, second]


def test_prompt_makes_room_for_a_colleague():
    """While a prompt keeps one person, another who is free takes the ticket."""
    arm = [says(challenges=(Challenge("word", 120),))]
    tickets = ticket(0, 0), ticket(1, 10, rested_s=350), ticket(2, 20)

    assert [who for who, _ in asked(office(2), *tickets, arm=arm)] == [
        "desk-1",
        "desk-2",
        "desk-1",
    ]
    assert asked(office(2), *tickets, arm=arm)[2][1] == 720


def consenting(*tickets):
    """Play two people of whom one must approve the first action of the other."""
    work = evolve(office(2), title="consent")
    work = evolve(work, organisation=evolve(work.organisation, approvals=NEVER_DOUBTS))
    arm = [says(to="act-front-0", approvals=(Approval("", 1, HOUR),))]
    trail = simulate(work, posture(*arm), 1, day=day_of(work, *tickets))
    return {r.request: (r.staff, r.at) for r in trail.of(Requested)}


def test_consent_takes_the_time_of_a_busy_approver():
    """Who approves while at a ticket takes the next one later by the review."""
    busy = ticket(1, 10, rested_s=1000)
    both = ticket(2, 20, rested_s=2000), ticket(3, 30)

    assert consenting(ticket(0, 0), busy, *both)["act-front-3"] == (
        "desk-2",
        1010 + 600 + 300,
    )


@pytest.mark.parametrize("start", [0, HOUR])
def test_consent_keeps_an_idle_approver_from_the_next_ticket(start):
    """Who approves without a ticket at hand takes none until the review is over."""
    tickets = (
        ticket(0, start),
        ticket(1, start + 310, rested_s=HOUR),
        ticket(2, start + 320),
    )

    assert consenting(*tickets)["act-front-2"] == ("desk-2", start + 300 + 600 + 300)


def test_consent_leaves_an_approver_free_until_it_is_begun():
    """Who turns to a review half an hour later takes tickets in the meantime."""
    later = Approvals(Constant(30 * MINUTE), Constant(10 * MINUTE), 1.0, 1.0, 0.0, 0.0)
    work = office(2)
    work = evolve(work, organisation=evolve(work.organisation, approvals=later))
    arm = [says(to="act-front-0", approvals=(Approval("", 1, HOUR),))]
    tickets = ticket(0, 0), ticket(1, 310), ticket(2, 320)

    assert asked(work, *tickets, arm=arm)[1] == ("desk-2", 610)


def test_day_of_work_conserves_its_tickets():
    """On a drawn day every ticket is done or pending, every action ends or waits."""
    work = scene(horizon=10 * HOUR, desks=(desk(tickets_per_hour=30.0),))
    trail = simulate(work, posture(says(hold_s=2 * HOUR)), 1)
    (day,) = trail.of(DeskDay)
    ends = len(trail.of(Executed)) + len(trail.of(Refused))

    assert day.arrived == day.done + day.pending
    assert len(trail.of(Requested)) == ends + len(trail.of(Closed)[0].pending)
    assert day.done == len(trail.of(Requested))


def test_day_is_kept_by_what_asks_nothing():
    """A control that only allows moves no ticket."""
    work = scene(
        horizon=10 * HOUR,
        desks=(
            desk(
                tickets_per_hour=30.0, kinds=(kind(handling=Uniform(0, 10 * MINUTE)),)
            ),
        ),
    )
    days = [
        simulate(work, posture(*arm), 1, day=draw_day(work, 1)).of(DeskDay)
        for arm in ((), (says(),))
    ]

    assert days[0] == days[1]


# The same desk, event by event.


def by_events(people, front, tickets, prompt_s):
    """Play a desk with a queue and a list of people; return (ticket, who, start)."""
    idle = dict.fromkeys(range(len(people)), front.opens)
    queue, begun = [], []
    events = [(t.arrives, 0, number) for number, t in enumerate(tickets)]
    events += [
        (max(shift.start, front.opens), 1, -1)
        for person in people
        for shift in person.roster
    ]
    heapify(events)
    while events and (now := events[0][0]) < front.closes:
        while events and events[0][0] == now:
            _, what, which = heappop(events)
            if what == 0:
                queue.append(which)
            elif which >= 0:
                idle[which] = now
        there = {
            seat: max(since, people[seat].shift_at(now).start)
            for seat, since in idle.items()
            if people[seat].shift_at(now) is not None
        }
        if not queue or not there:
            continue
        seat = min(there, key=lambda seat: (there[seat], seat))
        number = queue.pop(0)
        del idle[seat]
        begun.append((number, people[seat].id, now))
        work = tickets[number]
        tired_h = (now - people[seat].shift_at(now).start) / HOUR
        takes_s = round(work.rested_s * (1 + front.slows_per_h * tired_h))
        prompted_s = prompt_s if work.action else 0
        heappush(events, (now + takes_s + prompted_s, 1, seat))
        heappush(events, (now, 2, -1))
    return begun


def by_arithmetic(scenario, tickets, arm):
    """Play a desk as the world does; return (ticket, who, start) and the sums."""
    begun = []

    def noting(desk, number, ticket, seat, start, *, give=DeskWork._give_out):
        begun.append((number, desk.seats[seat].id, start))
        give(desk, number, ticket, seat, start)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DeskWork, "_give_out", noting)
        trail = simulate(scenario, arm, 1, day=day_of(scenario, *tickets))
    return begun, trail.of(DeskDay)[0]


patterns = st.tuples(
    st.integers(4, 12),
    st.integers(1, 24),
    st.sampled_from([EVERY_DAY, ("mon",), ("mon", "wed"), ("tue",)]),
)


@st.composite
def desks(draw):
    """Draw a small desk over two days: shifts, people, tickets and a prompt."""
    shifts = tuple(
        ShiftPattern(name, days, TimeOfDay(start * HOUR), TimeOfDay(end * HOUR))
        for name, (start, end, days) in zip(
            ("one", "two"), (draw(patterns), draw(patterns)), strict=True
        )
    )
    teams = (
        Team("desk", "agent", "contractor", "one", draw(st.integers(1, 3))),
        Team("helpers", "agent", "contractor", "two", draw(st.integers(0, 2))),
        *ORGANISATION.teams[1:],
    )
    leaves = Moment(draw(st.integers(0, 2 * DAY)))
    staff = (Person("leaver", "desk", leaving=Leaving(Moment(0), leaves)),)
    opens = draw(st.integers(0, 2)) * HOUR
    closes = opens + draw(st.integers(1, 40)) * HOUR
    front = desk(
        teams=draw(
            st.sampled_from([("desk",), ("desk", "helpers"), ("helpers", "desk")])
        ),
        opens=Moment(opens),
        closes=Moment(closes),
        slows_per_h=draw(st.sampled_from([0.0, 0.1, 0.5])),
    )
    scenario = scene(
        horizon=20 * DAY,
        desks=(front,),
        shifts=(*shifts, *ORGANISATION.shifts),
        teams=teams,
        staff=draw(st.sampled_from([(), staff])),
    )
    return scenario, draw(loads(opens, closes)), draw(st.sampled_from([0, 60, 300]))


def loads(opens, closes):
    """Draw tickets in order of arrival, many of them at one instant."""
    arrivals = st.integers(opens // 300, closes // 300 - 1).map(lambda n: n * 300)
    rushes = st.integers(0, 12).map(lambda n: min(opens + n * 300, closes - 1))
    works = st.sampled_from([0, 60, 300, 450, HOUR, 5 * HOUR])
    acts = st.sampled_from([None, "deactivate"])
    drawn = st.lists(st.tuples(rushes | arrivals, works, acts), min_size=1, max_size=25)
    return drawn.map(
        lambda rows: tuple(
            ticket(number, at, rested_s=work, action=action)
            for number, (at, work, action) in enumerate(
                sorted(rows, key=lambda row: row[0])
            )
        )
    )


@pytest.mark.slow
@given(desks())
def test_looking_ahead_is_exact(drawn):
    """Looking ahead gives every ticket to whom, and when, event by event would."""
    scenario, tickets, prompt_s = drawn
    arm = posture(says(challenges=(Challenge("word", prompt_s),)))
    begun, day = by_arithmetic(scenario, tickets, arm)
    front = scenario.organisation.desks[0]
    stage = day_of(scenario).stage
    people = [member for team in front.teams for member in stage.teams[team]]

    assert begun == by_events(people, front, tickets, prompt_s)
    assert day.done == len(begun)
    waited = sum(at - tickets[n].arrives for n, _, at in begun)
    assert day.waited_s - waited == sum(
        front.closes - ticket.arrives for ticket in tickets[len(begun) :]
    )
