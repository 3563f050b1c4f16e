"""Bringing targets back: which way, by whom, when, and what is lost."""

from collections import Counter
from math import sqrt
from statistics import fmean, stdev

import pytest
from attrs import evolve, frozen

from simulator.clock import Moment
from simulator.controls import SoftDelete
from simulator.decisions import Runbook
from simulator.scenario.organisation import (
    Action,
    Backup,
    ExitTask,
    Leaving,
    Person,
    RestoreStage,
    Team,
)
from simulator.streams import Constant, Exponential, Uniform
from simulator.trail import (
    Contained,
    Eased,
    Executed,
    Recovered,
    Restored,
    Triaged,
)
from simulator.world.restoration import Restoration
from tests.scenes import (
    AT_ONCE,
    DAY,
    HOUR,
    MINUTE,
    ORGANISATION,
    attempt,
    desk,
    leaver,
    misuse,
    scene,
)
from tests.world.responses import ACT, NAMED, leads, named, response, watch
from tests.world.stand_ins import (
    Says,
    day_of,
    misuses,
    play,
    says,
    sees,
    ticket,
)

KEPT = Says(keeps_s=DAY)
Z = 3.29  # two-sided 99.9 %


def former(separation):
    """Build a lead who leaves."""
    return Person("former", "leads", leaving=Leaving(Moment(0), Moment(separation)))


def restored(trail):
    """Return (target, seconds since the act and its triage) of all that came back."""
    return [(r.target, r.at - ACT - 120) for r in trail.of(Restored)]


# The way back, and those who go it.


@pytest.mark.parametrize(
    ("arm", "takes"), [((), 2 * HOUR), ((SoftDelete(),), 3 * MINUTE)]
)
def test_undo_window_decides_how_long_it_takes(arm, takes):
    """What is kept reversible is restored, what is not has to be rebuilt."""
    restored = play(*arm, sees()).of(Restored)[0]

    assert restored.at == ACT + 120 + takes


def test_undo_window_that_is_over_no_longer_helps():
    """What is noticed after the undo window has to be rebuilt."""
    trail = play(SoftDelete(undo_window=600), sees(after=HOUR))

    assert trail.of(Executed)[0].undo_until < trail.of(Triaged)[0].at
    assert trail.of(Restored)[0].at == trail.of(Triaged)[0].at + 2 * HOUR


def test_restorers_are_people_of_their_role():
    """A person of the role restores, called out where nobody is on shift."""
    parts = {"teams": leads(1, "day"), "response": response(restore_role="lead")}
    by_day, by_night = (
        play(KEPT, sees(), misuse=misuse(at=at), **parts).of(Restored)[0]
        for at in (HOUR, 9 * HOUR)
    )

    assert (by_day.by, by_day.at) == ("leads-1", HOUR + 120 + 180)
    assert by_night.by == "leads-1-called-out"
    assert by_night.at == 9 * HOUR + 120 + 15 * MINUTE + 180


def test_restorers_do_one_thing_after_the_other():
    """What two logins broke is two jobs, and one restorer does one after the other."""
    plan = misuse(), misuse(attempt(target="ally", through="colleague-session"))
    trail = play(
        KEPT,
        sees(),
        targets=named("celebrity", "ally"),
        teams=(*leads(1)[:2], watch(2)[2]),
        misuse=evolve(misuse(), plan=tuple(step for m in plan for step in m.plan)),
        response=response(restore_role="lead"),
    )

    assert restored(trail) == [("celebrity", 180), ("ally", 360)]


def test_person_at_work_is_not_called_out_for_more():
    """The only restorer finishes one job before the next, however quick a call-out."""
    trail = play(
        KEPT,
        sees(),
        targets=named("celebrity", "ally"),
        misuse=misuses("celebrity", "ally", wait=600),
        teams=leads(1, "day"),
        response=response(
            restore_role="lead", restore=Constant(3 * HOUR), call_out=Constant(0)
        ),
    )

    assert [at - 600 for _, at in restored(trail)] == [3 * HOUR, 6 * HOUR]


