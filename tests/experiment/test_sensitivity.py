"""Which assumptions move the answer."""

from itertools import pairwise

import pytest
from attrs import evolve

from simulator.controls import FourEyes, SoftDelete
from simulator.errors import ScenarioError
from simulator.experiment import executors
from simulator.experiment.assumptions import assumptions_of
from simulator.experiment.bench import Fresh, study_of
from simulator.experiment.placing import STEP, jointly, placed, walks
from simulator.experiment.sensitivity import JOINT_RUNS, WALK_RUNS, sensitivity
from simulator.experiment.watched import MEASURES, Measure, measure_named
from simulator.scenario.organisation import Posture
from simulator.scenario.paths import value_at
from simulator.scenario.scenario import Provenance
from tests.experiment.engines import an_axis
from tests.scenes import ORGANISATION, honest_work, kind, misuse, scene

EYES = FourEyes(role="lead")
RUBBER_STAMP = "organisation.approvals.rubber_stamp"
KNOWN = Provenance("organisation.posture.controls.four-eyes.ttl", "1h", "D", "log")
"""The one number of four eyes that would else be an assumption."""
STAMPED = ("organisation", "approvals", "rubber_stamp")


def said(path=RUBBER_STAMP, value="0.2", tag="A", source="", between=None):
    """Build what a file says of a number."""
    return Provenance(path, value, tag, source, between)


def guarded(*sources, rubber_stamp=0.2, posture=(EYES,), **parts):
    """Build a day on which the misuse is stopped unless an approver does not look."""
    approvals = evolve(ORGANISATION.approvals, rubber_stamp=rubber_stamp)
    day = scene(misuse=misuse(), posture=Posture(posture), approvals=approvals, **parts)
    return evolve(day, provenance=(KNOWN, *(sources or (said(),))))


def found_in(scenario, **asked):
    """Ask for little, in this process."""
    told = {"replications": 60, "draws": 0, "jobs": 1, "measure": "stopped", **asked}
    return sensitivity(scenario, **told)


def row_of(found, path=RUBBER_STAMP):
    """Return the row of a number."""
    return next(row for row in found.rows if row.path == path)


# Laws.


def test_a_number_that_nothing_reads_changes_nothing():
    """Without honest work nobody asks how many accounts there are, or how large."""
    unread = "organisation.populations.ordinary"
    found = found_in(
        guarded(
            said(f"{unread}.count", "1000"), said(f"{unread}.audience", "100"), said()
        ),
        replications=20,
    )

    assert set(found.without_effect) == {f"{unread}.count", f"{unread}.audience"}
    assert [row.path for row in found.rows] == [RUBBER_STAMP]


def test_a_range_without_width_changes_nothing():
    """Low and high are the value itself."""
    found = found_in(guarded(said(between=("0.2", "0.2"))), replications=20)

    assert found.without_effect == (RUBBER_STAMP,)
    assert found.rows == ()


def test_the_place_of_a_number_does_not_depend_on_the_others():
    """Joint draws and paths are the same whichever others there are, in any order."""
    study = study_of((guarded(),), None, MEASURES["held"], difference=False, seed=7)
    several = assumptions_of([evolve(guarded(), provenance=())]).movable
    alone = [one for one in several if one.number.path == RUBBER_STAMP]

    def stamped(assumptions):
        points = [dict(point)[STAMPED] for point, _ in jointly(study, assumptions, 6)]
        first = [dict(walk.points[0])[STAMPED] for walk in walks(study, assumptions, 6)]
        return points, first

    assert len(several) > 5
    assert stamped(several) == stamped(several[::-1]) == stamped(alone)


def test_a_joint_sample_draws_from_every_part_of_a_range():
    """Each tenth of the range once, whatever the seed."""
    day = guarded(said(between=("0", "1")))
    (one,) = assumptions_of([day]).movable
    for seed in range(5):
        study = study_of((day,), None, MEASURES["held"], difference=False, seed=seed)
        shares = [dict(point)[STAMPED] for point, _ in jointly(study, [one], 10)]

        assert sorted(int(10 * share) for share in shares) == list(range(10))


def test_a_path_moves_one_number_at_a_time():
    """By the same step up or down, until each has moved once."""
    day = evolve(guarded(), provenance=())
    study = study_of((day,), None, MEASURES["held"], difference=False, seed=3)
    assumptions = assumptions_of([day]).movable
    (walk,) = walks(study, assumptions, 1)
    points = [dict(point) for point in walk.points]
    moved = [
        [".".join(path) for path in one if one[path] != other[path]]
        for one, other in pairwise(points)
    ]

    assert moved == [[path] for path, _ in walk.steps]
    assert {abs(step) for _, step in walk.steps} == {STEP}


