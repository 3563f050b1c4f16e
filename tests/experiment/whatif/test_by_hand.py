"""Scenario files whose answers follow from what is written in them, worked by hand.

Nothing in the file of two ways is left to chance but honest work, of which there is
none: the leaver asks for ``deactivate`` at noon and, if refused, for ``suspend``. With
B a lock on both, D and S a lock on one of them, and W a watch that is confirmed after a
minute of ingest and ten of triage::

    stopped   B or (D and S)
    held      B or (D and S) or W
"""

import pytest

from simulator import load
from simulator.experiment.whatif.verb import whatif

PLACE = """
lastday: 1
title: By hand
question: What does the file say?
clock: {start: 2024-06-03, zone: UTC, horizon: 1d}
tolerances: {tolerable_outage: 1m, caught_within: 15m}
organisation:
  name: example
  tiers: [ordinary, protected]
  actions:
    deactivate: {effect: takes-down, system: console}
    suspend: {effect: takes-down, system: console}
  systems:
    console: {token_life: 8h}
  roles:
    support:
      may: [{actions: [deactivate, suspend], up_to: protected}]
    analyst:
    operator:
      may: [{actions: [deactivate, suspend], up_to: protected}]
  shifts:
    office: {days: mon-fri, starts: "06:00", ends: "22:00"}
  teams:
    desk: {role: support, employment: employee, shift: office, size: 4}
    watch: {role: analyst, employment: employee, shift: office, size: 1}
    repair: {role: operator, employment: employee, shift: office, size: 1}
  staff:
    leaver:
      team: desk
      leaving: {notice: 2024-05-20T10:00, separation: 2024-06-03T20:00}
  response:
    triage_team: watch
    call_out: 0s
    routing: 0s
    triage: 10m
    confirms: 1.0
    believes_false: 0.0
    contain: 1m
    restore_role: operator
    restore: 1h
    rebuild: 2h
    derived_state: 1h
    attribute: 1d
  approvals:
    pick_up: 5m
    review: 2m
    present: 1.0
    rubber_stamp: 0.0
    sees_harm: 1.0
    doubts_honest: 0.0
  populations:
    ordinary: {count: 1000}
targets:
  head: {tier: protected, audience: 1000}
misuse:
  who: {person: leaver, leaving: true}
  intent: gesture
  when: {at: 2024-06-03T12:00}
  plan:
    - tries:
        - {action: deactivate, target: head}
        - {action: suspend, target: head, wait: 2m}
"""

TWO_WAYS = f"""{PLACE}
candidates:
  controls:
    lock-both: {{control: protected-lock}}
    lock-first: {{control: protected-lock, actions: [deactivate]}}
    lock-second: {{control: protected-lock, actions: [suspend]}}
  alerts:
    watch: {{alert: protected-change-alert, ingest: 1m}}
"""
FOUR = ("lock-both", "lock-first", "lock-second", "watch")

DESK = """  desks:
    reports:
      teams: [desk]
      opens: 2024-06-03T08:00
      closes: 2024-06-03T20:00
      tickets_per_hour: 20
      slip_rate: 0.0
      kinds:
        abuse: {share: 1.0, handling: 5m, action: suspend, acts: 0.5, tier: ordinary}
  populations:
"""
BUSY = PLACE.replace("  populations:\n", DESK) + (
    """
candidates:
  alerts:
    watch: {alert: protected-change-alert, ingest: 1m}
    watch-all: {alert: protected-change-alert, from_tier: ordinary, ingest: 1m}
"""
)
"""Ten honest suspensions an hour, and an analyst who deals with six alarms an hour."""


@pytest.fixture
def asked(tmp_path):
    """Return a function that asks what is enough of a file, over all sets."""

    def ask(text, candidates, **special):
        path = tmp_path / "scenario.yaml"
        path.write_text(text, encoding="utf-8")
        given = {"design": "lattice", "replications": 3, "jobs": 1, **special}
        return whatif(load(path), candidates=candidates, **given)

    return ask


def test_the_smallest_sets_of_two_ways_are_those_worked_by_hand(asked):
    """One lock on both ways stops it, or two on one each; the watch catches it."""
    (reading,) = asked(TWO_WAYS, FOUR).readings
    stops, catches = reading.sufficient

    assert [arm.labels for arm in stops.sets] == [
        ("lock-both",),
        ("lock-first", "lock-second"),
    ]
    assert stops.share_of_sets == 10 / 16
    assert {arm.labels for arm in catches.sets} == {
        ("lock-both",),
        ("watch",),
        ("lock-first", "lock-second"),
    }
    assert catches.share_of_sets == 13 / 16


@pytest.mark.parametrize(("within_s", "enough"), [(659, False), (660, True)])
def test_caught_in_time_ends_with_the_last_second(asked, within_s, enough):
    """A minute until the rule has run and ten of triage are eleven minutes."""
    (reading,) = asked(TWO_WAYS, FOUR, within_s=within_s).readings
    found = {arm.labels for arm in reading.sufficient[1].sets}

    assert (("watch",) in found) is enough


def test_shares_of_the_protection_of_two_ways_are_those_worked_by_hand(asked):
    """A lock on one way is pivotal just after the other, and before all else.

    Of the 24 orders that are 2 for each; the rest is shared by the two that do alone.
    """
    (reading,) = asked(TWO_WAYS, FOUR).readings

    assert {one.label: one.share for one in reading.shapley} == pytest.approx(
        {
            "lock-both": 5 / 12,
            "watch": 5 / 12,
            "lock-first": 1 / 12,
            "lock-second": 1 / 12,
        }
    )


def test_who_watches_everything_is_slower_to_see(asked):
    """An alert more buries the alarm that alone is confirmed in eleven minutes."""
    found = asked(BUSY, ("watch", "watch-all"), replications=12, within_s=900)
    (reading,) = found.readings
    alone, both = reading.arm(("watch",)), reading.arm(("watch", "watch-all"))

    assert (alone.caught.count, both.caught.count) == (12, 0)
    assert both.friction.alarms_per_shift > alone.friction.alarms_per_shift
    assert {(one.arm, one.adding) for one in reading.worse} == {
        (("watch",), "watch-all")
    }
    assert "the true alarm of watch waited" in reading.worse[0].mechanism
    assert "of watch-all) in the queue of watch" in reading.worse[0].mechanism
    assert [arm.labels for arm in reading.sufficient[1].sets] == [("watch",)]
