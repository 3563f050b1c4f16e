"""Every law can fail: the world is broken on purpose, and the law has to notice.

Each break is one that somebody could make by mistake. The law holds on the same scene
while the world is whole, so that it is the break that is noticed and nothing else.
"""

from itertools import count
from pathlib import Path

import pytest
from attrs import evolve, frozen

import simulator.trail
from simulator.controls import FourEyes
from simulator.decisions import ALLOW, DENY, Approval, Challenge, Decision
from simulator.scenario.organisation import ExitTask, Role, Team
from simulator.shelf import BaseControl
from simulator.streams import Constant, Uniform, uniform
from simulator.testing import laws
from simulator.trail import Executed, Requested
from simulator.world import actions, memory, run
from simulator.world.access import Access
from simulator.world.choices import Open
from simulator.world.desk import DeskWork
from simulator.world.pool import Pool
from simulator.world.triage import Queue
from simulator.world.world import World
from tests.scenes import HOUR, ORGANISATION, attempt, desk, misuse, scene
from tests.world.stand_ins import posture, says, sees, sees_requests

SEED = 3
NAMED = {"staff": "leaver", "target": "celebrity"}


@pytest.fixture
def breaks(monkeypatch):
    """Check that a law holds, break the world, and check that the law notices."""

    def check(law, scenario, arm, owner, name, broken, **parts):
        law(scenario, arm, SEED, **parts)
        monkeypatch.setattr(owner, name, broken)
        with pytest.raises(AssertionError):
            law(scenario, arm, SEED, **parts)

    return check


def plot(**parts):
    """Build a scene with the plain misuse."""
    return scene(**{"misuse": misuse(), **parts})


def manners(**parts):
    """Build the response with other manners."""
    return evolve(ORGANISATION.response, **parts)


def counted():
    """Build luck that comes from a counter, whoever asks."""
    number = count(1)
    return lambda world, purpose, *identity: next(number) * 0.37 % 1


def dropped(kind):
    """Build a trail that loses the records of one kind."""

    def write(world, record):
        if not isinstance(record, kind):
            world.records.append(record)

    return write


# Law 1.


def test_same_trail_bites_where_luck_is_counted(breaks):
    """Law 1 fails where draws come from a counter that no run resets."""
    late = ORGANISATION.actions[0]
    story = plot(actions=(evolve(late, effect_delay=Uniform(0, HOUR)),))

    breaks(laws.same_seed_same_trail, story, posture(), World, "luck", counted())


# Law 2.


def unsorted(arm, shadow):
    """Leave everybody in the order of the file."""
    return arm, shadow


def test_order_bites_where_nobody_sorts(breaks):
    """Law 2 fails where controls are asked in the order of the file."""
    arm = posture(says("a"), says("b", hold_s=60))

    breaks(laws.order_is_irrelevant, plot(), arm, run, "_apart", unsorted)


def test_order_bites_where_the_last_answer_wins(breaks, monkeypatch):
    """Law 2 fails where a later control overrides an earlier one."""
    arm = posture(says("a", hold_s=90), says("b", hold_s=60))
    monkeypatch.setattr(actions, "explain_controls", lambda *asked: None)
    monkeypatch.setattr(run, "_apart", unsorted)

    def last(world, answers):
        return (("last", world.controls[-1].answer),)

    breaks(laws.order_is_irrelevant, plot(), arm, actions, "_in_force", last)


# Law 3.


def test_tightening_bites_where_an_answer_is_dropped(breaks):
    """Law 3 fails where the combination forgets an answer."""
    arm = posture(says("a", hold_s=60), says("b", deny=True))

    def forgetful(world, answers):
        return answers[:-1]

    breaks(laws.controls_only_tighten, plot(), arm, actions, "_in_force", forgetful)


def test_tightening_bites_where_answers_replace_each_other(breaks):
    """Law 3 fails where combining two decisions keeps the second alone."""
    arm = posture(says("a", hold_s=60), says("b", throttle_s=60))

    def second(one, other):
        return other

    breaks(laws.controls_only_tighten, plot(), arm, Decision, "__or__", second)


