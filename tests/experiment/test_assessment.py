"""Assessing: laws first, then scenes whose end is known, then what is kept."""

import os
import signal
import subprocess
import sys

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.alerts import ProtectedChangeAlert
from simulator.controls import ProtectedLock, RateLimit
from simulator.errors import ScenarioError
from simulator.experiment import compare, executors
from simulator.experiment.arms import only
from simulator.experiment.assessment import assess
from simulator.scenario.binding import bind
from simulator.scenario.misuse import Requirement
from simulator.scenario.organisation import Posture
from simulator.testing.strategies import postures, scenarios
from tests.experiment.engines import Watched, an_axis
from tests.experiment.organisations import (
    AFTERWARDS,
    IN_FORCE,
    LEFT_OPEN,
    OFFERED,
    ONE_AFTER_THE_OTHER,
    TWO_WAYS,
    UNSEEN,
    assessed,
    incident,
    place,
    put,
)
from tests.scenes import CLOSED, HOUR, leaver

SWEPT = an_axis("resolve", "swept", "firm", "weak", path=("misuse", "desists"))
SLOW = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def row(assessment):
    """Return the only row."""
    (found,) = assessment.rows
    return found


def compared(scenario, candidates, *added, replications=12):
    """Compare candidates beside what is in force and what is added to it."""
    organisation = scenario.organisation
    posture = organisation.posture
    for label in added:
        posture = posture.plus(only(label, candidates))
    there = evolve(organisation, posture=posture)
    reading = compare(
        evolve(scenario, organisation=there),
        candidates=candidates,
        replications=replications,
        jobs=1,
    ).readings[0]
    return {found.label: found for found in (reading.baseline, *reading.rows)}


# Laws.


@pytest.mark.slow
def test_an_assessment_is_the_same_for_any_number_of_jobs(monkeypatch):
    """Whether one process plays or two, what is found is equal to the last bit."""
    monkeypatch.setattr(executors, "STARTUP_S", 0.0)
    monkeypatch.setattr(executors, "PROBE_S", 0.01)
    incidents = (
        incident("one"),
        evolve(incident("two"), axes=(SWEPT,)),
        incident("three", *ONE_AFTER_THE_OTHER),
    )

    one, two, three = (
        assessed(*incidents, candidates=UNSEEN.plus(OFFERED), jobs=jobs)
        for jobs in (1, 2, 3)
    )

    assert one == two == three
    assert all(found.gap.remedies for found in one.rows)


def test_the_matrix_is_what_compare_finds_of_what_is_in_force():
    """Without any addition the row has the verdicts and times of a comparison."""
    found = row(assessed(candidates=Posture()))
    usual = compared(put(incident(), place()), Posture())[""]

    assert found.verdicts == usual.verdicts
    assert (found.held, found.detect, found.restore) == (
        usual.held,
        usual.detect,
        usual.restore,
    )
    assert [(one.label, one.runs) for one in found.done_by] == list(usual.did_it)


def test_what_is_offered_changes_nothing_but_the_gap():
    """The matrix is the same whatever may be added."""
    bare, full = row(assessed(candidates=Posture())), row(assessed())

    assert evolve(bare, gap=None) == evolve(full, gap=None)
    assert bare.gap.remedies == ()
    assert bare.gap.closest is None


@pytest.mark.slow
@SLOW
@given(scenarios(), postures(), st.sampled_from([0.3, 0.9, 1.0]))
def test_what_closes_a_gap_does_so_when_it_is_compared(scenario, offered, gap_under):
    """Of any scenario: each remedy holds as often as it says, one or a pair."""
    if scenario.misuse is None:
        return
    found = row(
        assessed(
            scenario,
            organisation=scenario,
            bind=lambda incident, organisation: incident,
            candidates=offered,
            gap_under=gap_under,
            replications=6,
            friction_replications=1,
        )
    )

    for remedy in found.gap.remedies if found.gap else ():
        *before, last = remedy.labels
        rows = compared(scenario, offered, *before, replications=6)
        assert remedy.held == rows[last].held
        assert remedy.held.share >= gap_under > found.held.share