def test_restorer_is_never_the_one_who_did_it():
    """The login that an alarm names is not asked to bring its own deed back."""
    trail = play(
        Says(keeps_s=DAY), sees(**NAMED), response=response(restore_role="agent")
    )

    assert trail.of(Restored)[0].by != "leaver"


def test_restorer_who_was_cleared_restores_again():
    """Who was kept out for a while restores once the access is back."""
    parts = {
        "desks": (desk(),),
        "staff": (leaver(separation=HOUR),),
        "teams": (Team("desk", "agent", "contractor", "day", 1), *watch()[1:]),
        "response": response(restore_role="agent", believes_false=1.0),
    }
    day = day_of(scene(**parts), ticket(0, HOUR))
    wrong = sees("wrong", of="act-front-0", staff="desk-1")
    late = misuse(attempt(through="shared-secret"), at=3 * HOUR)
    trail = play(
        Says(keeps_s=DAY),
        wrong,
        sees("right", of="misuse"),
        day=day,
        misuse=late,
        **parts,
    )

    assert trail.of(Contained)[0].until < 3 * HOUR
    assert trail.of(Restored)[0].by == "desk-1"


def test_target_is_restored_once():
    """Several alarms about one outage restore the target once."""
    trail = play(sees("a"), sees("b"), sees("c", after=HOUR))

    assert len(trail.of(Triaged)) == 3
    assert len(trail.of(Restored)) == 1


def test_target_can_go_down_again():
    """A target that is taken down after it was restored is restored again."""
    trail = play(
        Says(keeps_s=DAY), sees(), misuse=misuses("celebrity", "celebrity", wait=600)
    )

    assert [r.undoes for r in trail.of(Restored)] == ["misuse-0.0", "misuse-1.0"]


def test_target_that_was_down_already_comes_back_from_all():
    """What is done to a target that is out is undone with the first deed."""
    twice = misuses("celebrity", "celebrity")
    trail = play(Says(keeps_s=DAY), sees(), misuse=twice)

    assert len(trail.of(Executed)) == 2
    assert [r.undoes for r in trail.of(Restored)] == ["misuse-0.0"]


@pytest.mark.parametrize(
    ("employment", "back"), [("vendor", 1), ("contractor", 1), ("employee", 0)]
)
def test_restorer_without_access_does_not_restore(employment, back):
    """Whose account is gone brings nothing back."""
    gone = ExitTask(
        "disable", "notice", AT_ONCE, ("console",), employments=(employment,)
    )
    trail = play(
        KEPT,
        sees(),
        staff=(leaver(separation=10 * HOUR), former(8 * HOUR)),
        teams=leads(0),
        offboarding=(gone,),
        misuse=misuse(attempt(through="shared-secret")),
        response=response(restore_role="lead"),
    )

    assert len(trail.of(Executed)) == 1
    assert len(trail.of(Restored)) == back


@pytest.mark.parametrize(("later_s", "back"), [(1, 1), (0, 0)])
def test_who_has_left_restores_nothing(later_s, back):
    """From the separation on nobody is called out, whose account still works or not."""
    trail = play(
        KEPT,
        sees(),
        staff=(leaver(), former(ACT + 120 + later_s)),
        teams=leads(0),
        response=response(restore_role="lead"),
    )

    assert len(trail.of(Restored)) == back


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_derived_state_comes_back_after_the_target(share):
    """Follower counts are whole some time after the target is back, stage or not."""
    stages = (RestoreStage("part", Constant(60), share),)
    trail = play(KEPT, sees(), response=response(stages=stages))

    assert trail.of(Recovered)[0].at == trail.of(Restored)[0].at + HOUR


# What one person broke is one job.


def test_one_person_is_one_job():
    """All that one login took down comes back at one time, by one person."""
    names = ("a", "b", "c")
    trail = play(
        KEPT, sees(of="misuse-2"), targets=named(*names), misuse=misuses(*names)
    )

    assert restored(trail) == [("a", 180), ("b", 180), ("c", 180)]
    assert {r.by for r in trail.of(Restored)} == {"watch-1"}