# Law 4.


def blind(world, request):
    """See no reason to bar anybody."""
    return ""


def test_access_bites_where_the_end_of_an_account_is_not_seen(breaks):
    """Law 4 fails where an account that has ended still works."""
    gone = ExitTask("disable", "notice", Constant(0), ("console",))
    story = plot(offboarding=(gone,))

    breaks(laws.effects_have_access, story, posture(), actions, "what_bars", blind)


def test_access_bites_where_the_entitlement_is_not_asked(breaks):
    """Law 4 fails where a role without the entitlement acts."""
    story = plot(roles=(Role("agent"), *ORGANISATION.roles[1:]))

    breaks(laws.effects_have_access, story, posture(), actions, "what_bars", blind)


def test_access_bites_where_containment_is_not_seen(breaks):
    """Law 4 fails where a person who is contained goes on."""
    ways = misuse(attempt(), attempt(wait=Constant(HOUR)))
    arm = posture(
        says(to="misuse-0.0", deny=True), sees_requests(of="misuse-0.0", **NAMED)
    )
    law = laws.effects_have_access

    breaks(law, plot(misuse=ways), arm, actions, "what_bars", blind)


def test_access_bites_where_it_is_asked_at_the_request_alone(breaks):
    """Law 4 fails where access is not asked again at the release."""
    gone = ExitTask("disable", "notice", Constant(9 * HOUR), ("console",))
    story = plot(offboarding=(gone,), misuse=misuse(at=8 * HOUR + 60))
    arm = posture(says(throttle_s=2 * HOUR))

    def at_the_request(access, staff, system, at, *, ended_by=Access.ended_by):
        return ended_by(access, staff, system, min(at, 8 * HOUR + 60))

    breaks(laws.effects_have_access, story, arm, Access, "ended_by", at_the_request)


# Law 5.


def test_intent_bites_where_the_analyst_reads_it(breaks):
    """Law 5 fails where an alarm is confirmed because of the intent."""

    def reads_minds(queue, alarm):
        return queue.world.deeds[alarm.about].intent == "revenge"

    law = laws.intent_is_invisible

    breaks(law, plot(), posture(sees()), Queue, "_confirms", reads_minds)


def test_intent_bites_where_a_control_reads_it(breaks):
    """Law 5 fails where slips alone are denied."""

    def reads_minds(world, deed, *, ask=actions._ask):
        slip = deed.intent == "slip"
        return (("mind-reader", DENY),) if slip else ask(world, deed)

    law = laws.intent_is_invisible

    breaks(law, plot(), posture(says("a", hold_s=60)), actions, "_ask", reads_minds)


# Law 6.


def luck_of_the_arm(world, purpose, *identity):
    """Draw a number that depends on how many controls there are."""
    return (len(world.controls) + len(world.shadow_controls)) * 0.37 % 1


def test_inert_bites_where_luck_depends_on_the_arm(breaks):
    """Law 6 fails where one more control moves the draws."""
    story = plot(response=manners(triage=Uniform(0, HOUR)))
    law = laws.inert_control_changes_nothing

    breaks(law, story, posture(sees()), World, "luck", luck_of_the_arm)


def test_inert_bites_where_being_asked_takes_time(breaks):
    """Law 6 fails where a control that allows still costs a second."""

    def slow(world, answers):
        return (("slow", Decision(throttle_s=len(world.controls))),)

    law = laws.inert_control_changes_nothing

    breaks(law, plot(), posture(), actions, "_in_force", slow)


def test_shadows_bite_where_they_are_heard(breaks):
    """Law 6 fails where the answer of a control that is only asked counts."""

    def hears_all(world, answers):
        return answers

    breaks(
        laws.shadows_change_nothing,
        plot(),
        posture(),
        actions,
        "_in_force",
        hears_all,
        shadow=posture(says(deny=True)),
    )


