"""A small shelf, and a scenario that uses every kind of field."""

from typing import Literal

from attrs import frozen

from simulator.clock import HOUR, Seconds, TimeOfDay
from simulator.errors import ScenarioError
from simulator.scenario.fields import Share, field
from simulator.scenario.loading import Shelves, parse
from simulator.scenario.scenario import Scenario
from simulator.shelf import BaseAlert, BaseControl
from simulator.streams import Constant, Distribution


@frozen(kw_only=True)
class Approval(BaseControl):
    """A control with parameters of several kinds."""

    id = "approval"

    from_tier: str | None = field("lowest tier", default=None, ref="tiers")
    role: str = field("who approves", default="", ref="roles")
    people: int = field("how many", default=1, ge=1, le=9)
    ttl: Seconds = field("lapses after", default=HOUR, ge=1)
    beyond: Literal["deny", "throttle"] = field("what happens", default="deny")
    strict: bool = field("whether it is strict", default=False)


@frozen(kw_only=True)
class Probe(BaseAlert):
    """An alert with a required parameter."""

    id = "probe"

    chance: Share = field("chance to see it", ge=0, le=1)
    delay: Distribution = field("time until it tells", default=Constant(0))
    quiet_from: TimeOfDay | None = field("not later than", default=None)
    actions: tuple[str, ...] = field("what it looks at", default=(), ref="actions")


EXAMPLE = """\
lastday: 1
title: The last click
question: Would anything have stopped it?
incident: microblog-lastday
clock:
  start: 2017-10-30
  zone: America/Los_Angeles
  horizon: 7d
organisation:
  name: microblog
  tiers: [ordinary, verified, protected]
  actions:
    deactivate:
      effect: takes-down
      system: console
      effect_delay: {dist: uniform, low: 1s, high: 20s}
    look-up: {effect: reads, system: console}
  systems:
    console: {token_life: 8h}
    vpn: {token_life: {is: 1d, source: D 1a}}
  roles:
    support:
      may:
        - {actions: [deactivate, look-up], up_to: protected}
        - {actions: [look-up], up_to: ordinary}
    trust-lead: {}
  shifts:
    late: {days: mon-fri, starts: 10:00, ends: 19:00}
    dublin: {days: "mon,tue", starts: 09:00, ends: 17:30, zone: Europe/Dublin}
  teams:
    enforcement: {role: support, employment: contractor, shift: late, size: 40}
    escalations: {role: trust-lead, employment: employee, shift: dublin, size: 3}
  staff:
    departing-contractor:
      team: enforcement
      leaving: {notice: 2017-10-20, separation: 2017-11-02T19:00}
  registries:
    contractor:
      delay: {dist: lognormal, median: 8h, p90: 3d}
      missing: {is: 0.25, source: A}
      sync: 02:00
  offboarding:
    disable-account:
      trigger: registry-entry
      delay: 4h
      systems: [console, vpn]
      failure: 0.1
      employments: [contractor]
    end-sessions:
      trigger: separation
      delay: {dist: empirical, values: [1h, 5h], weights: [2, 1]}
      systems: [console]
      ends: sessions
  desks:
    abuse-reports:
      teams: [enforcement]
      opens: 2017-11-01
      closes: 2017-11-04
      tickets_per_hour: {is: 60, source: R 1j 1k}
      hour_of_day: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                    2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1]
      kinds:
        impersonation: {share: 0.75, handling: 4m, action: deactivate, acts: 0.3}
        spam: {share: 0.25, handling: 90s, tier: ordinary}
      slip_rate: 1e-4
  posture:
    controls:
      approval: {from_tier: protected, people: 2}
      strict-approval: {control: approval, strict: true, role: trust-lead}
    alerts:
      probe: {chance: 0.5, actions: [deactivate]}
  response:
    triage_team: escalations
    call_out: 30m
    routing: 5m
    triage: {dist: exponential, mean: 10m}
    confirms: 0.9
    believes_false: 0.1
    contain: 5m
    restore_role: trust-lead
    restore: {is: {dist: triangular, low: 1m, mode: 5m, high: 20m}, source: R 1b}
    rebuild: 2h
    derived_state: 1h
    attribute: 1d
    statements:
      first: {after: restored, delay: 30m}
      second: {after: attributed, delay: 1h}
  approvals:
    pick_up: 5m
    review: 2m
    present: 0.8
    rubber_stamp: 0.5
    sees_harm: 0.7
    doubts_honest: 0.02
  populations:
    ordinary: {count: 1000000, audience: 100}
    protected: {count: 50, audience: 250000}
tolerances:
  tolerable_outage: 5m
  caught_within: 1h
targets:
  head-of-state:
    tier: protected
    audience: {is: 41700000, source: D 1d}
    owner_answers: 20m
misuse:
  who: {role: support, leaving: true}
  intent: {is: gesture, source: R 1c}
  when: {anchor: shift-end, before: 3m}
  plan:
    - tries:
        - {action: deactivate, target: head-of-state}
        - action: deactivate
          target: head-of-state
          through: colleague-session
          possible: 0.2
          wait: {dist: constant, value: 5m}
  desists: 0.5
candidates:
  controls:
    two-eyes: {control: approval, people: 1}
expect:
  outage: {metric: outage, exactly: {is: 11m, source: D 1a}, basis: calibrated}
  touched: {metric: targets-touched, exactly: 1, basis: predicted}
  told: {metric: statement-lag, of: first, at_least: 10m, at_most: 2h, basis: predicted}
  able: {metric: people-able, of: deactivate, at_least: 1, basis: predicted}
axes:
  reading:
    question: Was it meant?
    show: apart
    options:
      gesture:
        says: It was meant, says the press.
      slip:
        says: It was a slip, says the person.
        set:
          misuse.intent: slip
          misuse.when.before: {is: 30m, source: R 1c}
          misuse.plan.0.tries.1.possible: 0
  watch:
    question: Who watched?
    show: swept
    options:
      nobody:
        says: Nobody did.
        set:
          organisation.posture.alerts: {}
      somebody:
        says: A probe did, and more people.
        set:
          organisation.posture.alerts.probe.chance: 1
          organisation.teams.escalations.size: 5
"""


SHELVES = Shelves(controls={"approval": Approval}, alerts={"probe": Probe})


MARK = "‸"


def edited(*pairs: tuple[str, str]) -> str:
    """The example with some texts, each there exactly once, replaced by others."""
    text = EXAMPLE
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def marked(*pairs: tuple[str, str]) -> tuple[str, str]:
    """The example edited, and the ``line:column`` of the mark ``‸`` in what is new."""
    text = edited(*pairs)
    before = text[: text.index(MARK)]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return text.replace(MARK, ""), f"{line}:{column}"


def loaded(text: str = EXAMPLE) -> Scenario:
    """The scenario that a text stands for."""
    return parse(text, "x.yaml", SHELVES)


def problems(text: str) -> list[str]:
    """All problems of a text, without the file's name; none if it loads."""
    try:
        loaded(text)
    except ScenarioError as error:
        return [str(problem).removeprefix("x.yaml:") for problem in error.problems]
    return []