def test_every_addition_that_closes_a_gap_is_found():
    """Asked for all remedies, the search leaves out none that a comparison finds."""
    found = row(assessed(remedies=100))
    rows = compared(put(incident(), place()), OFFERED)
    closing = {
        label
        for label, compared_row in rows.items()
        if compared_row.held.share >= 0.9 and not compared_row.in_force
    }

    assert closing == {label for r in found.gap.remedies for label in r.labels}
    assert len(closing) > 1


def test_friction_is_what_compare_finds_without_misuse():
    """What honest work pays is that of a comparison of the organisation alone."""
    found = row(assessed(remedies=100, friction_replications=5))
    rows = compared(place(), OFFERED, replications=5)
    usual = rows[""].cost

    assert found.gap.remedies
    for remedy in found.gap.remedies:
        cost, paid = rows[remedy.name].cost, remedy.friction
        assert (paid.added_s, paid.added_low) == (cost.added_s, cost.added_low)
        assert paid.refused == cost.refused - usual.refused
        assert paid.alarms_per_shift == cost.alarms_per_shift - usual.alarms_per_shift


def test_the_cheapest_come_first():
    """Remedies are sorted by their friction, and fewer are the cheapest of more."""
    many = row(assessed(remedies=100)).gap.remedies
    one = row(assessed(remedies=1)).gap.remedies

    orders = [remedy.friction.order for remedy in many]
    assert orders == sorted(orders)
    assert len(orders) > 1
    assert one == many[:1]


# Scenes whose end is known.


def test_a_lock_closes_the_gap_of_a_last_click():
    """What nothing in force stops, a lock stops in every run."""
    found = row(assessed(candidates=Posture((ProtectedLock(), RateLimit()))))

    assert found.verdicts["noticed"].count == 12
    assert [one.label for one in found.noticed_by] == ["user-report"]
    (lock,) = found.gap.remedies
    assert (lock.name, lock.held.share) == ("protected-lock", 1.0)
    assert found.gap.tried == found.gap.heard == 1


def test_what_is_held_is_no_gap():
    """With the lock in force the incident is held, and nothing is searched for."""
    locked = IN_FORCE.plus(Posture((ProtectedLock(),)))
    found = assessed(organisation=place(posture=locked))

    assert row(found).held.share == 1.0
    assert row(found).gap is None
    assert found.gaps == found.under(1.0) == ()
    assert [one.label for one in row(found).done_by] == ["protected-lock"]


def test_what_is_in_force_is_not_offered():
    """A gap is not closed by what is there already."""
    alerted = IN_FORCE.plus(Posture((), (ProtectedChangeAlert(),)))
    there = place(
        posture=alerted, response=evolve(place().organisation.response, confirms=0.0)
    )
    found = row(assessed(organisation=there, remedies=100))

    assert found.gap is not None
    labels = {label for remedy in found.gap.remedies for label in remedy.labels}
    assert "protected-change-alert" not in labels


def test_two_open_ways_take_a_pair():
    """Where one addition closes the login and one the secret, both are needed."""
    found = row(
        assessed(incident("after", *TWO_WAYS, at=AFTERWARDS), candidates=LEFT_OPEN)
    )

    (pair,) = found.gap.remedies
    assert pair.labels == ("auto-revocation", "shared-secret-rotation")
    assert pair.held.share == 1.0
    assert (found.gap.tried, found.gap.closest) == (2, None)


def test_a_pair_closes_a_gap_when_it_is_compared():
    """One of the pair in force, the other holds as often as the pair is said to."""
    twice = incident("after", *TWO_WAYS, at=AFTERWARDS)
    (pair,) = row(assessed(twice, candidates=LEFT_OPEN)).gap.remedies
    one, other = pair.labels

    assert pair.held == compared(put(twice, place()), LEFT_OPEN, one)[other].held
    assert pair.held == compared(put(twice, place()), LEFT_OPEN, other)[one].held


def test_a_way_that_is_only_tried_second_is_seen():
    """What guards the fallback was never asked, and is found all the same."""
    found = row(assessed(incident("again", *ONE_AFTER_THE_OTHER), candidates=UNSEEN))

    assert found.gap.heard == 1
    (pair,) = found.gap.remedies
    assert pair.labels == ("geo-device-binding", "ticket-bound")