# Law 7.


def test_cause_bites_where_people_approve_themselves(breaks):
    """Law 7 fails where approvers include the requester."""
    arm, law = posture(FourEyes()), laws.every_effect_has_a_cause

    def anybody(pool, at, *, but=(), book=Pool.book, **parts):
        return book(pool, at, **parts)

    breaks(law, plot(), arm, Pool, "book", anybody)


def test_cause_bites_where_the_actor_approves(breaks):
    """Law 7 fails where whoever sits at a colleague's session approves."""
    ways = misuse(attempt(through="colleague-session"))
    arm, law = posture(FourEyes()), laws.every_effect_has_a_cause

    def only_the_login(pool, at, *, but=(), book=Pool.book, **parts):
        return book(pool, at, but={name for name in but if name != "leaver"}, **parts)

    breaks(law, plot(misuse=ways), arm, Pool, "book", only_the_login)


def test_cause_bites_where_one_approves_twice(breaks):
    """Law 7 fails where two approvals come from one person."""
    teams = (
        *ORGANISATION.teams[:1],
        Team("leads", "lead", "employee", "always", 2),
        ORGANISATION.teams[2],
    )
    story = plot(teams=teams, approvals=evolve(ORGANISATION.approvals, sees_harm=0.0))
    arm = posture(says(approvals=(Approval("lead", 2, HOUR),)))

    def again(pool, at, *, but=(), book=Pool.book, **parts):
        return book(pool, at, but={"leads-2"}, **parts)

    breaks(laws.every_effect_has_a_cause, story, arm, Pool, "book", again)


@pytest.mark.parametrize("kind", [Requested, Executed])
def test_cause_bites_where_a_record_is_lost(breaks, kind):
    """Law 7 fails where an effect has no request, or a restore no effect."""
    law = laws.every_effect_has_a_cause

    breaks(law, plot(), posture(sees()), World, "write", dropped(kind))


# Law 8.


def test_counts_bite_where_a_refusal_is_not_written(breaks):
    """Law 8 fails where a refused request leaves no record of it."""

    def silent(world, deed, why, by, *, refuse=actions._refuse):
        refused = refuse(world, deed, why, by)
        world.records.remove(refused)
        return refused

    arm, law = posture(says(deny=True)), laws.counts_conserve

    breaks(law, plot(), arm, actions, "_refuse", silent)


def test_counts_bite_where_what_is_pending_is_forgotten(breaks):
    """Law 8 fails where a request under way at the horizon is not told."""
    arm, law = posture(says(hold_s=24 * HOUR)), laws.counts_conserve

    def forgetful(world, *, close=run._close):
        world.pending.clear()
        close(world)

    breaks(law, plot(), arm, run, "_close", forgetful)


def test_counts_bite_where_tickets_are_lost(breaks):
    """Law 8 fails where a desk does not count what nobody has begun."""
    story = scene(desks=(desk(tickets_per_hour=60.0),))

    def optimistic(work, *, sum_up=DeskWork.sum_up):
        if work.is_summed_up:
            return
        work.done += 1
        sum_up(work)
        work.world.records[-1] = evolve(work.world.records[-1], pending=0)

    breaks(laws.counts_conserve, story, posture(), DeskWork, "sum_up", optimistic)


def test_counts_bite_where_a_desk_is_not_summed_up(breaks):
    """Law 8 fails where a desk leaves no record of its day at all."""
    story = scene(desks=(desk(tickets_per_hour=60.0),))

    def silent(work):
        pass

    breaks(laws.counts_conserve, story, posture(), DeskWork, "sum_up", silent)


# Law 9.


@frozen(kw_only=True)
class AfterRefusal(BaseControl):
    """Let nobody act who was refused before."""

    id = "after-refusal"
    definition = "denies whoever was refused before"

    def decide(self, request, view):
        """Look back at what happened in the run."""
        before = {"since": 0, "until": request.at, "of": "refused"}
        return DENY if view.count(request.staff, **before) else ALLOW