@pytest.mark.slow
def test_the_result_is_the_same_for_any_number_of_processes(monkeypatch):
    """One process or two, it is equal in every number."""
    monkeypatch.setattr(executors, "STARTUP_S", 0.0)
    monkeypatch.setattr(executors, "PROBE_S", 0.01)
    day = guarded(said(), said("organisation.approvals.present", "0.9"))
    one, two = (
        sensitivity(day, replications=20, draws=3, jobs=jobs) for jobs in (1, 2)
    )

    assert one == two
    assert one.joint is not None


# Closed forms.


def test_the_answer_is_the_parameter():
    """P(stopped) = 1 - rubber stamp, at the value and at half and twice its odds."""
    found = found_in(guarded(), replications=200)
    row = row_of(found)

    for answer, share in (
        (found.base, 0.2),
        (row.low.answer, 1 / 9),
        (row.high.answer, 1 / 3),
    ):
        assert answer.low <= 1 - share <= answer.high
    assert row.high.answer.mean < found.base.mean < row.low.answer.mean
    assert row.swing == row.low.answer.mean - row.high.answer.mean
    assert row.across.mean == pytest.approx(-row.swing)
    assert row.moves
    assert (row.low.value, row.value, row.high.value) == ("0.111", "0.2", "0.333")


def test_a_certain_end_is_certain():
    """Never, and always, approved without a look: the ends leave nothing to chance."""
    found = found_in(guarded(said(between=("0", "1"))))
    row = row_of(found)

    assert (row.low.answer.mean, row.high.answer.mean) == (1.0, 0.0)
    assert row.declared
    assert row.low.change.mean == pytest.approx(1 - found.base.mean)


def test_the_difference_an_arm_makes():
    """Without four eyes nothing is stopped, so that they make all the difference."""
    day = guarded(posture=())
    plain = found_in(guarded())
    gain = found_in(day, arm=Posture((EYES,)), difference=True)
    same = found_in(guarded(posture=(SoftDelete(),)), arm=["soft-delete"])

    assert gain.base.mean == pytest.approx(plain.base.mean)
    assert row_of(gain).across == row_of(plain).across
    assert (gain.arm, same.arm) == (("+four-eyes",), ("-soft-delete",))
    assert same.base.mean == 0


@pytest.mark.slow
def test_parameters_and_noise_are_told_apart():
    """1 - rubber stamp, even between 0.1 and 0.9: 90 % of it between 0.14 and 0.86."""
    found = found_in(guarded(said(between=("0.1", "0.9"))), draws=40)

    assert found.joint.runs == JOINT_RUNS
    assert found.joint.low == pytest.approx(0.14, abs=0.1)
    assert found.joint.high == pytest.approx(0.86, abs=0.1)
    assert found.joint.parameter_sd == pytest.approx(0.8 / 12**0.5, rel=0.25)
    # E(theta (1 - theta)) = 1/2 - 1/4 - 0.64 / 12
    assert found.joint.noise_sd**2 == pytest.approx(0.25 - 0.64 / 12, rel=0.1)


@pytest.mark.slow
def test_two_numbers_that_only_work_together_show_interaction():
    """P(stopped) = (1 - rubber stamp) x sees harm: each effect depends on the other."""
    sees = "organisation.approvals.sees_harm"
    day = guarded(
        said(between=("0", "1")), said(sees, "1", between=("0", "1")), rubber_stamp=0.5
    )
    found = found_in(day, paths=8)
    straight = row_of(found_in(guarded(said(between=("0", "1"))), paths=8)).effect
    effect = row_of(found, sees).effect

    assert effect.spread > 2 * straight.spread
    assert straight.size == pytest.approx(1, abs=0.15)


# Which numbers, and how far.


def test_what_is_assumed():
    """Tag A, a declared range, or a default of the shelf that rests on nothing."""
    day = guarded(
        said(),
        said("organisation.approvals.present", "1", "D"),
        said("organisation.response.confirms", "0.9", "R", "1b", ("0.5", "1")),
        said("organisation.staff.leaver.leaving.notice", "2026-03-09"),
    )
    day = evolve(day, provenance=day.provenance[1:])
    day = evolve(day, organisation=evolve(
        day.organisation, response=evolve(day.organisation.response, confirms=0.9)
    ))  # fmt: skip
    found = assumptions_of([day])

    assert {one.number.path: one.source for one in found.movable} == {
        RUBBER_STAMP: "A",
        "organisation.response.confirms": "R 1b",
        "organisation.posture.controls.four-eyes.ttl": "default",
    }
    assert found.fixed == ("organisation.staff.leaver.leaving.notice",)


