"""A small scenario file, and ways to run commands on it."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.cli import main

ROOT = Path(__file__).parents[2]
SEED_SCENARIO = ROOT / "scenarios" / "microblog-lastday-2017.yaml"

SMALL = """\
lastday: 1
title: A small last day
question: Would anything have stopped it?
clock: {start: 2017-11-02T15:00, zone: America/Los_Angeles, horizon: 12h}
tolerances: {tolerable_outage: 2m, caught_within: 5m}
organisation:
  name: microblog
  tiers: [ordinary, protected]
  systems:
    console: {token_life: {is: 8h, source: A a shift}}
  actions:
    deactivate: {effect: takes-down, system: console}
    restore: {effect: alters, system: console}
  roles:
    agent:
      may:
        - {actions: [deactivate, restore], up_to: protected}
  shifts:
    late: {days: mon-fri, starts: "12:00", ends: "20:00"}
  teams:
    desk: {role: agent, employment: contractor, shift: late, size: 3}
  staff:
    leaver:
      team: desk
      leaving: {notice: 2017-11-02T15:10, separation: 2017-11-02T20:00}
  populations:
    ordinary: {count: 1000, audience: 10}
  approvals:
    pick_up: 1m
    review: 1m
    present: 1
    rubber_stamp: 0
    sees_harm: 1
    doubts_honest: 0
  response:
    triage_team: desk
    call_out: 15m
    routing: 3m
    triage: 3m
    confirms: 1
    believes_false: 0
    contain: 2m
    restore_role: agent
    restore: 4m
    rebuild: 6h
    derived_state: 1h
    attribute: 1h
  posture:
    alerts:
      user-report: {}
targets:
  head-of-state:
    tier: protected
    audience: {is: 41700000, source: "R 1p"}
misuse:
  who: {person: leaver}
  intent: gesture
  when: {at: 2017-11-02T15:49}
  plan:
    - tries:
        - {action: deactivate, target: head-of-state}
expect:
  outage:
    metric: outage
    of: head-of-state
    exactly: {is: 11m, source: "D 1b"}
    basis: predicted
axes:
  intent:
    question: Why was it done?
    show: apart
    options:
      gesture:
        says: A gesture.
      slip:
        says: A slip.
        set:
          misuse.intent: slip
"""


@pytest.fixture
def small(tmp_path, monkeypatch):
    """Write the small scenario to an empty folder, and go there."""
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(SMALL, encoding="utf-8")
    return Path("small.yaml")


@pytest.fixture
def lastday():
    """Return a function that runs a command in this process."""
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def process(small):
    """Return a function that runs a command in a process of its own."""

    def run(*words, **options):
        command = [sys.executable, "-m", "simulator", *map(str, words)]
        return subprocess.run(
            command,
            stderr=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": str(ROOT), "PATH": ""},
            timeout=60,
            check=False,
            **{"stdout": subprocess.PIPE} | options,
        )

    return run
