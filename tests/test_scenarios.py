"""What scenarios/README.md tells is true, and every scenario file loads and runs.

An HTML comment above a block of the page says what the block is:

    grows: NAME          new in the file that the steps build, which starts as a copy of
                         minimal.yaml and ends as examples/NAME
    in: NAME             tried in that file as far as it has grown, or in minimal.yaml;
                         "instead of: KEY" takes a section out first
    wrong, in place of: BEGINNING
                         a line of the finished file, spoilt
    says                 what `lastday check` then says
    runs, prints         some Python, and what it prints

``pytest --update-golden`` rewrites those answers and the table of every field.
"""

import json
import re
import shlex
import shutil
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from simulator import load, measure, simulate
from simulator.catalogue import SHELVES
from simulator.cli import main
from simulator.clock import Moment, Seconds, TimeOfDay, write_duration
from simulator.errors import ScenarioError
from simulator.experiment.arms import default_candidates
from simulator.outcome import VERDICTS
from simulator.scenario.fields import Share
from simulator.scenario.loading import parse
from simulator.scenario.organisation import Organisation, ShiftPattern
from simulator.scenario.scenario import (
    Expectation,
    Measure,
    Metric,
    Scenario,
    Timeline,
)
from simulator.scenario.schema import json_schema
from simulator.scenario.shapes import Slot, form_of, is_distribution
from simulator.scenario.yaml_nodes import parse_yaml
from simulator.streams import DISTRIBUTIONS, Constant, Distribution

SCENARIOS = Path(__file__).parent.parent / "scenarios"
README = SCENARIOS / "README.md"
FINISHED = SCENARIOS / "examples" / "photo-desk.yaml"
FILES = sorted(SCENARIOS.rglob("*.yaml"))

_BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>[^\n]*) -->\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_PAGE = README.read_text("utf-8")
BLOCKS = [
    {**match.groupdict(), "line": _PAGE.count("\n", 0, match.start("text"))}
    for match in _BLOCK.finditer(_PAGE)
]


# The page: its blocks, and the file that grows.


def plain(text: str, name: str = "a block") -> dict:
    """Return the plain data of some YAML, read by the strict reader."""
    return parse_yaml(text, name).data


def merged(over, new):
    """Put new data into a file at the same place; all but mappings is replaced."""
    if not (isinstance(over, dict) and isinstance(new, dict)):
        return new
    kept = {key: value for key, value in over.items() if key not in new}
    return kept | {key: merged(over.get(key), value) for key, value in new.items()}


def written_out() -> Iterator[tuple[int, str, dict]]:
    """Yield line and kind of each block of good YAML, and the whole file it makes."""
    grown = plain((SCENARIOS / "minimal.yaml").read_text("utf-8"))
    starts = {"minimal.yaml": grown}
    for block in BLOCKS:
        mark = block["mark"] or ""
        if block["language"] != "yaml" or mark.startswith("wrong"):
            continue
        how, _, name = mark.partition(": ")
        name, _, instead_of = name.partition(", instead of: ")
        over = {**(grown if name == FINISHED.name else starts[name])}
        over.pop(instead_of, None)
        whole = merged(over, plain(block["text"]))
        yield block["line"], how, whole
        if how == "grows":
            grown = whole


def loaded(data: Mapping) -> Scenario:
    """Load plain data as a scenario file; JSON is YAML that needs no writer."""
    return parse(json.dumps(data), "photo-desk.yaml", SHELVES)


def variants(scenario: Scenario) -> Iterator[Scenario]:
    """Yield the scenario with every combination of options."""
    shows = ("apart", "swept", "on-request")
    for parts in product(*(scenario.choices(show=show) for show in shows)):
        yield scenario.variant(*(choice for part in parts for choice in part))


def verdict(scenario: Scenario) -> str:
    """Play one run with the whole catalogue in the shadow, and judge it."""
    arm = scenario.organisation.posture
    trail = simulate(scenario, arm, 1, shadow=default_candidates(scenario))
    return measure(trail, scenario).verdict


def test_every_block_of_yaml_says_what_it_is():
    """A block that nothing would try cannot slip in."""
    marks = [b["mark"] or "" for b in BLOCKS if b["language"] == "yaml"]

    assert len(marks) > 30
    assert {mark.partition(":")[0] for mark in marks} == {
        "grows",
        "in",
        "wrong, in place of",
    }


