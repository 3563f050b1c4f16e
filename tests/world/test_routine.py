"""Going along a tape: what is not played leaves all that playing it would leave."""

from collections import Counter

import pytest
from attrs import Factory, evolve, frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.clock import Moment, Seconds
from simulator.decisions import ALLOW, Approval, Challenge
from simulator.experiment.whatif.design import design
from simulator.experiment.whatif.explore import explore
from simulator.outcome import measure
from simulator.scenario.organisation import Action, Entitlement, Posture, Role
from simulator.streams import Constant, Uniform
from simulator.testing.strategies import postures, scenarios, seeds, suspicious_days
from simulator.trail import Contained, DeskDay, Executed, Passed, Refused, Requested
from simulator.world import Ambiguous, Memory, draw_day, simulate
from simulator.world.desk import DeskWork
from tests.scenes import (
    HOUR,
    MINUTE,
    ORGANISATION,
    attempt,
    desk,
    honest_work,
    leaver,
    misuse,
    scene,
)
from tests.world.responses import response
from tests.world.stand_ins import (
    Says,
    day_of,
    posture,
    says,
    sees,
    sees_requests,
    ticket,
)

QUESTIONS = ("requested", "executed", "refused")
PROMPT = {"challenges": (Challenge("word", MINUTE),)}


@pytest.fixture
def acts(monkeypatch):
    """Note the acts that desks play; those they skip are not among them."""
    played, do = [], DeskWork.do

    def noted(work, act):
        played.append(work.tickets[act.number].id)
        return do(work, act)

    monkeypatch.setattr(DeskWork, "do", noted)
    return played


def records(scenario, *arm, day=None, seed=1, memory=None):
    """Play an arm; return how often each record is in its trail."""
    day = day or draw_day(scenario, seed)
    trail = simulate(scenario, posture(*arm), day.seed, day=day, memory=memory)
    return Counter(trail)


def taped(scenario, *arm, day=None, seed=1):
    """Play an arm along tapes; it must leave what a plain run leaves."""
    day = day or draw_day(scenario, seed)
    found = records(scenario, *arm, day=day, memory=Memory(day.seed))
    return sorted(found, key=lambda record: record.at)


def alone(*, member="leaver", **parts):
    """Build a desk with one person, who is or is not about to leave."""
    desk_team, *others = ORGANISATION.teams
    size, staff = (0, (leaver(),)) if member == "leaver" else (1, ())
    teams = (evolve(desk_team, size=size), *others)
    return scene(teams=teams, staff=staff, desks=(desk(),), **parts)


def every_ten_minutes(scenario, number=9):
    """Build the day on which tickets come that are done before the next comes."""
    return day_of(scenario, *(ticket(n, n * 600) for n in range(number)))


def agree(scenario, *arm, day=None, seed=1):
    """Say whether a run along tapes leaves the records of a plain run."""
    day = day or draw_day(scenario, seed)
    memory = Memory(day.seed)
    plain = records(scenario, *arm, day=day)
    return all(
        records(scenario, *arm, day=day, memory=memory) == plain for _ in range(2)
    )


# Laws.


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    drawn=st.tuples(scenarios(), postures()) | suspicious_days(),
    seed=seeds,
)
def test_what_is_skipped_leaves_the_records_of_what_is_played(drawn, seed):
    """In every run that is not given up the records are those of a plain run."""
    scenario, arm = drawn
    day = draw_day(scenario, seed)
    plain = Counter(simulate(scenario, arm, seed, day=day))

    try:
        found = Counter(simulate(scenario, arm, seed, day=day, memory=Memory(seed)))
    except Ambiguous:
        return
    assert found == plain


@pytest.mark.slow
@settings(max_examples=20)
@given(
    prompted=st.sets(st.integers(0, 8)),
    rung=st.sets(st.integers(0, 8)),
    seconds=st.sampled_from([7, 311, 1_207]),
)
def test_any_acts_may_be_prompted_and_rung_for(prompted, rung, seconds):
    """Wherever the tape is left and joined again the records are those of a run."""
    story = alone(response=response(believes_false=1.0))
    arm = (
        *(
            says(f"p-{n}", to=f"act-front-{n}", challenges=(Challenge("w", seconds),))
            for n in prompted
        ),
        *(sees(f"s-{n}", of=f"act-front-{n}", staff="leaver") for n in rung),
    )
    arm = [entry for entry in arm if entry.label in posture(*arm).labels]

    assert agree(story, *arm, day=every_ten_minutes(story))


# Skipping.


def test_nothing_is_played_about_which_nobody_speaks(acts):
    """On a day without a word about honest work no act of it is played."""
    story = scene(misuse=misuse(), desks=honest_work())
    arm = says(to="misuse", deny=True), sees(of="misuse", staff="leaver")
    found = taped(story, arm[0])

    assert acts == []
    assert sum(isinstance(r, Executed) for r in found) > 50
    assert agree(story, *arm[:1])


