"""Whether nouns make sense by themselves and together."""

import pytest

from tests.scenario.sample import EXAMPLE, edited, problems


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "zone: America/Los_Angeles",
            "zone: America/Los_Angles",
            "7:9: clock.zone: unknown time zone ('America/Los_Angles'); "
            "did you mean 'America/Los_Angeles'?",
        ),
        ("horizon: 7d", "horizon: 0s", "8:12: clock.horizon: 0 is too small; "),
        ("horizon: 7d", "horizon: 9999w", "8:12: clock.horizon: horizon too long (69"),
        (
            "zone: Europe/Dublin",
            "zone: Dublin",
            "29:65: organisation.shifts.dublin.zone: unknown time zone ('Dublin'); "
            "did you mean 'Europe/Dublin'?",
        ),
        (
            "tiers: [ordinary, verified, protected]",
            "tiers: [ordinary, protected, protected]",
            "11:10: organisation.tiers: repeated tier ('protected'); write it once",
        ),
        (
            "verified, protected]",
            "Very, protected]",
            "11:10: organisation.tiers: not an",
        ),
        (
            "{actions: [look-up], up_to: ordinary}",
            "{actions: [], up_to: ordinary}",
            "25:21: organisation.roles.support.may[1].actions: no action; "
            "accepted: one or more",
        ),
        (
            "separation: 2017-11-02T19:00",
            "separation: 2017-10-19",
            "36:49: organisation.staff.departing-contractor.leaving.separation: "
            "separation before notice ('2017-10-19'); accepted: the notice or later",
        ),
        (
            "systems: [console, vpn]",
            "systems: []",
            "46:16: organisation.offboarding.disable-account.systems: no system; ",
        ),
        (
            "teams: [enforcement]",
            "teams: []",
            "56:14: organisation.desks.abuse-reports.teams: no team; ",
        ),
        (
            "closes: 2017-11-04",
            "closes: 2017-11-01",
            "58:15: organisation.desks.abuse-reports.closes: closes before it opens "
            "('2017-11-01'); accepted: later than '2017-11-01'",
        ),
        (
            "closes: 2017-11-04",
            "closes: 2017-11-07",
            "58:15: organisation.desks.abuse-reports.closes: closes after the horizon; "
            "accepted: within the 7 d from the start",
        ),
        (
            "opens: 2017-11-01",
            "opens: 2017-10-01",
            "57:14: organisation.desks.abuse-reports.opens: opens before the start; ",
        ),
        (
            "2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1]",
            "2]",
            "60:20: organisation.desks.abuse-reports.hour_of_day: not one factor for "
            "each hour (13); accepted: 24 numbers",
        ),
        (
            "hour_of_day: [1, 1,",
            "hour_of_day: [1, -1,",
            "60:20: organisation.desks.abuse-reports.hour_of_day: factor below zero",
        ),
        (
            "share: 0.25, handling: 90s",
            "share: 0.24, handling: 90s",
            "63:9: organisation.desks.abuse-reports.kinds: shares do not add up to 1 "
            "(0.99); accepted: shares that do",
        ),
        (
            "action: deactivate, acts: 0.3",
            "acts: 0.3",
            "63:54: organisation.desks.abuse-reports.kinds.impersonation.acts: acts "
            "without an action (0.3); ",
        ),
        (
            "    probe: {chance: 0.5,",
            "    approval: {alert: probe, chance: 0.5,",
            "71:7: organisation.posture.alerts: label of a control too ('approval'); ",
        ),
        (
            "who: {role: support, leaving: true}",
            "who: {role: trust-lead, leaving: true}",
            "104:3: misuse.who: nobody is that (trust-lead, leaving); there: "
            "team enforcement (support, contractor), team escalations (trust-lead, "
            "employee), departing-contractor (support, contractor, leaving)",
        ),
        (
            "when: {anchor: shift-end, before: 3m}",
            "when: {anchor: shift-end, at: 2017-11-01}",
            "106:3: misuse.when: both of 'at' and 'anchor'; accepted: exactly one of",
        ),
        (
            "when: {anchor: shift-end, before: 3m}",
            "when: {}",
            "106:3: misuse.when: neither of 'at' and 'anchor'; accepted: exactly one",
        ),
        (
            "when: {anchor: shift-end, before: 3m}",
            "when: {at: 2017-11-01, before: 3m}",
            "106:3: misuse.when: 'before' or 'after' without an anchor; ",
        ),
        (
            "when: {anchor: shift-end, before: 3m}",
            "when: {at: 2017-12-01}",
            "106:14: misuse.when.at: not simulated; accepted: within the 7 d from",
        ),
        (
            "  when: {anchor: shift-end, before: 3m}\n",
            "  when: {anchor: notice, before: 3m, after: 1m}\n",
            "106:3: misuse.when: both 'before' and 'after'; accepted: one of them",
        ),
        (
            "exactly: {is: 11m, source: D 1a}, basis",
            "basis",
            "121:3: expect.outage: no value; accepted: 'exactly', or 'at_least', ",
        ),
        (
            "exactly: 1, basis",
            "exactly: 1, at_most: 2, basis",
            "122:3: expect.touched: both a value and a range; ",
        ),
        (
            "at_least: 10m, at_most: 2h",
            "at_least: 10h, at_most: 2h",
            "123:56: expect.told.at_least: range upside down ('10h' to '2h'); ",
        ),
        (
            "exactly: {is: 11m,",
            "exactly: {is: 11,",
            "121:37: expect.outage.exactly: not a span of time, as outage is (11); ",
        ),
        (
            "exactly: 1, basis",
            "exactly: 1m, basis",
            "122:46: expect.touched.exactly: not a count, as targets-touched is ('1m')",
        ),
        (
            "of: first",
            "of: frist",
            "123:37: expect.told.of: unknown statement ('frist'); did you mean 'first'? "
            "known: first, second",
        ),
        (
            "of: first, ",
            "",
            "123:3: expect.told: missing key 'of' (which statement); known: first, ",
        ),
        (
            "of: deactivate",
            "of: head-of-state",
            "124:34: expect.able.of: unknown action ('head-of-state'); known: deactivate",
        ),
        (
            "metric: targets-touched,",
            "metric: targets-touched, of: x,",
            "122:42: expect.touched.of: targets-touched is not of anything ('x'); ",
        ),
        (
            "    options:\n      gesture:\n        says: It was meant, says the press.\n"
            "      slip:\n        says: It was a slip, says the person.\n        set:\n"
            "          misuse.intent: slip\n"
            "          misuse.when.before: {is: 30m, source: R 1c}\n"
            "          misuse.plan.0.tries.1.possible: 0\n",
            "    options: {}\n",
            "129:14: axes.reading.options: no option; accepted: one or more",
        ),
    ],
)
def test_what_makes_no_sense_is_shown_where_it_stands(old, new, line):
    """One change to a good file is one problem, at its place."""
    found = problems(edited((old, new)))

    assert len(found) == 1, found
    assert found[0].startswith(line)


