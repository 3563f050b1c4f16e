"""Whether nouns make sense by themselves and together."""

import pytest

from tests.scenario.sample import EXAMPLE, marked, problems

SECRET = """\
  credentials:
    desk-secret: {kind: shared-secret, systems: [console], teams: [enforcement]}
"""
KEY = SECRET.replace("desk-secret", "desk-key").replace("shared-secret", "api-key")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "  registries:\n",
            SECRET.replace("desk-secret", "escalations-2") + "  registries:\n",
            "organisation.credentials: id of somebody else too ('escalations-2')",
        ),
        (
            "  registries:\n",
            SECRET.replace(", teams: [enforcement]", "") + "  registries:\n",
            "organisation.credentials.desk-secret: nobody holds it; accepted: 'teams' "
            "or 'staff' that hold it, or both",
        ),
        (
            "  registries:\n",
            SECRET.replace("[console]", "[]") + "  registries:\n",
            "organisation.credentials.desk-secret.systems: no system; ",
        ),
        (
            "console: {token_life: 8h}",
            "console: {token_life: 8h, refresh_life: 1h}",
            "organisation.systems.console.refresh_life: renewed for less than one "
            "token ('1h'); accepted: the token life or more",
        ),
        (
            "console: {token_life: 8h}\n    vpn: {",
            "console: {token_life: 8h, sign_in: vpn}\n    vpn: {sign_in: console, ",
            "organisation.systems: 'sign_in' leads back to itself ('console'); "
            "accepted: no circles",
        ),
        (
            "console: {token_life: 8h}",
            "console: {token_life: 8h, behind: console}",
            "organisation.systems: 'behind' leads back to itself ('console')",
        ),
        (
            "trigger: registry-entry\n",
            "trigger: registry-entry\n      after: [end-sessions]\n",
            "",
        ),
        (
            "trigger: registry-entry\n",
            "trigger: registry-entry\n      after: [disable-account]\n",
            "organisation.offboarding: 'after' leads back to itself "
            "('disable-account'); accepted: no circles",
        ),
        (
            "trigger: registry-entry\n",
            "trigger: registry-entry\n      after: [end-session]\n",
            "organisation.offboarding.disable-account.after[0]: unknown exit task "
            "('end-session'); did you mean 'end-sessions'?",
        ),
        (
            "      slip_rate: 1e-4\n",
            "      slip_rate: 1e-4\n      shared_login: desk-key\n" + KEY,
            "organisation.desks: no shared secret ('desk-key' of abuse-reports); "
            "accepted: a credential of that kind",
        ),
        (
            "- {action: deactivate, target: head-of-state}",
            "- {action: deactivate, target: head-of-state, approver: accomplice}",
            "misuse.plan: a try needs an accomplice; say under 'accomplice' what the "
            "second person must be",
        ),
        (
            "look-up: {effect: reads, system: console}",
            "look-up: {effect: reads, system: console, switches_off: [aproval]}",
            "organisation.actions.look-up.switches_off[0]: nothing goes by that label "
            "('aproval'); did you mean 'approval'?",
        ),
        (
            "look-up: {effect: reads, system: console}",
            "look-up: {effect: reads, system: console, "
            "switches_off: [strict-approval]}",
            "",
        ),
    ],
)
def test_access_must_make_sense(old, new, line):
    """Credentials, systems and tasks fit together, or it is said where they do not."""
    assert old in EXAMPLE
    found = problems(EXAMPLE.replace(old, new, 1))

    if line:
        assert [line] == [shown.partition(": ")[2][: len(line)] for shown in found]
    else:
        assert found == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "zone: America/Los_Angeles",
            "zone: ‸America/Los_Angles",
            "clock.zone: unknown time zone ('America/Los_Angles'); "
            "did you mean 'America/Los_Angeles'?",
        ),
        ("horizon: 7d", "horizon: ‸0s", "clock.horizon: '0s' is too small; "),
        ("horizon: 7d", "horizon: ‸999w", "clock.horizon: horizon too long (6993 d"),
        (
            "zone: Europe/Dublin",
            "zone: ‸Dublin",
            "organisation.shifts.dublin.zone: unknown time zone ('Dublin'); "
            "did you mean 'Europe/Dublin'?",
        ),
        (
            "tiers: [ordinary, verified, protected]",
            "tiers: ‸[ordinary, protected, protected]",
            "organisation.tiers: repeated tier ('protected'); write it once",
        ),
        (
            "[ordinary, verified, protected]",
            "‸[ordinary, Very, protected]",
            "organisation.tiers: not an id ('Very'); accepted: lower-case letters, ",
        ),
        (
            "{actions: [look-up], up_to: ordinary}",
            "{actions: ‸[], up_to: ordinary}",
            "organisation.roles.support.may[1].actions: no action; "
            "accepted: one or more",
        ),
        (
            "separation: 2017-11-02T19:00",
            "separation: ‸2017-10-19",
            "organisation.staff.departing-contractor.leaving.separation: "
            "separation before notice ('2017-10-19'); accepted: the notice or later",
        ),
        (
            "systems: [console, vpn]",
            "systems: ‸[]",
            "organisation.offboarding.disable-account.systems: no system; ",
        ),
        (
            "teams: [enforcement]",
            "teams: ‸[]",
            "organisation.desks.abuse-reports.teams: no team; ",
        ),
        (
            "closes: 2017-11-04",
            "closes: ‸2017-11-01",
            "organisation.desks.abuse-reports.closes: closes before it opens "
            "('2017-11-01'); accepted: later than '2017-11-01'",
        ),
        (
            "closes: 2017-11-04",
            "closes: ‸2017-11-07",
            "organisation.desks.abuse-reports.closes: closes after the horizon; "
            "accepted: within the 7 d from the start",
        ),
        (
            "opens: 2017-11-01",
            "opens: ‸2017-10-01",
            "organisation.desks.abuse-reports.opens: opens before the start; ",
        ),
        (
            "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,\n",
            "‸[1,\n",
            "organisation.desks.abuse-reports.hour_of_day: not one factor for "
            "each hour (13); accepted: 24 numbers",
        ),
        (
            "hour_of_day: [1, 1,",
            "hour_of_day: ‸[1, -1,",
            "organisation.desks.abuse-reports.hour_of_day: factor out of range (-",
        ),
        (
            "impersonation: {share: 0.75",
            "‸impersonation: {share: 0.74",
            "organisation.desks.abuse-reports.kinds: shares do not add up to 1 "
            "(0.99); accepted: shares that do",
        ),
        (
            "action: deactivate, acts: 0.3",
            "acts: ‸0.3",
            "organisation.desks.abuse-reports.kinds.impersonation.acts: acts "
            "without an action (0.3); ",
        ),
        (
            "      probe: {chance: 0.5, ",
            "      ‸strict-approval: {alert: probe, chance: 1}\n"
            "      probe: {chance: 0.5, ",
            "organisation.posture.alerts: label of a control too ('strict-approval'); ",
        ),
        (
            "who: {role: support, leaving: true}",
            "‸who: {role: trust-lead, leaving: true}",
            "misuse.who: nobody is that (trust-lead, leaving); there: "
            "team enforcement (support, contractor), team escalations (trust-lead, "
            "employee), departing-contractor (support, contractor, leaving)",
        ),
        (
            "when: {anchor: shift-end, before: 3m}",
            "‸when: {anchor: shift-end, at: 2017-11-01}",
            "misuse.when: both of 'at' and 'anchor'; accepted: exactly one of",
        ),
        (
            "when: {anchor: shift-end, before: 3m}",
            "‸when: {}",
            "misuse.when: neither of 'at' and 'anchor'; accepted: exactly one",
        ),
        (
            "when: {anchor: shift-end, before: 3m}",
            "‸when: {at: 2017-11-01, before: 3m}",
            "misuse.when: 'before' or 'after' without an anchor; ",
        ),
        (
            "  when: {anchor: shift-end, before: 3m}\n",
            "  ‸when: {anchor: notice, before: 3m, after: 1m}\n",
            "misuse.when: both 'before' and 'after'; accepted: one of them",
        ),
        (
            "outage: {metric: outage, exactly: {is: 11m, source: D 1a}",
            "‸outage: {metric: outage",
            "expect.outage: no value; accepted: 'exactly', or 'at_least', ",
        ),
        (
            "touched: {metric: targets-touched, exactly: 1",
            "‸touched: {metric: targets-touched, exactly: 1, at_most: 2",
            "expect.touched: both a value and a range; ",
        ),
        (
            "at_least: 10m, at_most: 2h",
            "at_least: ‸10h, at_most: 2h",
            "expect.told.at_least: range upside down ('10h' to '2h'); ",
        ),
        (
            "exactly: {is: 11m,",
            "exactly: ‸{is: 11,",
            "expect.outage.exactly: not a span of time, as outage is (11); ",
        ),
        (
            "exactly: 1, basis",
            "exactly: ‸1m, basis",
            "expect.touched.exactly: not a count, as targets-touched is ('1m')",
        ),
        (
            "of: first",
            "of: ‸frist",
            "expect.told.of: unknown statement ('frist'); did you mean 'first'? "
            "known: first, second",
        ),
        (
            "told: {metric: statement-lag, of: first, ",
            "‸told: {metric: statement-lag, ",
            "expect.told: missing key 'of' (which statement); known: first, ",
        ),
        (
            "of: deactivate",
            "of: ‸head-of-state",
            "expect.able.of: unknown action ('head-of-state'); known: deactivate",
        ),
        (
            "metric: targets-touched,",
            "metric: targets-touched, of: ‸x,",
            "expect.touched.of: targets-touched is not of anything ('x'); ",
        ),
    ],
)
def test_what_makes_no_sense_is_shown_where_it_stands(old, new, line):
    """One change to a good file is one problem, at its place."""
    text, place = marked((old, new))
    found = problems(text)

    assert len(found) == 1, found
    assert found[0].startswith(f"{place}: {line}")


