"""A scenario file to a scenario, or to every problem in it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import ScenarioError
from simulator.scenario.gathering import MISTAKES_MAX
from simulator.scenario.loading import PROBLEMS_MAX, load, parse
from simulator.scenario.scenario import Scenario
from tests.scenario.damage import damaged
from tests.scenario.sample import EXAMPLE, SHELVES, edited, loaded, problems

MINIMAL = Path(__file__).parents[2] / "scenarios" / "minimal.yaml"

MISTAKES = (
    ("lastday: 1\n", "lastday: 2\n"),
    ("effect: reads", "effect: read"),
    ("{token_life: 8h}", "{token_life: 8}"),
    ("starts: 10:00", "starts: 25:00"),
    ("role: support, employment: contractor", "role: suport, employmnt: contractor"),
    ("size: 40", "size: two"),
    ("dist: lognormal, median: 8h, p90: 3d", "dist: lognrmal, median: 8h"),
    ("missing: {is: 0.25, source: A}", "missing: {is: 1.25, source: X}"),
    ("share: 0.75", "share: 0.7"),
    ("      approval: {from_tier", "      aproval: {from_tier"),
    ("  approvals:\n", "  approvals:\n    pick_up: 6m\n"),
    ("low: 1m, mode: 5m, high: 20m", "low: 10m, mode: 5m, high: 20m"),
    ("of: first", "of: frist"),
    ("misuse.intent: slip", "misuse.intnt: slip"),
)
LINES = """\
1:10: lastday: unknown version of the format (2); accepted: 'lastday: 1', the version \
of the format
17:23: organisation.actions.look-up.effect: not one of the choices ('read'); did you \
mean 'reads'? accepted: takes-down, alters, exposes, reads
19:27: organisation.systems.console.token_life: duration without a unit (8); add one: \
8s, 8m or 8h
28:35: organisation.shifts.late.starts: not a time of day ('25:00'); accepted: 00:00 \
to 24:00
31:5: organisation.teams.enforcement: missing key 'employment' (how everybody in it is \
employed)
31:25: organisation.teams.enforcement.role: unknown role ('suport'); did you mean \
'support'? known: support, trust-lead
31:33: organisation.teams.enforcement.employmnt: unknown key 'employmnt'; did you mean \
'employment'? accepted: role, employment, shift, size
31:75: organisation.teams.enforcement.size: not a whole number ('two'); accepted: 3, 0 \
or 250000
39:21: organisation.registries.contractor.delay.dist: unknown distribution \
('lognrmal'); did you mean 'lognormal'? known: constant, empirical, exponential, \
lognormal, triangular, uniform
40:21: organisation.registries.contractor.missing.is: 1.25 is too large; at most 1 is \
accepted
40:35: organisation.registries.contractor.missing.source: source without its tag \
('X'); accepted: D (documented), R (reported) or A (assumed), a blank, and the source
63:9: organisation.desks.abuse-reports.kinds: shares do not add up to 1 (0.95); \
accepted: shares that do
68:7: organisation.posture.controls.aproval: unknown control ('aproval'); did you mean \
'approval'? known: approval; a label of your own needs 'control: ID'
81:19: organisation.response.restore.is: low is above mode (10m > 5m); accepted: low \
up to mode
90:5: organisation.approvals.pick_up: repeated key 'pick_up' (first on line 89); write \
it once
126:37: expect.told.of: unknown statement ('frist'); did you mean 'first'? known: \
first, second
138:11: axes.reading.options.slip.set."misuse.intnt": path leads nowhere ('intnt'); \
did you mean 'intent'? accepted: who, intent, when, plan, desists, accomplice
""".splitlines()


def test_a_good_file_becomes_a_scenario():
    """The example loads, and says where it comes from."""
    scenario = loaded()

    assert isinstance(scenario, Scenario)
    assert (scenario.title, scenario.incident) == (
        "The last click",
        "microblog-lastday",
    )
    assert scenario == loaded()


def test_all_mistakes_of_a_file_are_told_at_once_in_line_order():
    """Every kind of mistake, each at its place, with its value and what is accepted."""
    assert problems(edited(*MISTAKES)) == LINES


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "# nothing\n",
            "1:1: not a scenario (nothing); accepted: a mapping with 'last",
        ),
        (
            "hello",
            "1:1: not a scenario ('hello'); accepted: a mapping with 'lastday: 1'",
        ),
        (
            "- 1\n",
            "1:1: not a scenario (a list); accepted: a mapping with 'lastday: 1'",
        ),
        (
            EXAMPLE.removeprefix("lastday: 1\n"),
            "1:1: missing key 'lastday'; accepted: 'lastday: 1', the version",
        ),
        (
            EXAMPLE.replace("lastday: 1", "lastday: true"),
            "1:10: lastday: unknown version of the format (true); accepted",
        ),
        (
            EXAMPLE.replace("lastday: 1", 'lastday: "1"'),
            "1:10: lastday: unknown version of the format ('1'); accepted",
        ),
        (
            EXAMPLE.replace("title: The last click\n", ""),
            "1:1: missing key 'title' (one line)",
        ),
        (
            EXAMPLE.replace("  start: 2017-10-30\n", ""),
            "5:1: clock: missing key 'start' (local date and time at which the sim",
        ),
        (
            EXAMPLE.replace("start: 2017-10-30", "start: yesterday"),
            "6:10: clock.start: not a date or time ('yesterday'); accepted: 2017-11-02",
        ),
    ],
)
def test_one_wrong_thing_is_one_problem(text, line):
    """What depends on something broken is not complained of too."""
    found = problems(text)

    assert len(found) == 1, found
    assert found[0].startswith(line)


HOSTILE = {
    "many strangers": "\n".join(f"k{n}: 1" for n in range(15_000)),
    "many wrong words": edited(
        ("employments: [contractor]", f"employments: [{'contracter, ' * 15_000}]")
    ),
    "many unknown ids": edited(
        (
            "teams: [enforcement]",
            f"teams: [{', '.join(f't{n}' for n in range(15_000))}]",
        )
    ),
    "many people": edited(
        (
            "staff:\n",
            "staff:\n" + "".join(f"    s{n}: {{team: x}}\n" for n in range(5000)),
        )
    ),
    "laughs": "a: &a [x]\n" + "".join(f"b{n}: [*a, *a]\n" for n in range(99)),
    "itself": "a: &a [*a]\n",
    "brackets": "[" * 1_000_000,
    "a long word": edited(("{token_life: 8h}", f"{{token_life: {'x' * 3_000_000}}}")),
    "many blanks": edited(("delay: 4h", f"delay: '1w{' ' * 70}x'")),
    "many digits": edited(("size: 40", f"size: {'9' * 100_000}")),
    "an endless horizon": edited(("horizon: 7d", "horizon: 999999999999w")),
    "not a number": edited(("confirms: 0.9", "confirms: .nan")),
    "many options": EXAMPLE.replace(
        "      gesture:\n",
        "".join(f"      o{n}: {{says: x, set: {{title: y}}}}\n" for n in range(2000))
        + "      gesture:\n",
    ),
    "deep paths": edited(("misuse.intent: slip", f"{'misuse.' * 100}intent: slip")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_answered_in_bounded_words(name):
    """Bombs, floods and monsters end in a bounded number of problems."""
    found = problems(HOSTILE[name])

    assert 1 <= len(found) <= PROBLEMS_MAX + 1
    assert max(map(len, found)) < 1000


def test_problems_beyond_the_bound_are_counted():
    """A flood of problems ends with how many more there are."""
    found = problems(HOSTILE["many wrong words"])
    left = MISTAKES_MAX - PROBLEMS_MAX

    assert found[-1].endswith(f": and at least {left} more problems from here on")


@given(st.data())
def test_a_damaged_file_is_refused_or_read_but_never_crashes(data):
    """Cut, doubled and swapped lines end in a scenario or in problems with a line."""
    lines = EXAMPLE.splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        at, to = (data.draw(st.integers(0, len(lines) - 1)) for _ in "ab")
        lines[at : at + data.draw(st.integers(0, 3))] = [
            lines[to].replace(" ", "", to % 3)
        ]

    assert all(problem[0].isdigit() for problem in problems("\n".join(lines)))


@given(damaged())
def test_a_damaged_tree_is_refused_or_read_but_never_crashes(data):
    """Keys removed and values of the wrong kind end in problems, options included."""
    text = json.dumps(data, ensure_ascii=False)

    assert all(problem[0].isdigit() for problem in problems(text))


def test_a_file_is_named_as_the_user_named_it(tmp_path):
    """Problems start with the path that was given, text or path."""
    path = tmp_path / "bad.yaml"
    path.write_text("lastday: 3\n")

    for name in (path, str(path)):
        with pytest.raises(ScenarioError) as caught:
            load(name, SHELVES)
        assert str(caught.value).startswith(f"{path}:1:1: missing key 'title'")


def test_what_cannot_be_read_is_a_scenario_error(tmp_path):
    """A missing file is one problem without a line."""
    with pytest.raises(ScenarioError, match="no such file"):
        load(tmp_path / "missing.yaml", SHELVES)


def test_the_smallest_scenario_loads():
    """``scenarios/minimal.yaml`` is a scenario."""
    assert load(MINIMAL, SHELVES).title == "Nothing happens"


MINIMAL_LINES = [
    number
    for number, line in enumerate(MINIMAL.read_text().splitlines())
    if ":" in line and not line.startswith("#")
]


@pytest.mark.parametrize("number", MINIMAL_LINES)
def test_the_smallest_scenario_needs_every_key(number):
    """Without any one line, and what it holds, it does not load."""
    lines = MINIMAL.read_text().splitlines()
    depth = len(lines[number]) - len(lines[number].lstrip())
    end = number + 1
    while end < len(lines) and lines[end].startswith(" " * (depth + 1)):
        end += 1

    with pytest.raises(ScenarioError):
        parse("\n".join(lines[:number] + lines[end:]), "x.yaml", SHELVES)
    with pytest.raises(ScenarioError):
        parse("\n".join(lines[:number] + lines[number + 1 :]), "x.yaml", SHELVES)
