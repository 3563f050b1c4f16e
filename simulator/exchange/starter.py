"""A draft -> the text of a scenario file: commented, and every number with its origin.

What comes from lists carries a source, ``D`` and the file. Everything else is assumed,
and a comment says so. A comment also names the line of the staff list that a leaver is
from; ids and names of people are not known here.
"""

import math
from collections.abc import Iterator

from simulator.clock import format_duration
from simulator.clock import write_duration as duration
from simulator.exchange.assumptions import REGISTRIES, TOLERANCES, misuse, work
from simulator.exchange.dates import write_day
from simulator.exchange.delays import Removal
from simulator.exchange.drafting import Draft
from simulator.exchange.moments import separation_at, written
from simulator.exchange.people import NOTICE_DAYS, Leaver
from simulator.exchange.phrases import (
    comment,
    days,
    distribution,
    entry,
    flow,
    key,
    quoted,
    time_of_day,
)

_KINDS = {
    "identity-provider": "okta entra azure directory ldap idp sso identity ad",
    "vpn": "vpn",
    "cloud": "aws gcp cloud",
    "database": "database db sql warehouse",
    "vendor-tenant": "tenant vendor",
}
"""Assumption: words in the name of a system that tell what it is."""
_CONSOLES = "console admin backoffice office tool moderation crm helpdesk zendesk"


def write(draft: Draft) -> str:
    """Write a scenario file that can be checked and played."""
    parts = (
        _opening(draft),
        _clock(draft),
        TOLERANCES,
        _organisation(draft),
        _shifts(draft),
        _teams(draft),
        _staff(draft),
        REGISTRIES,
        _offboarding(draft),
        work(draft),
        misuse(draft),
    )
    return "\n".join(part.strip("\n") + "\n" for part in parts if part)


def _opening(draft: Draft) -> str:
    return f"""
# A starter, written by `lastday new organisation`. Look at it, and play it:
#
#     lastday check FILE
#     lastday run FILE --replications 1
#
# A value from your lists has a source that begins with D and names the list. All else
# is ASSUMED, section by section: replace first what your question rests on most.
# No id and no name of a person is in here; comments name the line of the list.
lastday: 1
title: {quoted(f"A last day at {draft.answers.name}")}
question: >-
  Could somebody who leaves take down an important account on the last day, who would
  notice, and what would have stopped it?
"""


def _clock(draft: Draft) -> str:
    return f"""
clock:
{chr(10).join(comment(f"{draft.start_why}.", 2))}
  start: {write_day(draft.start)}
{chr(10).join(comment(f"{draft.zone_why}.", 2))}
  zone: {draft.zone}
  horizon: {duration(draft.answers.horizon)} # ASSUMED
"""


def _organisation(draft: Draft) -> str:
    lines = [
        f"organisation:\n  name: {quoted(draft.answers.name)}",
        "  # ASSUMED: two tiers of accounts, and one privileged action.",
        "  tiers: [ordinary, important]",
        "  populations:",
        "    ordinary: {count: 1000000, audience: 200}",
        "    important: {count: 100, audience: 500000}",
        "  actions:",
        f"    deactivate: {{effect: takes-down, system: {key(_console(draft))}}}",
        "",
        "  # ASSUMED: what each system is, and how long a session outlives an account.",
        "  systems:",
    ]
    lines += [
        f"    {key(system)}: {{token_life: 8h, kind: {_kind(system)}}}"
        for system in draft.systems
    ]
    lines += [
        "",
        "  # ASSUMED, from the words of their names: who may do it.",
        "  roles:",
    ]
    for role in sorted({team.role for team in draft.crew.teams}):
        lines.append(f"    {key(role)}:")
        if role in draft.crew.privileged:
            allowed = "{actions: [deactivate], up_to: important}"
            lines.append(f"      may: [{allowed}]")
    return "\n".join(lines)


def _shifts(draft: Draft) -> str:
    told = "  # A shift without a source is ASSUMED: those people are on no roster."
    lines = [told, "  shifts:"]
    for shift in draft.crew.shifts:
        pattern = shift.pattern
        lines += [f"    {key(shift.id)}:", f"      days: {days(pattern.days)}"]
        for name, at in (("starts", pattern.starts), ("ends", pattern.ends)):
            lines += entry(name, time_of_day(at), _from(shift.source), 6)
        if pattern.zone:
            lines.append(f"      zone: {pattern.zone}")
    return "\n".join(lines)


def _teams(draft: Draft) -> str:
    fates = [f"{count:,} {what}" for what, count in draft.crew.fates.items() if count]
    told = f"Of the staff list: {', '.join(fates)}." if fates else "ASSUMED."
    merged = (
        f"{count:,} people's {what} are not told apart: there are too many."
        for what, count in draft.crew.merged.items()
    )
    lines = [*comment(" ".join((told, *merged)), 2), "  teams:"]
    source = draft.staff_source if fates else ""
    for team in draft.crew.teams:
        lines += [
            f"    {key(team.id)}:",
            f"      role: {key(team.role)}",
            f"      employment: {team.employment}",
            f"      shift: {key(team.shift.id)}",
            *entry("size", str(team.size), _from(source), 6),
        ]
    return "\n".join(lines)


