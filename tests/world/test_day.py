"""The honest work of a seed: drawn once, the same for all arms."""

from collections import Counter

import pytest

from simulator.clock import Moment
from simulator.scenario.organisation import Population
from simulator.streams import Exponential
from simulator.trail import Requested
from simulator.world import draw_day, prepare, simulate
from tests.scenes import DAY, HOUR, desk, kind, misuse, scene
from tests.world.stand_ins import agrees, posture, says, sees

BUSY = {"tickets_per_hour": 50.0}


def work(**parts):
    """Build a scene with one busy desk."""
    return scene(horizon=2 * DAY, desks=(desk(**{**BUSY, **parts}),))


def tickets(scenario, seed=1):
    """Draw the tickets of the first desk."""
    return draw_day(scenario, seed).desks[0][1]


def told(drawn):
    """Write tickets as text, to compare what they hold."""
    return [str(ticket) for ticket in drawn]


def test_same_seed_draws_the_same_day():
    """A seed has one day, however often it is drawn and on whatever stage."""
    again = draw_day(work(), 1, stage=prepare(work())).desks[0][1]

    assert told(tickets(work())) == told(again)


def test_other_seed_draws_another_day():
    """Two seeds have different days."""
    assert told(tickets(work(), 1)) != told(tickets(work(), 2))


def test_day_is_the_same_in_every_arm():
    """Arms that refuse nothing ask for the same actions at the same instants."""
    story = work()
    arms = (), (says(),), (sees(after=HOUR),)
    asked = [simulate(story, posture(*arm), 1).of(Requested) for arm in arms]

    assert asked[0] == asked[1] == asked[2] != ()


def test_day_may_be_shared_between_runs():
    """A day that is drawn before plays as one that is drawn by the run."""
    story = work()

    assert simulate(story, posture(), 1, day=draw_day(story, 1)) == simulate(
        story, posture(), 1
    )


def test_day_of_another_seed_is_not_taken_for_the_own():
    """A run does not play the day of another seed under its own."""
    story = work()
    try:
        trail = simulate(story, posture(), 5, day=draw_day(story, 7))
    except ValueError:
        return

    assert trail == simulate(story, posture(), 5)


def test_day_does_not_know_of_the_misuse():
    """Honest work is drawn alike with and without a misuse."""
    with_one = scene(horizon=2 * DAY, desks=(desk(**BUSY),), misuse=misuse())

    assert told(tickets(with_one)) == told(tickets(work()))


def test_desks_are_drawn_apart():
    """Another desk moves no ticket of the first."""
    two = scene(horizon=2 * DAY, desks=(desk(**BUSY), desk(id="back", **BUSY)))

    assert told(tickets(two)) == told(tickets(work()))


def test_tickets_arrive_in_order_while_the_desk_is_open():
    """Tickets come in order of arrival, inside the window, numbered from 0."""
    opens, closes = 2 * HOUR, 5 * HOUR
    drawn = tickets(work(opens=Moment(opens), closes=Moment(closes)))
    arrivals = [ticket.arrives for ticket in drawn]

    assert arrivals == sorted(arrivals)
    assert opens <= arrivals[0] <= arrivals[-1] < closes
    assert [ticket.id for ticket in drawn] == [f"front-{n}" for n in range(len(drawn))]