def test_an_instant_lies_within_the_horizon():
    """What would never be simulated is refused."""
    text, place = marked(
        ("when: {anchor: shift-end, before: 3m}", "when: {at: ‸2017-12-01}"),
        ("misuse.when.before: {is: 30m, source: R 1c}", "misuse.desists: 0"),
    )

    assert problems(text) == [
        f"{place}: misuse.when.at: not simulated; accepted: within the 7 d from the "
        "start"
    ]


def test_an_axis_needs_options():
    """A question without answers is refused."""
    start, end = EXAMPLE.index("    options:"), EXAMPLE.index("  watch:")
    text = EXAMPLE[:start] + "    options: {}\n" + EXAMPLE[end:]

    assert "axes.reading.options: no option; accepted: one or more" in problems(text)[0]


def test_a_plan_needs_steps_and_a_step_needs_tries():
    """An empty plan and an empty step are refused."""
    start, end = EXAMPLE.index("  plan:\n"), EXAMPLE.index("  desists:")
    empty, hollow = (
        EXAMPLE[:start] + plan + EXAMPLE[end:]
        for plan in ("  plan: []\n", "  plan: [{tries: []}]\n")
    )
    lines = [*problems(empty), *problems(hollow)]

    assert "110:9: misuse.plan: no step; accepted: one or more" in lines
    assert "110:18: misuse.plan[0].tries: no try; accepted: one or more" in lines