def test_the_numbers_of_an_option_are_those_of_the_variant_that_has_it():
    """They take the place of what the file says elsewhere."""
    axis = an_axis("doubt", "apart", "none", "some", path=STAMPED)
    day = evolve(
        guarded(
            said(between=("0.1", "0.3")),
            said("axes.doubt.options.some.set.organisation.approvals.rubber_stamp"),
        ),
        axes=(axis,),
    )
    (some,) = assumptions_of([day.variant(("doubt", "some"))]).movable

    assert not some.range.declared
    assert some.number.value == 0.1
    assert assumptions_of([day.variant(), day.variant(("doubt", "some"))]).movable == ()


def test_an_end_that_makes_no_sense_is_drawn_back():
    """There are two who can restore, so five key holders become fewer."""
    day = guarded(
        said("organisation.response.key_holders", "1", between=("1", "5")),
        teams=(*ORGANISATION.teams[:2], evolve(ORGANISATION.teams[2], size=2)),
    )
    (one,) = assumptions_of([day]).movable
    study = study_of((day,), None, MEASURES["held"], difference=False, seed=1)
    point, drawn_back = placed(study, [(one, one.range.high)])

    assert drawn_back
    assert point == ((one.number.parts, 2),)
    assert placed(study, [(one, one.range.low)]) == (((one.number.parts, 1),), False)


def test_a_share_of_tickets_is_moved_with_its_siblings():
    """A file whose shares do not add up would be refused."""
    kinds = (kind(share=0.5), kind(id="rest", share=0.5, action=None, acts=0.0))
    path = "organisation.desks.front.kinds.report.share"
    found = found_in(
        guarded(said(path, "0.5"), desks=honest_work(*kinds)), replications=4
    )

    assert found.elsewhere == (path,)


def test_labels_are_added_or_taken_away():
    """In force they go, else they come; their numbers are assumptions too."""
    day = guarded(posture=(SoftDelete(),))
    labels = ("four-eyes", "soft-delete")
    study = study_of((day,), labels, MEASURES["held"], difference=False, seed=1)
    scenario = study.variants[0]
    paths = [one.number.path for one in assumptions_of(study.variants).movable]

    assert study.arm(scenario).labels == ("four-eyes",)
    assert "candidates.controls.four-eyes.ttl" in paths
    assert value_at(scenario, ("candidates", "controls", "four-eyes")) == FourEyes()


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"arm": ["four-eye"]}, "unknown control or alert.*did you mean 'four-eyes'"),
        ({"measure": "stoped"}, "unknown measure.*did you mean 'stopped'"),
        ({"choose": {"why": "x"}}, "unknown axis"),
    ],
)
def test_what_does_not_exist_is_said(asked, what):
    """With what is near."""
    with pytest.raises(ScenarioError, match=what):
        found_in(guarded(), **asked)


def test_nothing_to_play_is_refused():
    """No replications, no jobs."""
    for asked in ({"replications": 0}, {"jobs": 0}):
        with pytest.raises(ValueError, match="accepted: 1 or more"):
            found_in(guarded(), **asked)


def none_at_all(outcome):
    """Have no answer."""
    return


def test_a_measure_may_have_no_answer():
    """Then there is nothing to compare, and nothing moves."""
    nothing = Measure("nothing", "never there", none_at_all, share=False)
    found = found_in(guarded(), measure=nothing, replications=20, draws=3)

    assert found.base.mean is None
    assert not any(row.moves for row in found.rows)
    assert found.joint is None


def test_progress_counts_every_replication_once():
    """Up to all there may be."""
    told = []
    found_in(
        guarded(),
        replications=25,
        draws=2,
        paths=2,
        progress=lambda done, of: told.append((done, of)),
    )
    every = 25 + JOINT_RUNS + WALK_RUNS

    assert told == [(done, every) for done in range(1, every + 1)]


def test_the_outage_is_told_in_minutes():
    """As long as the target was out; nothing if it never was."""
    found = found_in(guarded(posture=()), measure="outage", replications=4)

    assert measure_named("outage").says.startswith("minutes")
    assert found.base.mean > 1
    assert not found.share


def test_the_table_has_a_row_for_each_number():
    """All rows have the same keys."""
    found = found_in(
        guarded(said(), said("organisation.approvals.sees_harm", "0.9")),
        replications=20,
    )
    table = found.to_table()

    assert [line["path"] for line in table] == [row.path for row in found.rows]
    assert len({tuple(line) for line in table}) == 1


def test_work_is_drawn_again_only_where_a_change_touches_it():
    """The misuse is no part of it, the organisation is."""
    drawn = []

    class Noted(Fresh):
        def draw_day(self, scenario, seed):
            drawn.append(seed)
            return super().draw_day(scenario, seed)

    day = evolve(guarded(said("misuse.desists", "0.2")), misuse=misuse(desists=0.2))
    found_in(day, replications=3, engine=Noted())
    of_misuse = len(drawn)
    found_in(guarded(), replications=3, engine=Noted())

    assert (of_misuse, len(drawn) - of_misuse) == (3, 9)