def test_tickets_follow_the_hours_of_the_day():
    """Where an hour's factor is zero nothing arrives, by the local clock."""
    only_ten = tuple(float(hour == 10) for hour in range(24))
    drawn = tickets(work(hour_of_day=only_ten, tickets_per_hour=500.0))

    assert {ticket.arrives // HOUR for ticket in drawn} == {2}


def test_tickets_at_twice_the_rate_are_twice_as_many():
    """A constant factor does to arrivals what the rate does."""
    doubled = work(hour_of_day=(2.0,) * 24)

    assert [t.arrives for t in tickets(doubled)] == [
        t.arrives for t in tickets(work(tickets_per_hour=100.0))
    ]


def test_tickets_are_of_their_kinds():
    """Kinds come in their shares, and only those that act need the action."""
    kinds = (
        kind(id="a", share=0.75, acts=1.0),
        kind(id="b", share=0.25, acts=0.0, action=None),
    )
    drawn = tickets(work(kinds=kinds, tickets_per_hour=250.0))
    acting = Counter(ticket.action for ticket in drawn)

    assert acting["deactivate"] / len(drawn) == pytest.approx(0.75, abs=0.03)


def test_tickets_fall_on_tiers_by_population():
    """Without a tier of its own a ticket is about a target of a drawn tier."""
    story = scene(
        desks=(desk(tickets_per_hour=250.0),),
        populations=(Population("ordinary", 900), Population("protected", 100)),
    )
    tiers = Counter(ticket.tier for ticket in tickets(story))

    assert tiers["protected"] / tiers.total() == pytest.approx(0.1, abs=0.02)


def test_tickets_take_the_time_of_their_kind():
    """Handling times follow the distribution of the kind."""
    drawn = tickets(
        work(kinds=(kind(handling=Exponential(300)),), tickets_per_hour=500.0)
    )
    mean_s = sum(ticket.rested_s for ticket in drawn) / len(drawn)

    assert mean_s == pytest.approx(300, rel=0.05)


def test_tickets_cite_themselves_in_their_share():
    """A share of the actions names the ticket that they serve."""
    drawn = tickets(work(kinds=(kind(cites_ticket=0.2),), tickets_per_hour=250.0))

    assert agrees(sum(t.cited for t in drawn), len(drawn), 0.2)


@pytest.mark.parametrize(("action", "share"), [("deactivate", 0.2), (None, 0.0)])
def test_tickets_need_the_action_in_their_share(action, share):
    """A share of the tickets needs the action of their kind, if it has one."""
    acting = kind(action=action, acts=0.2)
    drawn = tickets(work(kinds=(acting,), tickets_per_hour=250.0))
    needing = sum(t.target != "" for t in drawn)

    assert {t.action for t in drawn if t.target} <= {"deactivate"}
    assert needing == 0 if action is None else agrees(needing, len(drawn), share)


def test_tickets_never_share_a_target():
    """Each ticket is about a target of its own, named after its tier."""
    drawn = tickets(work())

    assert len({ticket.target for ticket in drawn}) == len(drawn)
    assert drawn[0].target == "ordinary/front-0"


def test_tickets_with_a_tier_of_their_own_need_no_population():
    """Where every kind names its tier no population is asked for."""
    kinds = (kind(tier="protected"),)
    story = scene(populations=(), desks=(desk(kinds=kinds, **BUSY),))

    assert {ticket.tier for ticket in tickets(story)} == {"protected"}


# What is unusual about an action.

MARKS = {
    "emergency": {"kinds": (kind(emergency=0.3),)},
    "shared": {"shared_login": "shared-desk", "shared_share": 0.3},
    "elsewhere": {"elsewhere": 0.3},
    "unmanaged": {"unmanaged": 0.3},
}


def marks(seed=1, **parts):
    """Return the marks of every ticket of a busy desk."""
    return [t.marks for t in tickets(work(tickets_per_hour=250.0, **parts), seed)]


@pytest.mark.parametrize("mark", MARKS)
def test_marks_are_drawn_in_their_share(mark):
    """So large a share of the tickets has the mark, and no ticket another one."""
    drawn = marks(**MARKS[mark])
    hits = sum(mark in ticket for ticket in drawn)

    assert agrees(hits, len(drawn), 0.3)
    assert set(drawn) == {frozenset(), frozenset({mark})}


def test_marks_are_drawn_apart():
    """Four marks of one ticket are four draws: all are there in the product."""
    drawn = marks(
        **{name: part for one in MARKS.values() for name, part in one.items()}
    )
    both = sum({"elsewhere", "unmanaged"} <= ticket for ticket in drawn)

    assert agrees(both, len(drawn), 0.09)
    assert len(set(drawn)) == 16


def test_mark_does_not_move_with_another():
    """Where one share changes, the other marks stay on the tickets they were on."""
    alone, beside = marks(elsewhere=0.3), marks(elsewhere=0.3, unmanaged=0.5)

    assert [m & {"elsewhere"} for m in beside] == alone


def test_marks_of_a_larger_share_hold_those_of_a_smaller():
    """A share marks the same tickets first."""
    few, many = marks(elsewhere=0.1), marks(elsewhere=0.6)

    assert all(one <= other for one, other in zip(few, many, strict=True))
    assert marks(elsewhere=1.0) == [{"elsewhere"}] * len(few)


def test_marks_move_nothing_else():
    """Tickets arrive, take and need the same, marked or not."""
    plain, marked = (
        [t._replace(marks=frozenset()) for t in tickets(work(**parts))]
        for parts in ({}, {"elsewhere": 0.5, "unmanaged": 0.5})
    )

    assert plain == marked


def test_shared_login_is_used_where_there_is_one():
    """Without a shared login no action is made with it, whatever the share."""
    assert set(marks(shared_share=1.0)) == {frozenset()}


def test_emergency_is_declared_by_kind():
    """Only the kinds of work that know emergencies declare them."""
    kinds = kind(id="a", share=0.5, emergency=1.0), kind(id="b", share=0.5, batch=7)
    drawn = tickets(work(kinds=kinds))

    assert {(t.batch, "emergency" in t.marks) for t in drawn} == {(1, True), (7, False)}


def test_marks_are_the_same_in_every_arm():
    """What is unusual about honest work does not depend on what is in force."""
    story = work(**MARKS["shared"], elsewhere=0.3, unmanaged=0.3)
    bare, full = (
        {
            r.request: (r.credential, r.device, r.place, r.emergency)
            for r in simulate(story, posture(*arm), 1).of(Requested)
        }
        for arm in ((), (says("a", hold_s=60), says("b", deny=True, to="act-front-1")))
    )

    assert bare == full
    assert len(set(bare.values())) == 8