def test_thirds_add_up():
    """Shares may miss 1 by what rounding does, and no more."""
    kinds = "".join(
        f"        kind-{n}: {{share: {share}, handling: 4m}}\n"
        for n, share in enumerate((0.333333333, 0.333333333, 0.333333334))
    )
    start = EXAMPLE.index("        impersonation:")
    text = EXAMPLE[:start] + kinds + EXAMPLE[EXAMPLE.index("      slip_rate:") :]

    assert problems(text) == []


def test_a_leaver_is_needed_for_an_anchor_that_only_leavers_have():
    """Whoever stays has no notice to be relative to."""
    text, place = marked(
        ("who: {role: support, leaving: true}", "who: {role: support}"),
        ("anchor: shift-end", "anchor: ‸notice"),
    )

    assert problems(text) == [
        f"{place}: misuse.when.anchor: no notice for one who stays ('notice'); "
        "ask for 'leaving: true', or write 'at'"
    ]


def test_one_mistake_does_not_make_nobody_able():
    """Where a team cannot be read, nothing is said of who could do it."""
    text, place = marked(
        ("size: 40", "size: ‸many"), ("who: {role: support,", "who: {role: trust-lead,")
    )

    assert problems(text) == [
        f"{place}: organisation.teams.enforcement.size: not a whole number ('many'); "
        "accepted: 3, 0 or 250000"
    ]