def test_job_has_the_luck_of_its_first_request():
    """Many targets take the time that the first of them alone would take."""
    manners = response(restore=Uniform(0, 5 * HOUR), call_out=Uniform(0, 5 * HOUR))
    parts = {"response": manners, "targets": named("a", "b")}
    alone, both = (
        play(KEPT, sees(of="misuse-0"), misuse=misuses(*names), **parts).of(Restored)
        for names in ("a", "ab")
    )

    assert [r.at for r in both] == [alone[0].at] * 2


def test_what_is_taken_down_later_is_a_later_job():
    """A target that goes down while others are mended waits for the next job."""
    trail = play(
        KEPT,
        sees(of="misuse-0", **NAMED),
        targets=named("celebrity", "ally"),
        misuse=misuses("celebrity", "ally", wait=150),
    )

    assert restored(trail) == [("celebrity", 150 + 180), ("ally", 150 + 360)]


def test_derived_state_of_each_target_has_its_own_luck():
    """Follower counts of the targets of one job are whole one after the other."""
    names = ("a", "b", "c")
    manners = response(derived_state=Uniform(0, 2 * HOUR))
    parts = {"targets": named(*names), "misuse": misuses(*names), "response": manners}
    trail = play(KEPT, sees(of="misuse-2"), **parts)
    whole = [r.at for r in trail.of(Recovered)]

    assert len(set(whole)) == 3
    assert whole == sorted(whole)
    assert {r.target for r in trail.of(Recovered)} == set(names)


def test_ways_back_are_jobs_apart():
    """What is still kept reversible is undone, what no longer is, is rebuilt."""
    trail = play(
        Says(keeps_s=700),
        sees(of="misuse-1"),
        targets=named("old", "young"),
        misuse=misuses("old", "young", wait=600),
        teams=watch(2),
    )

    assert restored(trail) == [("young", 1200 + 180), ("old", 1200 + 2 * HOUR)]


class Counted(dict):
    """A dictionary that counts how many of its items were looked at."""

    looked = 0

    def items(self):
        """Count each item that is looked at."""
        return Looks(self)


class Looks:
    """The items of a counted dictionary, from the last on."""

    def __init__(self, of):
        self.of = of

    def __iter__(self):
        yield from reversed(list(reversed(self)))

    def __reversed__(self):
        for item in reversed(dict.items(self.of)):
            self.of.looked += 1
            yield item


@pytest.mark.parametrize("alarms", [1, 40])
def test_each_outage_is_looked_at_once(monkeypatch, alarms):
    """Neither many alarms nor many targets make anybody search them all again."""
    out, chosen, mend = Counted(), Counter(), Restoration.mend
    way_back = Restoration._way_back

    def mending(restoration, staff):
        out.update(restoration.world.broken)
        restoration.world.broken = out
        mend(restoration, staff)

    def choosing(restoration, request):
        chosen[request.id] += 1
        return way_back(restoration, request)

    monkeypatch.setattr(Restoration, "mend", mending)
    monkeypatch.setattr(Restoration, "_way_back", choosing)
    names = [f"target-{n}" for n in range(60)]
    trail = play(
        *(sees(f"alarm-{n}", of="misuse-59") for n in range(alarms)),
        targets=named(*names),
        misuse=misuses(*names),
        teams=watch(alarms),
    )

    assert len(trail.of(Restored)) == len(chosen) == sum(chosen.values()) == 60
    assert out.looked <= 60 + 2 * alarms + 2


# Runbooks.


@frozen(kw_only=True)
class Rehearsed(Says):
    """Keep effects reversible, and a runbook for them."""

    book: Runbook

    def runbook(self):
        """Give the runbook."""
        return self.book


def rehearsed(restore, call_out=None, *, label="says", keeps_s=DAY):
    """Build a control with a runbook."""
    return Rehearsed(label=label, keeps_s=keeps_s, book=Runbook(restore, call_out))