def _staff(draft: Draft) -> str:
    if not draft.crew.leavers:
        told = "Nobody's last day is near the simulated time, so nobody is named."
        return "\n".join(comment(told, 2))
    told = "Leavers, one by one; each comes on top of the team's size."
    lines = [*comment(told, 2), "  staff:"]
    for leaver in draft.crew.leavers:
        source = f"{draft.staff_source}, line {leaver.line}" if leaver.line else ""
        lines += [
            f"    {leaver.id}:",
            f"      team: {key(leaver.team.id)}",
            "      leaving:",
            *_notice(leaver, source),
            *_separation(draft, leaver, source),
        ]
    return "\n".join(lines)


def _from(source: str) -> str:
    """Tag what a list documents."""
    return f"D {source}" if source else ""


def _notice(leaver: Leaver, source: str) -> Iterator[str]:
    if leaver.notice is not None:
        return entry("notice", write_day(leaver.notice), _from(source), 8)
    before = NOTICE_DAYS[leaver.team.employment]
    why = f"A {before} days before the last day, as no list has the notice"
    return entry("notice", write_day(leaver.last_day - before), why, 8)


def _separation(draft: Draft, leaver: Leaver, source: str) -> Iterator[str]:
    at = written(draft, separation_at(draft, leaver))
    told = f"{source}; the hour is the end of the shift" if source else ""
    return entry("separation", at, _from(told), 8)


def _offboarding(draft: Draft) -> str:
    lines = ["  offboarding:"]
    for removal in draft.removals:
        lines += _removal(draft, removal)
    logged = {removal.system for removal in draft.removals}
    rest = [key(system) for system in draft.systems if system not in logged]
    if rest:
        half = draft.answers.removed_within
        times = f"median: {duration(half)}, p90: {duration(5 * half)}"
        lines += [
            "    # ASSUMED, as no leaver log tells.",
            "    remove-access:",
            "      trigger: end-of-last-day",
            f"      delay: {{dist: lognormal, {times}}}",
            *flow(f"systems: [{', '.join(rest)}]", 6),
        ]
    if all(line.lstrip().startswith("#") for line in lines[1:]):
        lines[0] = "  offboarding: {}"
    return "\n".join(lines)


def _removal(draft: Draft, removal: Removal) -> Iterator[str]:
    """Write the tasks that remove access as the log has it, and what they rest on."""
    whom = " and ".join(removal.employments) or "everybody"
    base = "-".join(("remove", removal.system, *removal.employments))
    yield from comment(f"{removal.system}, {whom}: {fit_in_words(removal)}", 4)
    shared = [f"      systems: [{key(removal.system)}]"]
    if removal.employments:
        shared.append(f"      employments: [{', '.join(removal.employments)}]")
    log = draft.log_source
    if removal.early_delay is not None:
        count = f"{removal.early} of {removal.cases} in {log}"
        yield f"    {key(f'{base}-early')}:"
        yield "      trigger: separation"
        delay = distribution(removal.early_delay)
        yield from entry("delay", delay, _from(f"{count}, after the last shift"), 6)
        yield from shared
        if removal.early < removal.cases:
            share = f"{removal.early_share:.4g}"
            yield from entry("coverage", share, _from(count), 6)
    found = removal.fit
    if found.distribution is not None:
        how = "taken as they are" if found.form == "empirical" else "fitted"
        removed = f"{found.ended} removal{'s' * (found.ended != 1)}"
        source = f"{how}: {removed} of {log}"
        if found.going_on:
            source = f"{source}, and {found.going_on} not removed so far"
        yield f"    {key(base)}:"
        yield "      trigger: end-of-last-day"
        yield from entry("delay", distribution(found.distribution), _from(source), 6)
        yield from shared
        if found.forever > 0:
            share, never = f"{1 - found.forever:.4g}", f"{found.forever:.2g}"
            seems = "seems never removed" if how == "fitted" else "not removed so far"
            why = f"{log}: a share of {never} {seems}"
            yield from entry("coverage", share, _from(why), 6)
    elif found.going_on:
        yield "    # Nothing was removed after a last day, so no task does that."


def fit_in_words(removal: Removal) -> str:
    """Say what a fit rests on, and how it compares with what was seen."""
    pooled = f"; few, so {removal.pooled} are taken together" if removal.pooled else ""
    seen, fitted = (
        f"half {_within(half)}, 9 in 10 {_within(most)}"
        for half, most in (removal.observed, removal.fitted)
    )
    told = f"{removal.said}{pooled}. Seen from the end of the last day: {seen}."
    return f"{told} Fitted ({removal.fit.form}): {fitted}."


def _within(seconds: float) -> str:
    if math.isinf(seconds):
        return "not reached"
    return f"within {format_duration(seconds)}" if seconds else "within that day"


def _console(draft: Draft) -> str:
    """Return the system that privileged actions most likely run on."""
    likely = [s for s in draft.systems if {*_CONSOLES.split()} & {*s.split("-")}]
    return (likely or list(draft.systems))[0]


def _kind(system: str) -> str:
    words = {*system.split("-")}
    told = (kind for kind, of in _KINDS.items() if words & {*of.split()})
    return "console" if words & {*_CONSOLES.split()} else next(told, "other")