def test_what_no_two_close_has_a_closest():
    """Where nothing closes a gap, what helps most is told over all runs."""
    half = Posture((ProtectedLock(covers=0.5), RateLimit()))
    scenes = [
        incident(name, who=Requirement(role="agent")) for name in ("anybody", "else")
    ]
    found = assessed(*scenes, candidates=half, replications=30)

    for at in found.rows:
        assert at.gap.remedies == ()
        assert at.gap.closest.labels == ("protected-lock",)
        assert at.held.share < at.gap.closest.held.share < 0.9
        assert at.gap.closest.held.of == 30


def test_what_is_not_possible_is_a_row_with_its_reason():
    """An incident that cannot be bound is told, and is neither held nor a gap."""
    found = assessed(incident("elsewhere"), incident())

    assert [one.name for one in found.impossible] == ["elsewhere"]
    assert found.rows[0].why_not.endswith("nobody there is a pilot")
    assert found.rows[0].held.of == 0
    assert [one.name for one in found.possible] == ["a-last-click"]


def test_what_nobody_could_try_is_not_possible():
    """An incident that can be bound, and whose person is not there, is told too."""
    found = row(assessed(incident(who=Requirement(person="nobody"))))

    assert found.why_not == "in none of the runs could anybody try it"
    assert found.gap is None


def test_runs_are_spread_over_open_questions():
    """Each answer has its share of the runs; one that changes nothing is not told."""
    asked = evolve(
        incident(),
        axes=(
            SWEPT,
            an_axis("why", "apart", "a", "b"),
            an_axis("on", "on-request", "c"),
        ),
    )
    found = row(assessed(asked, candidates=Posture()))

    told = {(a.axis, a.option): a.held.of for a in found.by_answer}
    assert told == {("resolve", "firm"): 6, ("resolve", "weak"): 6}


def test_a_variant_keeps_its_answers():
    """An incident that was settled before is played in that answer alone."""
    asked = evolve(incident(), axes=(SWEPT,)).variant(("resolve", "weak"))

    assert row(assessed(asked, candidates=Posture())).by_answer == ()


def test_access_left_is_that_of_whoever_did_it():
    """Of one whose account nobody closes, access is open at the end of every run."""
    found = row(assessed(candidates=Posture())).residual
    there = place(offboarding=CLOSED, credentials=())
    closed = row(assessed(organisation=there, candidates=Posture())).residual

    assert (found.leavers, found.beyond.count, found.left.count) == (12, 12, 12)
    assert (closed.leavers, closed.beyond.count) == (12, 0)


def test_who_stays_leaves_no_access():
    """Of one who does not leave there is no residual access to tell."""
    stays = incident(who=Requirement(role="lead"))

    assert row(assessed(stays, candidates=Posture())).residual.leavers == 0


def test_the_real_binding_is_used():
    """An incident of one organisation is carried over to another."""
    elsewhere = evolve(
        incident(), organisation=evolve(place().organisation, name="another")
    )
    found = assess(place(), [elsewhere], candidates=OFFERED, replications=4, jobs=1)

    assert row(found).why_not == ""
    assert found.organisation == place().organisation.name
    assert isinstance(bind(elsewhere, place()).title, str)


# What is asked wrongly.


def test_a_scenario_without_misuse_is_refused():
    """There is nothing to assess in honest work."""
    with pytest.raises(ScenarioError, match="'plain' has no misuse"):
        assessed(evolve(place(), incident="plain"))


def test_no_incidents_are_refused():
    """An assessment of nothing is a mistake."""
    with pytest.raises(ScenarioError, match=r"no incidents \(0\)"):
        assess(place(), [])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"replications": 0}, "no replications"),
        ({"jobs": 0}, "no jobs"),
        ({"remedies": 0}, "no remedies"),
        ({"friction_replications": 0}, "no friction_replications"),
        ({"gap_under": 1.1}, "no share"),
    ],
)
def test_numbers_out_of_range_are_refused(wrong, said):
    """What makes no sense is named."""
    with pytest.raises(ValueError, match=said):
        assessed(**wrong)