@pytest.mark.parametrize(
    ("books", "takes"),
    [
        ((60,), 60),
        ((600,), 180),
        ((120, 60), 60),
        ((60, 120), 60),
    ],
)
def test_shortest_way_to_undo_counts(books, takes):
    """A runbook speeds up what is kept reversible, and never slows it down."""
    arm = (rehearsed(Constant(s), label=f"book-{n}") for n, s in enumerate(books))

    assert restored(play(*arm, sees())) == [("celebrity", takes)]


def test_runbook_has_the_luck_of_the_usual_way():
    """A runbook twice as fast takes half as long, with the same luck."""
    manners = response(restore=Uniform(0, 4 * HOUR))
    usual = play(KEPT, sees(), response=manners)
    fast = play(rehearsed(Uniform(0, 2 * HOUR)), sees(), response=manners)

    assert restored(fast)[0][1] == pytest.approx(restored(usual)[0][1] / 2, abs=1)


def test_runbook_is_for_what_is_kept_reversible():
    """What has to be rebuilt takes its time, runbook or not."""
    book = rehearsed(Constant(60), Constant(0), keeps_s=0)
    by_day = play(book, sees())
    by_night = play(
        book,
        sees(),
        teams=leads(1, "day"),
        misuse=misuse(at=9 * HOUR),
        response=response(restore_role="lead"),
    )

    assert restored(by_day) == [("celebrity", 2 * HOUR)]
    assert restored(by_night) == [("celebrity", 8 * HOUR + 15 * MINUTE + 2 * HOUR)]


@pytest.mark.parametrize(
    ("call_out", "waits"),
    [
        (None, 15 * MINUTE),
        (Constant(5 * MINUTE), 5 * MINUTE),
        (Constant(HOUR), 15 * MINUTE),
    ],
)
def test_runbook_may_get_somebody_sooner(call_out, waits):
    """The call-out of a runbook counts where it is the shorter one."""
    trail = play(
        rehearsed(Constant(60), call_out),
        sees(),
        teams=leads(1, "day"),
        misuse=misuse(at=9 * HOUR),
        response=response(restore_role="lead"),
    )

    assert restored(trail) == [("celebrity", 8 * HOUR + waits + 60)]


# Key holders.


def held(people, *, on_shift="always", at=ACT, team=None, **manners):
    """Play a misuse whose target takes so many leads to bring back."""
    manners = {"restore_role": "lead", "key_holders": people, **manners}
    return play(
        KEPT,
        sees(),
        teams=leads(team or people, on_shift),
        misuse=misuse(at=at),
        response=response(**manners),
    )


@pytest.mark.slow
@pytest.mark.parametrize("people", [1, 2, 4])
def test_last_key_holder_is_waited_for(people):
    """The last of k call-outs takes H(k) times the mean of one."""
    mean_s = 10 * MINUTE
    waits = []
    for seed in range(300):
        trail = play(
            KEPT,
            sees(),
            seed=seed,
            horizon=15 * HOUR,
            teams=leads(people, "day"),
            misuse=misuse(at=8 * HOUR),
            response=response(
                restore_role="lead", key_holders=people, call_out=Exponential(mean_s)
            ),
        )
        waits.append(restored(trail)[0][1] - 7 * HOUR - 180)

    truth = mean_s * sum(1 / k for k in range(1, people + 1))
    assert abs(fmean(waits) - truth) < Z * stdev(waits) / sqrt(len(waits))


def test_key_holders_are_distinct_and_named():
    """So many different people bring a target back, and the record names them."""
    (back,) = held(3, team=5).of(Restored)

    assert back.by == "leads-1 + leads-2 + leads-3"
    assert back.at == ACT + 120 + 180


def test_key_holder_on_shift_waits_for_one_called_out():
    """Restoration begins when the last is there, on shift or called out."""
    staff = (leaver(), Person("night-lead", "leads", shift="always"))
    trail = play(
        KEPT,
        sees(),
        staff=staff,
        teams=leads(1, "day"),
        misuse=misuse(at=9 * HOUR),
        response=response(restore_role="lead", key_holders=2),
    )
    (back,) = trail.of(Restored)

    assert back.by == "night-lead + leads-1-called-out"
    assert back.at == 9 * HOUR + 120 + 15 * MINUTE + 180