@pytest.mark.parametrize("name", ["escalations-2", "desk-secret"])
def test_a_person_never_goes_by_the_id_of_another(name):
    """A named person may not be called like a numbered one, or like a login."""
    text = EXAMPLE.replace("departing-contractor:", f"{name}:")
    text = text.replace("  registries:\n", f"{SECRET}  registries:\n")
    found = problems(text)

    assert f"organisation.staff: id of somebody else too ('{name}'); " in found[0]


def test_a_team_works_one_desk_at_a_time():
    """Two desks that are open at once cannot share a team."""
    start, end = EXAMPLE.index("    abuse-reports:"), EXAMPLE.index("  posture:")
    first = EXAMPLE[start:end]
    second = first.replace("abuse-reports", "appeals")
    (line,) = problems(EXAMPLE[:end] + second + EXAMPLE[end:])

    assert "organisation.desks: team at two desks at once ('enforcement'" in line
    later = second.replace("2017-11-04", "2017-11-05").replace(
        "2017-11-01", "2017-11-04"
    )
    assert problems(EXAMPLE[:end] + later + EXAMPLE[end:]) == []


def with_response(*lines, text=EXAMPLE):
    """Add lines to the response of a file."""
    more = "".join(f"    {line}\n" for line in lines)
    return text.replace("    attribute: 1d\n", f"    attribute: 1d\n{more}", 1)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("night: {starts: 22:00, ends: 06:00, call_out: 1h}", ""),
        (
            "night: {starts: 22:00, ends: 22:00, call_out: 1h}",
            "organisation.response.night.ends: night ends when it starts ('22:00'); "
            "accepted: another time; next day if not later",
        ),
        (
            "night: {starts: 24:00, ends: 00:00, call_out: 1h}",
            "organisation.response.night.ends: night ends when it starts ('00:00'); ",
        ),
        ("stages: {first: {after: 5m, share: 0.5}, rest: {after: 1h, share: 1}}", ""),
        (
            "stages: {first: {after: 5m, share: 1.5}}",
            "organisation.response.stages.first.share: ",
        ),
        ("key_holders: 3", ""),
        (
            "key_holders: 4",
            "organisation.response: more key holders than people who can restore "
            "(4 of 3); accepted: as many as have the role trust-lead",
        ),
    ],
)
def test_response_must_make_sense(line, problem):
    """A night has a length, and there are as many key holders as it takes."""
    found = [shown.partition(": ")[2] for shown in problems(with_response(line))]

    assert [shown[: len(problem)] for shown in found] == ([problem] if problem else [])


def test_people_whom_the_story_names_hold_keys_too():
    """Named people of the role count as key holders, whatever the team's size."""
    named = EXAMPLE.replace(
        "  staff:\n", "  staff:\n    key-keeper: {team: escalations}\n"
    )

    assert problems(with_response("key_holders: 4", text=named)) == []


def test_nobody_who_restores_is_no_mistake():
    """A role that nobody has restores nothing, and may be written."""
    nobody = EXAMPLE.replace("shift: dublin, size: 3", "shift: dublin, size: 0")

    assert problems(nobody) == []


def test_a_backup_needs_actions():
    """A backup that makes nothing good is refused."""
    copies = "  backups:\n    nightly: {actions: [], every: 1d, restore: 1h}\n"
    text, place = marked(("  desks:\n", copies.replace("[]", "‸[]") + "  desks:\n"))
    line = "organisation.backups.nightly.actions: no action; accepted: one or more"

    assert problems(text) == [f"{place}: {line}"]
    assert problems(text.replace("[]", "[deactivate]")) == []