@pytest.mark.parametrize(
    "data", [pytest.param(data, id=f"line-{at}") for at, _, data in written_out()]
)
def test_block_loads_and_runs(data):
    """Every block, in its file, makes a scenario that loads and runs."""
    scenario = loaded(data)

    assert verdict(scenario.variant()) in VERDICTS


def test_steps_end_at_the_finished_file():
    """Whoever follows the steps has the finished example in the end."""
    *_, grown = (data for _, how, data in written_out() if how == "grows")

    assert plain(FINISHED.read_text("utf-8")) == grown


# The page: what it says about commands, results and metrics.


def commands() -> list[list[str]]:
    """Return the commands of the page, as words."""
    lines = [b["text"].splitlines() for b in BLOCKS if b["language"] == "sh"]
    return [shlex.split(line) for block in lines for line in block if line]


@pytest.mark.slow
def test_commands_work(tmp_path, monkeypatch):
    """Every command of the page does what it says, one after the other."""
    shutil.copytree(SCENARIOS, tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    codes = {}
    for words in commands():
        program, *arguments = words
        if program == "cp":
            shutil.copy(*arguments)
            continue
        if arguments[0] in ("run", "report"):
            # The last one counts, so that the page may ask for more.
            arguments += ["--replications", "2", "--jobs", "1"]
        codes[" ".join(words)] = CliRunner().invoke(main, arguments).exit_code

    # Two runs may well miss a replay target.
    assert set(codes.values()) <= {0, 1}, codes
    assert {code for line, code in codes.items() if " run " not in line} == {0}


def test_python_prints_what_the_page_says(root, monkeypatch, capsys):
    """The Python of the page runs as it stands, and prints the block below it."""
    blocks = re.findall(
        r"<!-- runs -->\n```python\n(.*?)```\n<!-- prints -->\n```text\n(.*?)```",
        _PAGE,
        re.DOTALL,
    )
    monkeypatch.chdir(root)
    for code, printed in blocks:
        exec(code, {})

        assert capsys.readouterr().out == printed
    assert len(blocks) == _PAGE.count("```python\n") == 1


def cells(heading: str, column: int = 1) -> list[str]:
    """Return a column of the table whose head begins with a word."""
    (table,) = re.findall(rf"^\| {heading} \|.*\n\|[-|]+\n((?:\|.*\n)+)", _PAGE, re.M)
    return [row.split("|")[column].strip(" `") for row in table.splitlines()]


def test_every_metric_is_explained():
    """The table of metrics has each of them once, in order."""
    assert list(get_args(Metric)) == cells("metric")


def test_every_verdict_is_explained():
    """The table of verdicts has each of them once, best first."""
    assert list(VERDICTS) == cells("verdict")


def test_every_column_is_explained():
    """The columns explained are those of the table that `run` prints."""
    arguments = ["run", str(SCENARIOS / "minimal.yaml"), "--replications", "2"]
    printed = CliRunner().invoke(main, [*arguments, "--jobs", "1"]).stdout
    (head,) = re.findall(r"^ +(stopped .*)", printed, re.MULTILINE)

    assert head.split() == [*cells("verdict", 2), *cells("column")]


# The page: what is worked out, and rewritten by --update-golden.


def complaint(beginning: str, spoilt: str) -> str:
    """Return what `check` says of the finished file with one line replaced."""
    lines = FINISHED.read_text("utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if line.strip().startswith(beginning))
    lines[at : at + 1] = spoilt.splitlines()
    with pytest.raises(ScenarioError) as refused:
        parse("\n".join(lines), FINISHED.name, SHELVES)
    return str(refused.value)


_WRONG = re.compile(
    r"(<!-- wrong, in place of: (.*?) -->\n```yaml\n(.*?)```\n<!-- says -->\n)"
    r"```text\n.*?```",
    re.DOTALL,
)
_TABLES = re.compile(r"(<!-- reference -->\n).*?(<!-- end of reference -->)", re.DOTALL)


def worked_out(page: str) -> str:
    """Return the page with its messages and its tables of fields made anew."""
    page = _WRONG.sub(
        lambda m: f"{m[1]}```text\n{complaint(m[2], m[3])}\n```",
        page,
    )
    return _TABLES.sub(lambda m: f"{m[1]}\n{reference()}\n{m[2]}", page)


def test_messages_and_tables_are_current(golden):
    """The messages quoted are the real ones, and the tables have every field."""
    golden(README, worked_out(_PAGE))


def test_every_message_names_a_place_and_what_is_accepted():
    """Each first line has file, line, column, path, mistake and remedy."""
    said = [b["text"].splitlines()[0] for b in BLOCKS if b["mark"] == "says"]
    form = r"photo-desk\.yaml:\d+:\d+: [^:]+: .*"

    assert len(said) >= 15
    assert [line for line in said if not re.fullmatch(form, line)] == []


# The tables of every field.

_KINDS: Mapping[object, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "`true` or `false`",
    Share: "share",
    Seconds: "duration",
    TimeOfDay: "time of day",
    Moment: "date or time",
    Measure: "count or duration",
}
_TEXTS: Mapping[tuple[type, str], str] = {
    (Timeline, "start"): "date or time",
    (Timeline, "zone"): "time zone",
    (ShiftPattern, "zone"): "time zone",
    (ShiftPattern, "days"): "days of the week",
    (Organisation, "tiers"): "ids",
    (Expectation, "of"): "id",
}
"""Texts that are read further, where the type does not say how."""
_MEANINGS: Mapping[type, str] = {
    Scenario: "The keys at the margin.",
    Timeline: "When the simulation starts, and how long it lasts.",
}
"""In place of what a docstring tells to programmers."""


def reference() -> str:
    """Return the tables of every field, one for each mapping of the file."""
    head = "| field | written as | default | meaning |\n|---|---|---|---|\n"
    version = "| `lastday` | `1` | required | version of the format |\n"
    tables_of_nouns = []
    for cls, paths in nouns().items():
        title = " and ".join(f"`{path}`" for path in paths if path) or "The file"
        rows = "".join(row(slot, cls, paths[0]) for slot in slots_of(cls))
        rows = rows if paths[0] else version + rows
        meaning = f"{first_paragraph(cls)}{identity(cls)}"
        tables_of_nouns.append(f"### {title}\n\n{meaning}\n\n{head}{rows}")
    shelves = shelf("controls"), shelf("alerts")
    return "\n".join(("", *tables_of_nouns, *shelves, distributions()))


def nouns() -> dict[type, list[str]]:
    """Return each kind of mapping with where it stands, from the top down."""
    found: dict[type, list[str]] = {}
    waiting: list[tuple[type, str]] = [(Scenario, "")]
    while waiting:
        cls, path = waiting.pop(0)
        if cls not in found:
            inner = [slot for slot in slots_of(cls) if slot.kind == "noun"]
            waiting[:0] = [(slot.of, inside(path, slot)) for slot in inner]
        found.setdefault(cls, []).append(path)
    return found


def slots_of(cls: type) -> list[Slot]:
    """Return the keys that a mapping may have, in order."""
    return list(form_of(cls).slots.values())


def inside(path: str, slot: Slot) -> str:
    """Name the mapping that stands at a field."""
    ends = {"one": "", "list": "[]", "keyed": ".ID"}
    return f"{path}.{slot.name}{ends[slot.many]}".removeprefix(".")


def first_paragraph(cls: type) -> str:
    """Say what a mapping is, in the words of its docstring."""
    told = " ".join((cls.__doc__ or "").split("\n\n")[0].split())
    return _MEANINGS.get(cls, told.replace("``", "`"))


def identity(cls: type) -> str:
    """Say what the key of a mapping must be, where it is not free."""
    slot = form_of(cls).identity
    if slot is None or not (slot.spec.ref or get_args(slot.of)):
        return ""
    return f" `ID` is {'an' if slot.spec.ref else 'one of'} {scalar(slot, cls)}."


def row(slot: Slot, cls: type, path: str = "", *, first: str = "") -> str:
    """Write one field as a row."""
    said = f"`{slot.name}`", written(slot, cls, path), default(slot), slot.spec.doc
    return f"| {' | '.join((first, *said) if first else said)} |\n"


def written(slot: Slot, cls: type, path: str) -> str:
    """Say how a value is written."""
    if slot.kind == "free":
        return "`path: value`, ..."
    if slot.kind == "shelf":
        return f"`ID: {{...}}`, see [{slot.of}s](#{slot.of}s)"
    if slot.kind == "noun":
        form = {"one": "", "list": "list, ", "keyed": "`ID: {...}`, "}[slot.many]
        return f"{form}see `{inside(path, slot)}`"
    unit = f" ({slot.spec.unit})" if slot.spec.unit else ""
    text = ", ".join((f"{scalar(slot, cls)}{unit}", *bounds(slot)))
    return f"list of {text}" if slot.many == "list" else text


def bounds(slot: Slot) -> Iterator[str]:
    """Yield the bounds that do not go without saying."""
    spec, unit = slot.spec, "s" if slot.of is Seconds else ""
    if slot.of is Share or (slot.of is Seconds and not spec.ge):
        return
    named = (("at least", spec.ge), ("above", spec.gt), ("at most", spec.le))
    yield from (f"{word} {bound:g}{unit}" for word, bound in named if bound is not None)


def scalar(slot: Slot, cls: type) -> str:
    """Say how one value is written, without its bounds."""
    if slot.spec.ref:
        return f"{'ids' if slot.many == 'list' else 'id'} from `{slot.spec.ref}`"
    if is_distribution(slot.of):
        return "duration or distribution"
    if words := slot.spec.choices or get_args(slot.of):
        return ", ".join(f"`{word}`" for word in words)
    if text := _TEXTS.get((cls, slot.name)):
        return text
    return f"{_KINDS[slot.of]}{'s' * (slot.many == 'list')}"


def default(slot: Slot) -> str:
    """Write a default as a file would."""
    value = slot.default
    if slot.required:
        return "required"
    if value in (None, (), "") or slot.kind in ("noun", "free"):
        return "none"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return f"`[{', '.join(value)}]`"
    if is_distribution(slot.of):
        return f"`{distribution(value)}`"
    if slot.of is Seconds:
        return f"`{write_duration(value)}`"
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def distribution(value: Distribution) -> str:
    """Write a distribution as a file would."""
    if isinstance(value, Constant):
        return write_duration(value.value)
    names = form_of(type(value)).slots
    parts = (f"{name}: {write_duration(getattr(value, name))}" for name in names)
    return f"{{dist: {value.dist}, {', '.join(parts)}}}"


def shelf(name: str) -> str:
    """Write the parameters of all controls or alerts."""
    noun, entries = name.removesuffix("s"), getattr(SHELVES, name)
    rows = "".join(
        row(slot, cls, first=f"`{key}`")
        for key, cls in entries.items()
        for slot in slots_of(cls)
    )
    return (
        f"### {name}\n\n"
        f"`ID` is one of these, or a label of your own with `{noun}: ID` beside the "
        "parameters.\n\n"
        f"| {noun} | parameter | written as | default | meaning |\n"
        f"|---|---|---|---|---|\n{rows}"
    )


def distributions() -> str:
    """Write every distribution with its keys."""
    rows = "".join(
        f"| `{tag}` | {', '.join(f'`{slot.name}`' for slot in slots_of(cls))} "
        f"| {re.sub(r'[,;]?( `mean`)?( in)? seconds', '', first_paragraph(cls))} |\n"
        for tag, cls in DISTRIBUTIONS.items()
    )
    return (
        "### distributions\n\nWritten `{dist: uniform, low: 1m, high: 5m}`. All keys "
        "but `weights` take durations. A duration alone is always that long.\n\n"
        f"| `dist` | keys | meaning |\n|---|---|---|\n{rows}"
    )


# Every file.


@cache
def schema() -> Draft202012Validator:
    """Return the schema that editors get."""
    return Draft202012Validator(json_schema(SHELVES))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_file_runs_in_every_variant(file):
    """Every scenario file loads, and runs once with each combination of options."""
    verdicts = [verdict(variant) for variant in variants(load(file))]

    assert set(verdicts) <= set(VERDICTS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_file_keeps_the_schema(file):
    """Every scenario file is what editors are told to expect."""
    data = plain(file.read_text("utf-8"), file.name)

    assert list(schema().iter_errors(data)) == []