def test_key_holders_are_all_kept_busy():
    """While two key holders are at one target, neither is at another."""
    trail = play(
        KEPT,
        sees(),
        targets=named("celebrity", "ally"),
        misuse=misuses("celebrity", "ally", wait=600),
        teams=leads(3),
        response=response(
            restore_role="lead", key_holders=2, restore=Constant(3 * HOUR)
        ),
    )

    assert [at - 600 for _, at in restored(trail)] == [3 * HOUR, 6 * HOUR]


@pytest.mark.parametrize(("people", "back"), [(2, 1), (3, 0)])
def test_too_few_key_holders_never_restore(people, back):
    """Whose access was used holds no key, and with too few nothing comes back."""
    trail = play(
        KEPT,
        sees(**NAMED),
        response=response(restore_role="agent", key_holders=people),
    )

    assert len(trail.of(Restored)) == back
    assert all("leaver" not in r.by for r in trail.of(Restored))


# Backups.


def copies(every, **parts):
    """Build a backup with copies to restore from in ten minutes."""
    usual = {"restore": Constant(600), "keeps": 100}
    return Backup(
        **{"id": "copies", "actions": ("deactivate",), **usual, **parts}, every=every
    )


def lost(*backups, at=ACT, arm=(), **parts):
    """Play the misuse; return what is lost, and how long restoration took."""
    parts = {"misuse": misuse(at=at), **parts}
    trail = play(*arm, sees(), backups=backups, **parts)
    return [(r.lost_s, r.at - at - 120) for r in trail.of(Restored)]


@pytest.mark.parametrize(
    ("every", "at", "lost_s"),
    [
        (1_000, ACT, 600),
        (3_599, ACT, 1),
        (3_600, ACT, 3_600),
        (1_200, ACT, 1_200),
        (5_000, ACT, 3_600),
        (5_000, 0, 5_000),
        (1, ACT, 1),
    ],
)
def test_newest_copy_from_before_the_effect_counts(every, at, lost_s):
    """Copies are taken at multiples of the interval, also before the start."""
    assert lost(copies(every, keeps=10_000), at=at) == [(lost_s, 600)]


@pytest.mark.parametrize(
    ("keeps", "found"), [(1, (0, 2 * HOUR)), (2, (0, 2 * HOUR)), (3, (100, 600))]
)
def test_copies_from_before_the_effect_may_be_gone(keeps, found):
    """Of so many copies kept, all may be younger than what they should make good."""
    assert lost(copies(100, keeps=keeps)) == [found]


def test_effect_that_is_kept_reversible_needs_no_copy():
    """What can be undone is, and nothing is lost."""
    assert lost(copies(1_000), arm=(KEPT,)) == [(0, 180)]


def test_backup_is_for_its_actions():
    """A backup that does not cover the action is of no use."""
    other = Action("suspend", "takes-down", "console")
    actions = (*ORGANISATION.actions, other)

    found = lost(copies(1_000, actions=("suspend",)), actions=actions)
    assert found == [(0, 2 * HOUR)]


def test_backup_that_loses_least_is_taken():
    """Of several backups the youngest copy counts, not the fastest way."""
    slow = copies(1_000, id="slow", restore=Constant(HOUR))
    old = copies(2_000, id="old", restore=Constant(60))

    assert lost(slow, old) == lost(old, slow) == [(600, HOUR)]


def test_copies_that_are_all_unusable_mean_a_rebuild():
    """Where no copy can be used the target is rebuilt, as without a backup."""
    assert lost(copies(1_000, failure=1.0)) == lost() == [(0, 2 * HOUR)]


