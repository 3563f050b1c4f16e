"""The sections of a starter that no list tells anything about: all of it is assumed."""

from simulator.exchange.drafting import Draft
from simulator.exchange.moments import actor_of, main_team, shift_worked, written
from simulator.exchange.phrases import key

MOST_TICKETS = 60
"""Assumption: most tickets an hour at the desk."""

TOLERANCES = """
# ASSUMED: what counts as good enough.
tolerances:
  tolerable_outage: 5m
  caught_within: 15m
"""


REGISTRIES = """
  # ASSUMED: how soon those who leave are known to the systems that ask.
  registries:
    employee: {delay: {dist: lognormal, median: 1d, p90: 5d}, missing: 0.02}
    contractor: {delay: {dist: lognormal, median: 3d, p90: 14d}, missing: 0.2}
    vendor: {delay: {dist: lognormal, median: 5d, p90: 21d}, missing: 0.3}
"""


def work(draft: Draft) -> str:
    """Write the desk, the approvers, the response and the posture, all assumed."""
    team, actor = main_team(draft), actor_of(draft)
    desk = actor.team if actor is not None and actor.team.size else team
    window = shift_worked(draft, desk, actor)
    per_hour = min(3 * max(desk.size, 1), MOST_TICKETS)
    opens, closes = (written(draft, at) for at in (window.start, window.end))
    return f"""
  # ASSUMED: honest work in one shift. What a control costs shows only there.
  desks:
    work:
      teams: [{key(desk.id)}]
      opens: {opens}
      closes: {closes}
      tickets_per_hour: {per_hour}
      slip_rate: 0.002
      kinds:
        report:
          share: 1
          handling: {{dist: lognormal, median: 6m, p90: 18m}}
          action: deactivate
          acts: 0.3
          cites_ticket: 0.95

  # ASSUMED: people who are asked for a second opinion.
  approvals:
    pick_up: {{dist: lognormal, median: 5m, p90: 20m}}
    review: {{dist: lognormal, median: 2m, p90: 6m}}
    present: 0.8
    rubber_stamp: 0.2
    sees_harm: 0.8
    doubts_honest: 0.02

  # ASSUMED: who answers alarms, and how long each part of the answer takes.
  response:
    triage_team: {key(team.id)}
    call_out: {{dist: lognormal, median: 20m, p90: 1h}}
    routing: {{dist: lognormal, median: 5m, p90: 15m}}
    triage: {{dist: lognormal, median: 5m, p90: 15m}}
    confirms: 0.95
    believes_false: 0.02
    contain: {{dist: lognormal, median: 5m, p90: 15m}}
    restore_role: {key(team.role)}
    restore: {{dist: lognormal, median: 10m, p90: 30m}}
    rebuild: {{dist: lognormal, median: 4h, p90: 1d}}
    derived_state: 6h
    attribute: {{dist: lognormal, median: 2h, p90: 8h}}

  # ASSUMED: what is in force. `lastday catalogue` lists all there is.
  posture:
    controls:
      soft-delete: {{}}
    alerts:
      user-report: {{}}
      owner-report: {{}}
"""


def misuse(draft: Draft) -> str:
    """Write a target, and somebody who takes it down on a last day."""
    actor = actor_of(draft)
    who = f"role: {key(main_team(draft).role)}"
    if actor is not None:
        who = f"person: {actor.id}, leaving: true"
    return f"""
# ASSUMED: an account that matters.
targets:
  important-account: {{tier: important, audience: 1000000}}

# ASSUMED: what goes wrong. `intent` only labels the story.
misuse:
  who: {{{who}}}
  intent: gesture
  when: {{anchor: shift-end, before: 30m}}
  plan:
    - tries:
        - {{action: deactivate, target: important-account}}
        - action: deactivate
          target: important-account
          through: colleague-session
          possible: 0.1
          wait: {{dist: uniform, low: 5m, high: 15m}}
"""