@frozen(kw_only=True)
class Counts(Says):
    """Ask what is known of everybody so far when the misuse is asked for."""

    heard: list = Factory(list)

    def decide(self, request, view):
        """Note all counts, and let it pass."""
        if request.id.startswith("misuse"):
            span = {"since": 0, "until": request.at}
            for kind in QUESTIONS:
                self.heard.extend(
                    view.count(who, of=kind, **span) for who in ("desk-1", "leaver")
                )
                self.heard.append(view.peer_mean("desk-1", of=kind, **span))
            self.heard.append(view.passed_at("desk-1", "word", request.at))
        return ALLOW


@pytest.mark.parametrize("delay", [Constant(0), Constant(677)])
@pytest.mark.parametrize("others", [(), (says("word", to="act", **PROMPT),)])
def test_what_is_skipped_is_known_when_it_is_asked_for(delay, others):
    """Counts, the mean of peers and prompts passed are those of a plain run."""
    action = evolve(ORGANISATION.actions[0], effect_delay=delay)
    story = scene(
        misuse=misuse(at=3 * HOUR + 7), desks=honest_work(), actions=(action,)
    )
    day, heard = draw_day(story, 1), []
    for memory in (None, Memory(1)):
        control = Counts()
        records(story, control, *others, day=day, memory=memory)
        heard.append(control.heard[:10])

    assert heard[0] == heard[1]
    assert heard[0][0] > 5


def test_a_prompt_for_every_act_has_a_tape_of_its_own(acts):
    """Where all are prompted, passing the prompt is routine too."""
    story = alone(member="desk-1")
    day = every_ten_minutes(story)
    found = taped(story, says(to="act", **PROMPT), day=day)

    assert acts == []
    assert sum(isinstance(r, Passed) for r in found) == 9
    assert agree(story, says(to="act", **PROMPT), day=day)


def test_the_tape_is_joined_again_after_one_prompt(acts):
    """Of nine acts the one that is prompted is played, and no other."""
    story = alone(member="desk-1")
    day, arm = every_ten_minutes(story), says(to="act-front-2", **PROMPT)
    taped(story, arm, day=day)

    assert acts == ["front-2"]
    assert agree(story, arm, day=day)


def test_what_comes_of_a_prompt_stays_in_the_sums():
    """A minute at a prompt is a minute that the tickets behind it wait."""
    story = alone(member="desk-1")
    tickets = day_of(story, *(ticket(n, 0) for n in range(6)))
    arm = says(to="act-front-0", **PROMPT)
    (summed,) = (r for r in taped(story, arm, day=tickets) if isinstance(r, DeskDay))

    assert summed.waited_s == sum(300 * n for n in range(6)) + 5 * MINUTE
    assert agree(story, arm, day=tickets)


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"horizon": 4 * HOUR}, id="horizon in the hours of the desk"),
        pytest.param({"horizon": 3 * HOUR + 300}, id="and on an act"),
        pytest.param(
            {
                "desks": (
                    *honest_work(),
                    desk(id="back", tickets_per_hour=9.0, opens=Moment(HOUR)),
                )
            },
            id="two desks",
        ),
        pytest.param({"desks": (desk(),)}, id="no tickets"),
        pytest.param(
            {"desks": honest_work(slip_rate=0.2, slows_per_h=0.1)}, id="tired, slipping"
        ),
        pytest.param(
            {
                "actions": (
                    evolve(ORGANISATION.actions[0], effect_delay=Uniform(0, HOUR)),
                )
            },
            id="effects come later",
        ),
    ],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_days_of_every_kind(parts, seed):
    """Whatever the desks are like, the records are those of a plain run."""
    story = scene(**{"misuse": misuse(), "desks": honest_work(), **parts})
    arm = says(to="misuse", hold_s=90), sees(of="act-front-1", after=67, staff="desk-1")

    assert agree(story, *arm, seed=seed)


# What ends access.


def test_an_honest_person_is_refused_while_access_is_ended(acts):
    """A false alarm about the first act bars the three after it, all skipped so far."""
    story = alone(member="desk-1", response=response(believes_false=1.0))
    arm = sees(of="act-front-0", staff="desk-1")
    found = taped(story, arm, day=every_ten_minutes(story))
    (ended,) = (r for r in found if isinstance(r, Contained))

    assert (ended.at, ended.until) == (480, 480 + 30 * MINUTE)
    assert [r.at for r in found if isinstance(r, Refused)] == [900, 1500, 2100]
    assert [r.at for r in found if isinstance(r, Executed)][:2] == [300, 2700]
    assert agree(story, arm, day=every_ten_minutes(story))


def test_a_leaver_is_refused_after_the_misuse_is_confirmed():
    """All honest acts of the leaver after it had been skipped, and are refused."""
    story = alone(misuse=misuse(at=400))
    arm = sees(of="misuse", staff="leaver")
    found = taped(story, arm, day=every_ten_minutes(story))
    refused = [r for r in found if isinstance(r, Refused)]

    assert [r.at for r in refused] == [900 + 600 * n for n in range(8)]
    assert {r.by for r in refused} == {("containment",)}
    assert agree(story, arm, day=every_ten_minutes(story))