# What is kept.


def test_progress_ends_at_all():
    """Progress never goes back, and ends where everything is done."""
    told = []
    assessed(incident("one"), incident("two"), progress=lambda *at: told.append(at))

    done = [at for at, _ in told]
    assert done == sorted(done)
    assert told[-1] == (48, 48)


@pytest.mark.parametrize("interrupt_at", [1, 40, 150])
def test_an_interrupt_keeps_finished_incidents(interrupt_at):
    """What was finished has its row, and the others are named."""
    incidents = tuple(incident(f"incident-{n}") for n in range(4))
    cut = assessed(*incidents, engine=Watched(interrupt_at=interrupt_at))
    whole = assessed(*incidents)

    finished = len(cut.rows)
    assert finished < 4
    assert cut.rows == whole.rows[:finished]
    assert cut.unfinished == tuple(f"incident-{n}" for n in range(finished, 4))


def test_kept_rows_are_not_played_again(tmp_path):
    """The second assessment plays nothing and finds the same."""
    path, incidents = tmp_path / "kept.jsonl", (incident("one"), incident("two"))
    first = assessed(*incidents, results=path)
    idle = Watched()
    again = assessed(*incidents, results=path, engine=idle)

    assert again == first
    assert (idle.days, idle.arms) == ([], [])
    assert len(path.read_text().splitlines()) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"seed": 2},
        {"replications": 13},
        {"gap_under": 0.8},
        {"remedies": 1},
        {"friction_replications": 4},
        {"candidates": Posture((ProtectedLock(),))},
        {"organisation": place(staff=(leaver(separation=9 * HOUR),))},
    ],
)
def test_what_was_asked_otherwise_is_played_anew(tmp_path, other):
    """A row is only taken for the same incident, organisation and question."""
    path = tmp_path / "kept.jsonl"
    assessed(results=path)

    assert assessed(results=path, **other) == assessed(**other)
    assert len(path.read_text().splitlines()) == 2


KILLED = """
import sys
from tests.experiment.engines import Watched
from tests.experiment.organisations import assessed, incident

if __name__ == "__main__":
    incidents = [incident(f"incident-{n}") for n in range(300)]
    assessed(*incidents, results=sys.argv[1])
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_a_killed_assessment_resumes(tmp_path):
    """After kill -9 what was finished is taken from the file, by any process."""
    path, script = tmp_path / "kept.jsonl", tmp_path / "script.py"
    script.write_text(KILLED)
    running = subprocess.Popen(
        [sys.executable, script, path],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    while not (path.exists() and path.read_text().count("\n") >= 3):
        assert running.poll() is None
    running.kill()
    running.wait()

    kept = path.read_text().count("\n")
    idle = Watched()
    resumed = assessed(
        *(incident(f"incident-{n}") for n in range(kept)), results=path, engine=idle
    )

    assert idle.arms == []
    assert (
        resumed.rows == assessed(*(incident(f"incident-{n}") for n in range(kept))).rows
    )


INTERRUPTED = """
from simulator.experiment import executors
from tests.experiment.organisations import assessed, incident

def tell(done, total):
    if done > 400:
        print("begun", flush=True)

if __name__ == "__main__":
    executors.STARTUP_S, executors.PROBE_S = 0, 0.01
    incidents = [incident(f"incident-{n}") for n in range(300)]
    found = assessed(*incidents, jobs=2, progress=tell)
    print("ended", len(found.rows), len(found.unfinished))
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
def test_an_interrupt_from_the_terminal_is_silent(tmp_path):
    """Ctrl-C reaches all processes; none leaves a traceback, and rows are kept."""
    script = tmp_path / "script.py"
    script.write_text(INTERRUPTED)
    running = subprocess.Popen(
        [sys.executable, script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert running.stdout.readline() == "begun\n"

    os.killpg(running.pid, signal.SIGINT)
    told, errors = running.communicate(timeout=60)

    _, finished, left = told.splitlines()[-1].split()
    assert (running.returncode, errors) == (0, "")
    assert int(finished) > 0
    assert int(finished) + int(left) == 300
