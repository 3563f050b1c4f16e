"""``lastday assess``."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import ROOT, SMALL
from tests.report.assessments import ROWS, assessment

PLACE = Path("scenarios/organisations/photo.yaml")
HONEST = SMALL[: SMALL.index("misuse:")].replace("A small last day", "A place")
FEW = ("--replications", 3, "--jobs", 1)


@pytest.fixture
def library(tmp_path, monkeypatch):
    """Write an organisation and a library of two incidents, and go there."""
    monkeypatch.chdir(tmp_path)
    PLACE.parent.mkdir(parents=True)
    PLACE.write_text(HONEST, encoding="utf-8")
    for name in ("one-click", "one-slip"):
        Path("scenarios", f"{name}.yaml").write_text(SMALL, encoding="utf-8")
    Path("scenarios", "plain.yaml").write_text(HONEST, encoding="utf-8")
    return PLACE


@pytest.fixture
def found(monkeypatch):
    """Return a function that lets the assessment find what a test says.

    What the command asked of it stands in the list that is returned.
    """

    def let(result):
        asked = []

        def assess(organisation, incidents, **options):
            asked.append({"organisation": organisation, "incidents": incidents})
            asked[-1] |= options
            return result

        monkeypatch.setattr("simulator.experiment.assessment.assess", assess)
        return asked

    return let


@pytest.mark.slow
def test_the_library_is_assessed(lastday, library):
    """Without scenarios every incident beside the organisations has its row."""
    told = lastday("assess", library, *FEW)

    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.startswith("A place: what could happen here?\n")
    assert told.stdout.count("\none-click ") == told.stdout.count("\none-slip ") == 3
    assert "plain" not in told.stdout
    assert [line for line in told.stdout.splitlines() if len(line) > 80] == []


def test_the_parts_come_in_their_order(lastday, library, found):
    """The text goes from the matrix to the gaps, and ends in short."""
    found(assessment())
    text = lastday("assess", library).stdout
    order = [
        text.index(part)
        for part in (
            "what could happen here?",
            "How each incident would end",
            "Who would notice first",
            "Where it depends",
            "Not possible here",
            "Gaps, and the cheapest",
            "In short",
        )
    ]

    assert sorted(order) == order


def test_what_was_asked_reaches_the_assessment(lastday, library, found):
    """Every option is handed on."""
    asked = found(assessment())
    words = ("--seed", 7, "--replications", 5, "--jobs", 2, "--gap-under", 0.5)
    lastday("assess", library, *words, "--remedies", 4, "--results", "kept.jsonl")

    assert asked[0]["organisation"].title == "A place"
    assert [one.incident for one in asked[0]["incidents"]] == ["one-click", "one-slip"]
    wanted = {"seed": 7, "replications": 5, "jobs": 2, "gap_under": 0.5, "remedies": 4}
    assert wanted.items() <= asked[0].items()
    assert asked[0]["results"] == Path("kept.jsonl")


def test_named_scenarios_are_assessed_alone(lastday, library, found):
    """With scenarios given the library is left alone."""
    asked = found(assessment())
    lastday("assess", library, "scenarios/one-slip.yaml")

    assert [one.incident for one in asked[0]["incidents"]] == ["one-slip"]


@pytest.mark.parametrize("place", ["mine.yaml", "scenarios/one-click.yaml"])
def test_the_library_is_found_from_elsewhere(lastday, library, found, place):
    """An organisation of one's own meets ./scenarios; one in there all the others."""
    asked = found(assessment())
    if not Path(place).exists():
        Path(place).write_text(HONEST, encoding="utf-8")
    lastday("assess", place)

    names = [one.incident for one in asked[0]["incidents"]]
    assert names == [name for name in ("one-click", "one-slip") if name not in place]


def test_a_misuse_of_the_organisation_is_left_out_and_said(lastday, library, found):
    """An incident may stand for its organisation; what went wrong there is ignored."""
    found(assessment())
    told = lastday("assess", "scenarios/one-click.yaml")

    assert told.exit_code == 0
    assert told.stderr == "scenarios/one-click.yaml: its own misuse is left out\n"


def test_an_open_question_of_the_organisation_can_be_settled(lastday, library, found):
    """--variant is about the organisation."""
    asked = found(assessment())
    words = ("scenarios/one-click.yaml", "--variant", "intent=slip")
    lastday("assess", *words)

    assert asked[0]["organisation"].chosen == (("intent", "slip"),)


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("text", "A platform for photos: what"),
        ("markdown", "# A platform for photos: what"),
        ("json", "{\n"),
        ("junit", "<?xml"),
    ],
)
def test_there_are_four_forms(lastday, library, found, form, begins):
    """Each form is one document and nothing else, also in a file."""
    found(assessment())
    told = lastday("assess", library, "--format", form)
    filed = lastday("assess", library, "--format", form, "--output", "report")

    assert told.stdout.startswith(begins)
    assert filed.stdout == ""
    assert Path("report").read_text(encoding="utf-8") == told.stdout


def test_machines_can_read_their_forms(lastday, library, found):
    """JSON and XML are well formed."""
    found(assessment())

    assert json.loads(lastday("assess", library, "--format", "json").stdout)["rows"]
    assert (
        ElementTree.fromstring(
            lastday("assess", library, "--format", "junit").stdout
        ).get("failures")
        == "4"
    )