def test_somebody_interrupted_before_the_effect_is_no_routine():
    """An act that was skipped whole and ended halfway cannot be told from the tape."""
    late = evolve(ORGANISATION.actions[0], effect_delay=Constant(30 * MINUTE))
    quick = response(believes_false=1.0)
    story = alone(member="desk-1", response=quick, actions=(late,))
    day, arm = every_ten_minutes(story), posture(sees_requests(**TELLS_OF_FIRST))

    with pytest.raises(Ambiguous):
        simulate(story, arm, 1, day=day, memory=Memory(1))
    assert leaves_are_right(story, arm, day)


TELLS_OF_FIRST = {"of": "act-front-0", "staff": "desk-1", "after": 500}


def test_rules_switched_off_in_the_run_prompt_nobody_any_more():
    """What is taped as prompted is not prompted once the misuse has switched it off."""
    unlock = Action("unlock", "alters", "console", switches_off=("says",))
    may = (Entitlement(("deactivate", "unlock"), "protected"),)
    story = alone(
        member="desk-1",
        misuse=misuse(attempt(action="unlock"), at=1000),
        actions=(*ORGANISATION.actions, unlock),
        roles=(Role("agent", may), Role("lead", may), Role("operator")),
    )
    staff = (leaver(team="leads"),)
    story = evolve(story, organisation=evolve(story.organisation, staff=staff))
    arm, day = says(to="act", **PROMPT), every_ten_minutes(story)
    passed = [r for r in taped(story, arm, day=day) if isinstance(r, Passed)]

    assert len(passed) == 2
    assert agree(story, arm, day=day)


# Who is asked to approve.


def test_an_approver_from_the_desk_leaves_the_tape(acts):
    """Who approves owes the desk that time: acts come later than on the tape."""
    story = scene(misuse=misuse(at=1000), desks=honest_work(tickets_per_hour=60.0))
    arm = says(to="misuse", approvals=(Approval("agent", 1, HOUR),))
    found = taped(story, arm)
    asked = {r.request: r.at for r in found if isinstance(r, Requested)}
    without = {r.request: r.at for r in taped(story) if isinstance(r, Requested)}

    assert any(at > without[name] for name, at in asked.items())
    assert acts
    assert agree(story, arm)


def test_a_colleague_approves_and_all_goes_on():
    """Honest acts approved by colleagues at the same desk are those of a plain run."""
    story = scene(desks=honest_work(tickets_per_hour=20.0))
    arm = says(to="act-front-1", approvals=(Approval("agent", 1, HOUR),))

    assert all(agree(story, arm, seed=seed) for seed in range(4))


# Two things in one second.


def leaves_are_right(story, arm, day):
    """Say whether each of two arms is in a leaf with the outcome of its plain run."""
    explored = explore(story, arm, design("lattice", arm.labels), 1, day, tapes_after=0)
    return all(
        measure(simulate(story, on, 1, day=day), story)
        == evolve(explored.leaf(number).outcome)
        for number, on in enumerate((Posture(), arm))
    )


def test_a_coincidence_is_noticed_and_played():
    """An act rung for in the second of the misuse: it is said, and played in full."""
    story = alone(member="leaver", misuse=misuse(at=HOUR))
    day = day_of(story, ticket(0, HOUR - 300), ticket(1, 2 * HOUR))
    arm = posture(sees(of="act-front-0", staff="desk-1"))

    with pytest.raises(Ambiguous):
        simulate(story, arm, 1, day=day, memory=Memory(1))
    assert leaves_are_right(story, arm, day)


def test_asking_what_was_known_in_the_second_of_an_act_is_noticed():
    """Whether an act counts that is skipped in this very second cannot be told."""
    story = alone(misuse=misuse(at=HOUR))
    day = day_of(story, ticket(0, HOUR - 300))

    with pytest.raises(Ambiguous):
        simulate(story, posture(Counts()), 1, day=day, memory=Memory(1))


def test_an_end_of_access_in_the_second_of_an_act_is_noticed():
    """Whether who is contained in the second of an act comes first is not told."""
    story = alone(member="desk-1", response=response(believes_false=1.0))
    arm = sees(of="act-front-0", staff="desk-1", after=420)

    with pytest.raises(Ambiguous):
        taped(story, arm, day=every_ten_minutes(story))


def test_the_alarm_of_an_act_is_no_coincidence(acts):
    """An alarm about an act, raised at once, and a doubt dismissed, change no order."""
    story = alone(member="desk-1")
    arm = sees(of="act", staff="desk-1", after=0)
    slow = evolve(story.organisation.response, triage=Constant(Seconds(540)))
    story = evolve(story, organisation=evolve(story.organisation, response=slow))

    taped(story, arm, day=every_ten_minutes(story))
    assert len(acts) == 9
    assert agree(story, arm, day=every_ten_minutes(story))
