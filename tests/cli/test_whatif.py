"""``lastday whatif``."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, SMALL
from tests.report.test_tornado import LOUD, told
from tests.report.whatifs import what_if

VERB = "simulator.experiment.whatif.verb.whatif"
FEW = ("--replications", 4, "--jobs", 1)
THREE = ("--candidates", "protected-lock,four-eyes", "--candidates", "peer-report")


@pytest.fixture
def found(monkeypatch):
    """Return a function that lets the what-if find what a test says.

    What the command asked of it stands in the list that is returned.
    """

    def let(result):
        asked = []

        def whatif(scenario, **options):
            asked.append({"scenario": scenario, **options})
            return result

        monkeypatch.setattr(VERB, whatif)
        return asked

    return let


def test_what_was_asked_reaches_the_verb(lastday, small, found):
    """Every option is handed on, under the name the verb has for it."""
    asked = found(what_if())
    words = (*THREE, "--design", "lattice", "--at-least", 0.8, "--within", "30m")
    more = ("--replications", 5, "--seed", 7, "--jobs", 2, "--results", "kept")
    told = lastday(
        "whatif", small, *words, *more, "--resume", "--variant", "intent=slip"
    )

    assert told.exit_code == 0, told.output
    assert asked[0]["scenario"].title == "A small last day"
    wanted = {
        "design": "lattice",
        "candidates": ("protected-lock", "four-eyes", "peer-report"),
        "at_least": 0.8,
        "within_s": 1800,
        "replications": 5,
        "precision": None,
        "seed": 7,
        "jobs": 2,
        "cluster": None,
        "results": Path("kept"),
        "resume": True,
        "choose": {"intent": "slip"},
    }
    assert wanted.items() <= asked[0].items()


def test_little_need_be_said(lastday, small, found):
    """Without options each candidate is judged alone, and none is named."""
    asked = found(what_if())
    told = lastday("whatif", small)

    assert told.exit_code == 0
    wanted = {"design": "alone", "candidates": None, "within_s": None, "at_least": 0.9}
    assert wanted.items() <= asked[0].items()
    assert {"seed": 1, "replications": 100, "resume": False}.items() <= asked[0].items()


def test_a_precision_leaves_the_number_of_replications_open(lastday, small, found):
    """They go on until every interval is narrow, and not just to the default."""
    asked = found(what_if())
    lastday("whatif", small, "--precision", 0.05)

    assert {"precision": 0.05, "replications": None}.items() <= asked[0].items()


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("text", "What is enough? The last day"),
        ("markdown", "# What is enough? The last day"),
        ("json", "{\n"),
    ],
)
def test_there_are_three_forms(lastday, small, found, form, begins):
    """Each form is one document and nothing else, also in a file."""
    found(what_if())
    told = lastday("whatif", small, "--format", form)
    filed = lastday("whatif", small, "--format", form, "--output", "report")

    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.startswith(begins)
    assert filed.stdout == ""
    assert Path("report").read_text(encoding="utf-8") == told.stdout


def test_markdown_ends_with_the_command_that_made_it(lastday, small, found):
    """What steers the result is repeated, and nothing else."""
    found(what_if())
    words = (*THREE, "--within", "90s", "--seed", 7, "--variant", "intent=slip")
    rest = ("--format", "markdown", "--quiet", "--jobs", 2, "--results", "kept")
    last = lastday("whatif", small, *words, *rest).stdout.splitlines()[-1]

    assert last == (
        "Written by `lastday whatif small.yaml --candidates "
        "protected-lock,four-eyes,peer-report --within 90s --variant intent=slip "
        "--seed 7 --format markdown`."
    )


def test_an_interrupt_prints_what_is_finished(lastday, small, found):
    """130, one line on the standard error, and the report of what there is."""
    found(what_if(ended="interrupted", replications=1_000))
    told = lastday("whatif", small)

    assert told.exit_code == 130
    assert told.stderr == "interrupted after 100 of 1000 replications\n"
    assert "100 of 1,000 replications were finished" in told.stdout


def test_an_interrupt_before_anything_was_finished_prints_nothing(
    lastday, small, found
):
    """Of no replications there is nothing to say."""
    found(what_if(ended="interrupted", replications=1_000, finished=0))
    told = lastday("whatif", small, "--format", "json")

    assert told.exit_code == 130
    assert told.stdout == ""
    assert told.stderr == "interrupted after 0 of 1000 replications\n"


def test_an_interrupt_while_assumptions_are_moved_keeps_the_answer(
    lastday, small, found, monkeypatch
):
    """What was found before is printed whole."""

    def interrupted(*words, **options):
        raise KeyboardInterrupt

    found(what_if())
    monkeypatch.setattr("simulator.experiment.sensitivity.sensitivity", interrupted)
    for form in ("text", "markdown", "json"):
        told = lastday("whatif", small, "--sensitivity", "--format", form)

        assert told.exit_code == 130
        assert told.stderr == "interrupted before all assumptions were moved\n"
        assert "The last day of a contractor" in told.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--design", "all"), "'all' is not one of"),
        (("--at-least", "0"), "0.0 is not in the range 0<x<=1"),
        (("--at-least", "90"), "90.0 is not in the range 0<x<=1"),
        (("--within", "30"), "duration without a unit ('30'); add w, d, h, m or s"),
        (("--within", "soon"), "not a duration ('soon'); accepted: 90s"),
        (("--candidates", " ,"), "names nothing; accepted: ids or labels"),
        (("--replications", "0"), "0 is not in the range x>=1"),
        (("--precision", "0"), "0.0 is not in the range 0<x<=0.5"),
        (
            ("--precision", "0.05", "--replications", "9"),
            "--replications and --precision; accepted: one of them",
        ),
        (
            ("--cluster", "tcp://localhost:1", "--jobs", "2"),
            "--jobs and --cluster; accepted: one of them",
        ),
        (("--resume",), "--resume without --results; accepted: both"),
        (("--output", "no/such/folder"), "cannot be written"),
        (("--variant", "intent=slipp"), "did you mean 'slip'?"),
        (("--candidate", "four-eyes"), "--candidates"),
    ],
)
def test_bad_words_end_with_2_and_a_message(lastday, small, words, said):
    """What is accepted is said, and nothing is played."""
    told = lastday("whatif", small, *words)

    assert told.exit_code == 2
    assert said in told.stderr
    assert told.stdout == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing.yaml",), "nothing.yaml: cannot be read"),
        ((), "Missing argument 'SCENARIO'"),
        (("honest.yaml",), "honest.yaml: has no misuse, so there is nothing to stop"),
        (("small.yaml", "--candidates", "four-eye"), "did you mean 'four-eyes'?"),
        (("small.yaml", "--results", "small.yaml"), "small.yaml"),
    ],
)
def test_bad_input_ends_with_2_and_a_message(lastday, small, words, said):
    """What a user can repair is said on the standard error, without a traceback."""
    honest = SMALL[: SMALL.index("misuse:")]
    Path("honest.yaml").write_text(honest, encoding="utf-8")
    told = lastday("whatif", *words)

    assert told.exit_code == 2, told.output
    assert said in told.stderr
    assert told.stdout == ""
    assert told.exception is None or isinstance(told.exception, SystemExit)


@pytest.mark.slow
@pytest.mark.parametrize("design", ["alone", "without", "pairs", "lattice"])
def test_each_design_is_played(lastday, small, design):
    """Three candidates on the small scenario, one of which stops it for sure."""
    told = lastday("whatif", small, *THREE, *FEW, "--design", design)

    assert (told.exit_code, told.stderr) == (0, "")
    assert "protected-lock" in told.stdout.split("\nReading intent=")[1]
    assert told.stdout.count("\nReading intent=") == 2
    assert [line for line in told.stdout.splitlines() if len(line) > 80] == []


@pytest.mark.slow
def test_machines_read_the_same_for_any_number_of_processes(lastday, small):
    """The JSON is well formed, and does not depend on who played."""
    words = ("whatif", small, *THREE, "--design", "lattice", "--format", "json")
    one = lastday(*words, "--replications", 4, "--jobs", 1)
    two = lastday(*words, "--replications", 4, "--jobs", 2)
    told = json.loads(one.stdout)

    assert one.stdout == two.stdout
    assert told["design"] == "lattice"
    assert told["finished"] == 4
    assert ["protected-lock"] in told["enough_in_every_reading"][0]["sets"]


def test_assumptions_are_moved_if_asked(lastday, small, found, monkeypatch):
    """The tornado table follows the report in each form, of the same size and seed."""
    asked = []

    def sensitivity(scenario, **options):
        asked.append(options)
        return told(LOUD)

    found(what_if(finished=60, seed=3))
    monkeypatch.setattr("simulator.experiment.sensitivity.sensitivity", sensitivity)
    text, markdown, data = (
        lastday("whatif", small, "--sensitivity", "--jobs", 2, "--format", form).stdout
        for form in ("text", "markdown", "json")
    )

    assert text.index("\nWords\n") < text.index("\nWhich assumptions move the answer\n")
    assert "\n## Which assumptions move the answer\n" in markdown
    assert json.loads(data)["sensitivity"]["measure"] == "held"
    assert {"replications": 60, "seed": 3, "jobs": 2}.items() <= asked[0].items()
    first = {"arm": ("protected-lock",), "measure": "stopped", "choose": {}}
    assert first.items() <= asked[0].items()


@pytest.mark.slow
def test_assumptions_of_a_scenario_are_moved(lastday, small):
    """The real thing, in as few runs as there can be."""
    words = ("whatif", small, "--candidates", "protected-lock", "--sensitivity")
    moved = lastday(*words, "--replications", 1, "--jobs", 1)

    assert (moved.exit_code, moved.stderr) == (0, "")
    assert "Which assumptions move the answer" in moved.stdout


@pytest.mark.slow
def test_kept_results_are_resumed(lastday, small):
    """The second call takes all from the folder; without --resume it is refused."""
    pytest.importorskip("duckdb")
    words = ("whatif", small, *THREE, *FEW, "--results", "kept")
    first, refused = lastday(*words), lastday(*words)
    again = lastday(*words, "--resume")

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert first.stdout == again.stdout
    assert refused.exit_code == 2
    assert "accepted: to resume it" in refused.stderr


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
def test_an_interrupt_from_the_terminal_ends_with_130(small):
    """Ctrl-C prints the replications that were finished, and no traceback."""
    pytest.importorskip("duckdb")
    words = ("whatif", str(small), "--replications", "100000", "--jobs", "1")
    running = subprocess.Popen(
        [sys.executable, "-m", "simulator", *words, "--results", "kept"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )
    while kept_replications(Path("kept/ledger.sqlite")) < 3:
        assert running.poll() is None
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)
    told, errors = running.communicate(timeout=60)

    assert running.returncode == 130
    assert errors.startswith("interrupted after ")
    assert errors.count("\n") == 1
    assert "of 100,000 replications were finished" in " ".join(told.split())


def kept_replications(ledger):
    """Count the replications that are in a ledger by now."""
    if not ledger.exists():
        return 0
    with closing(sqlite3.connect(ledger)) as opened:
        try:
            ((count,),) = opened.execute("SELECT count(*) FROM replications")
        except sqlite3.OperationalError:
            # Its tables are about to be made.
            return 0
    return count