def test_a_plan_needs_steps_and_a_step_needs_tries():
    """An empty plan and an empty step are refused."""
    start, end = EXAMPLE.index("  plan:\n"), EXAMPLE.index("  desists:")
    empty, hollow = (
        EXAMPLE[:start] + plan + EXAMPLE[end:]
        for plan in ("  plan: []\n", "  plan: [{tries: []}]\n")
    )
    lines = [*problems(empty), *problems(hollow)]

    assert "107:9: misuse.plan: no step; accepted: one or more" in lines
    assert "107:18: misuse.plan[0].tries: no try; accepted: one or more" in lines


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
    text = edited(
        ("who: {role: support, leaving: true}", "who: {role: support}"),
        ("anchor: shift-end", "anchor: notice"),
    )

    assert problems(text) == [
        "106:18: misuse.when.anchor: no notice for one who stays ('notice'); "
        "ask for 'leaving: true', or write 'at'"
    ]


def test_one_mistake_does_not_make_nobody_able():
    """Where a team cannot be read, nothing is said of who could do it."""
    text = edited(
        ("size: 40", "size: many"), ("who: {role: support,", "who: {role: trust-lead,")
    )

    assert problems(text) == [
        "31:77: organisation.teams.enforcement.size: not a whole number ('many'); "
        "accepted: 3, 0 or 250000"
    ]