@pytest.mark.slow
def test_unusable_copies_are_geometric():
    """With a share p unusable, the k-th copy back is used with chance p^k (1 - p)."""
    share, runs = 0.4, 1_500
    story = {"misuse": misuse(), "backups": (copies(1_000, failure=share),)}
    used = Counter()
    for seed in range(runs):
        (back,) = play(sees(), seed=seed, **story).of(Restored)
        used[(back.lost_s - 600) // 1_000] += 1

    for k in (0, 1, 3):
        truth = share**k * (1 - share)
        error = sqrt(truth * (1 - truth) / runs)
        assert abs(used[k] / runs - truth) < Z * error


def test_copy_is_unusable_for_everybody():
    """Whether a copy can be used belongs to the copy, not to who asks for it."""
    backup = copies(1_000, failure=0.5)
    story = {"backups": (backup,), "targets": named("a", "b"), "teams": watch(2)}
    for seed in range(20):
        both = play(sees(of="misuse-1"), seed=seed, misuse=misuses("a", "b"), **story)
        later = play(
            says(throttle_s=200), sees(), seed=seed, misuse=misuses("a"), **story
        )
        first, second = (r.lost_s for r in both.of(Restored))

        assert first == second == later.of(Restored)[0].lost_s - 200


def test_targets_of_one_job_lose_what_their_copies_lack():
    """Each target of a job comes back as it was in the last copy before its effect."""
    trail = play(
        sees(of="misuse-1"),
        backups=(copies(1_000),),
        targets=named("a", "b"),
        misuse=misuses("a", "b", wait=800),
    )

    assert restored(trail) == [("a", 1600 + 600), ("b", 1600 + 600)]
    assert [r.lost_s for r in trail.of(Restored)] == [400, 200]


# Stages.


def eased(*stages, **parts):
    """Play a restoration of an hour in stages: (seconds, share) of each."""
    built = tuple(
        RestoreStage(f"stage-{n}", Constant(after), share)
        for n, (after, share) in enumerate(stages)
    )
    manners = response(restore=Constant(HOUR), stages=built)
    trail = play(KEPT, sees(), response=manners, **parts)
    return [(r.at - ACT - 120, r.share) for r in trail.of(Eased)]


@pytest.mark.parametrize(
    ("stages", "told"),
    [
        ([(600, 0.25), (1200, 0.5)], [(600, 0.25), (1200, 0.5)]),
        ([(1200, 0.5), (600, 0.25)], [(600, 0.25), (1200, 0.5)]),
        ([(600, 0.5), (1200, 0.25)], [(600, 0.5)]),
        ([(600, 0.5), (1200, 0.5)], [(600, 0.5)]),
        ([(600, 0.0)], []),
        ([(0, 0.5)], [(0, 0.5)]),
        ([(HOUR - 1, 0.5)], [(HOUR - 1, 0.5)]),
        ([(HOUR, 0.5), (2 * HOUR, 0.9)], []),
    ],
)
def test_stages_come_before_the_end_and_only_rise(stages, told):
    """A stage eases more than those before it, and never after the end."""
    assert eased(*stages) == told


def test_stages_begin_with_the_restoration():
    """A stage is counted from when somebody is at it, not from the alarm."""
    trail = play(
        KEPT,
        sees(),
        teams=leads(1, "day"),
        misuse=misuse(at=9 * HOUR),
        response=response(
            restore_role="lead", stages=(RestoreStage("some", Constant(60), 0.5),)
        ),
    )

    assert trail.of(Eased)[0].at == 9 * HOUR + 120 + 15 * MINUTE + 60


def test_stage_eases_every_target_of_a_job():
    """All targets of a job are eased together."""
    parts = {"targets": named("a", "b"), "misuse": misuses("a", "b")}

    assert eased((600, 0.5), **parts) == [(600, 0.5)] * 2


def test_stages_have_their_own_luck():
    """A stage keeps its luck whatever other stages there are."""
    stages = [RestoreStage(name, Uniform(0, HOUR), 0.5) for name in ("one", "two")]
    at = []
    for chosen in ([stages[0]], [stages[1]], stages):
        manners = response(restore=Constant(2 * HOUR), stages=tuple(chosen))
        at.append(play(KEPT, sees(), response=manners).of(Eased)[0].at)

    assert at[0] != at[1]
    assert at[2] == min(at[:2])