DENIES_FIRST = says(to="misuse-0.0", deny=True)


def works_alone():
    """Build the plain misuse by somebody who works a desk alone."""
    team = evolve(ORGANISATION.teams[0], size=0)
    teams = (team, *ORGANISATION.teams[1:])
    return plot(teams=teams, desks=(desk(tickets_per_hour=6.0),))


def test_leaves_bite_where_nobody_may_be_on_who_is_not_always(breaks):
    """Law 9 fails where an open control is taken for one that is off."""

    def surely(choices, label):
        return label not in choices.columns

    arm, law = posture(DENIES_FIRST), laws.leaves_are_plain_runs

    breaks(law, plot(), arm, Open, "may_be_on", surely)


def test_leaves_bite_where_a_part_of_the_arms_is_forgotten(breaks):
    """Law 9 fails where arms that go another way get no run of their own."""

    def forgetful(choices, *how, settle=Open.settle, **special):
        found = settle(choices, *how, **special)
        choices.left.clear()
        return found

    arm, law = posture(DENIES_FIRST), laws.leaves_are_plain_runs

    breaks(law, plot(), arm, Open, "settle", forgetful)


def test_leaves_bite_where_who_looks_back_is_not_asked_again(breaks):
    """Law 9 fails where an answer of the first run is kept for another story."""

    def asked_once(request, deciders, knowledge):
        answers = ((label, decide(request, knowledge)) for label, decide in deciders)
        return tuple(answer for answer in answers if answer[1] != ALLOW), ()

    arm, law = posture(DENIES_FIRST, AfterRefusal()), laws.leaves_are_plain_runs

    breaks(law, works_alone(), arm, memory, "_asked", asked_once)


def test_leaves_bite_where_nobody_disturbs_a_desk(breaks):
    """Law 9 fails where whose access has ended goes on with honest work unplayed."""
    law, arm = laws.leaves_are_plain_runs, posture(sees(of="misuse", staff="leaver"))

    breaks(law, works_alone(), arm, World, "disturb", lambda world: None)


# Law 10.


def test_stored_bites_where_reading_changes_a_record(breaks):
    """Law 10 fails where what is read back is not what was written."""
    arm, law = (
        posture(says(challenges=(Challenge("word", 8),))),
        laws.stored_measures_as_live,
    )

    breaks(law, plot(), arm, simulator.trail, "_frozen", lambda value: value)


def test_stored_bites_where_measuring_remembers(breaks):
    """Law 10 fails where two measurements of one trail differ."""
    number = count()

    def remembers(trail, scenario):
        return next(number)

    law = laws.stored_measures_as_live

    breaks(law, plot(), posture(), laws, "measure", remembers)


# Law 11.


def test_draws_bite_where_luck_is_counted(breaks):
    """Law 11 fails where one more control moves how long an alarm takes."""
    story = plot(response=manners(triage=Uniform(0, HOUR)))
    arm = posture(sees_requests(), FourEyes(role="lead"), says())

    def so_far(world, purpose, *identity):
        return uniform(world.seed, purpose, len(world.records))

    breaks(laws.draws_stay_put, story, arm, World, "luck", so_far)


def test_draws_bite_where_tickets_depend_on_the_arm(breaks):
    """Law 11 fails where a control changes what a ticket is about."""
    story = scene(desks=(desk(tickets_per_hour=20.0),))

    def moody(work, act, *, deed=DeskWork.deed):
        found = deed(work, act)
        cited = "other" if work.world.controls else found.request.ticket
        return evolve(found, request=evolve(found.request, ticket=cited))

    arm, law = posture(says()), laws.draws_stay_put

    breaks(law, story, arm, DeskWork, "deed", moody)


@pytest.mark.parametrize("law", laws.LAWS, ids=lambda law: law.__name__)
def test_every_law_is_broken_here(law):
    """No law is missing above."""
    assert f"laws.{law.__name__}" in Path(__file__).read_text(encoding="utf-8")