@pytest.mark.parametrize(
    ("rows", "least", "code"),
    [
        (ROWS, 0.9, 1),
        (ROWS[4:], 0.9, 0),
        (ROWS[4:], 0.98, 1),
        (ROWS[5:], 1.0, 0),
        (ROWS[:1], 0.2, 0),
        (ROWS[:1], 0.21, 1),
    ],
)
def test_pipelines_fail_under_a_share(lastday, library, found, rows, least, code):
    """1 where a possible incident is held too seldom, and it is named."""
    found(assessment(*rows))
    told = lastday("assess", library, "--fail-under", least)

    assert told.exit_code == code
    assert (f"held too seldom: {rows[0].name}" in told.stderr) == bool(code)


def test_gaps_alone_do_not_fail(lastday, library, found):
    """Without --fail-under what is found is no error."""
    found(assessment())

    assert lastday("assess", library).exit_code == 0


def test_an_interrupt_prints_what_is_finished(lastday, library, found):
    """130 comes before 1, and what was finished is shown."""
    found(assessment(*ROWS[:2], unfinished=("later", "last")))
    told = lastday("assess", library, "--fail-under", 0.9)

    assert told.exit_code == 130
    assert told.stderr == "interrupted after 2 of 4 incidents\n"
    assert "microblog-lastday-2017" in told.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing.yaml",), "nothing.yaml: cannot be read"),
        ((PLACE, "nothing.yaml"), "nothing.yaml: cannot be read"),
        ((PLACE, "scenarios/plain.yaml"), "plain.yaml: has no misuse"),
        ((PLACE, "--gap-under", "2"), "2.0 is not in the range 0<=x<=1"),
        ((PLACE, "--fail-under", "most"), "'most' is not a valid float"),
        ((PLACE, "--remedies", "0"), "0 is not in the range x>=1"),
        ((PLACE, "--replications", "0"), "0 is not in the range x>=1"),
        ((PLACE, "--format", "html"), "'html' is not one of"),
        ((PLACE, "--results", "."), "cannot be written (is a directory)"),
        ((PLACE, "--results", "scenarios/one-click.yaml"), "not a file of results"),
        ((PLACE, "--output", "no/such/folder"), "cannot be written"),
        ((PLACE, "--variant", "intent=slip"), "unknown axis ('intent')"),
        ((), "Missing argument 'ORGANISATION'"),
    ],
)
def test_bad_input_ends_with_2_and_a_message(lastday, library, words, said):
    """What a user can repair is said on the standard error, without a traceback."""
    told = lastday("assess", *words)

    assert told.exit_code == 2
    assert said in told.stderr
    assert told.stdout == ""
    assert told.exception is None or isinstance(told.exception, SystemExit)


def test_no_library_is_said(lastday, tmp_path, monkeypatch):
    """Where there are no incidents, it is said where they are looked for."""
    monkeypatch.chdir(tmp_path)
    Path("mine.yaml").write_text(HONEST, encoding="utf-8")
    told = lastday("assess", "mine.yaml")

    assert told.exit_code == 2
    assert "no incidents in scenarios" in told.stderr


@pytest.mark.slow
def test_an_unreadable_incident_of_the_library_is_told(lastday, library):
    """A wrong file is not passed over in silence."""
    Path("scenarios/wrong.yaml").write_text("lastday: 2\n", encoding="utf-8")
    told = lastday("assess", library, *FEW)

    assert told.exit_code == 2
    assert "wrong.yaml:1:" in told.stderr


@pytest.mark.slow
def test_kept_results_give_the_same_text(lastday, library):
    """The second call takes all from the file and prints the same."""
    words = ("assess", library, *FEW, "--results", "kept.jsonl")
    first, again = lastday(*words), lastday(*words)

    assert first.exit_code == again.exit_code == 0
    assert first.stdout == again.stdout
    assert len(Path("kept.jsonl").read_text().splitlines()) == 2


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_a_killed_command_resumes(lastday, library):
    """After kill -9 a second call ends as if nothing had happened."""
    for number in range(30):
        Path("scenarios", f"more-{number:02}.yaml").write_text(SMALL, encoding="utf-8")
    words = ("assess", str(library), *map(str, FEW), "--results", "kept.jsonl")
    kept = Path("kept.jsonl")
    running = subprocess.Popen(
        [sys.executable, "-m", "simulator", *words],
        stdout=subprocess.DEVNULL,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )
    while not (kept.exists() and kept.read_text().count("\n") > 2):
        assert running.poll() is None
        time.sleep(0.01)
    running.kill()
    running.wait()
    before = kept.read_text().count("\n")

    resumed = lastday(*words)
    fresh = lastday(*words[:-2])

    assert 2 < before < 32
    assert (resumed.exit_code, resumed.stdout) == (0, fresh.stdout)
    assert kept.read_text().count('{"lastday-assessment"') in (32, 33)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
def test_an_interrupt_from_the_terminal_keeps_rows(library):
    """Ctrl-C ends with 130 and prints the incidents that were finished."""
    for number in range(30):
        Path("scenarios", f"more-{number:02}.yaml").write_text(SMALL, encoding="utf-8")
    words = ("assess", str(library), *map(str, FEW), "--results", "kept.jsonl")
    running = subprocess.Popen(
        [sys.executable, "-m", "simulator", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )
    kept = Path("kept.jsonl")
    while not (kept.exists() and kept.read_text().count("\n") > 2):
        assert running.poll() is None
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)
    told, errors = running.communicate(timeout=60)

    assert running.returncode == 130
    assert errors.startswith("interrupted after ")
    assert errors.count("\n") == 1
    assert "of 32 incidents were finished" in " ".join(told.split())
