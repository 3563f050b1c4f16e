"""``lastday run``."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import SEED_SCENARIO
from tests.report.builders import findings, reading, target


@pytest.fixture
def found(monkeypatch):
    """Return a function that lets the experiment find what a test says.

    What the command asked of it stands in the list that is returned.
    """

    def let(result):
        asked = []

        def compare(scenario, **options):
            asked.append(options)
            return result

        monkeypatch.setattr("simulator.experiment.compare", compare)
        return asked

    return let


MISSED = findings(reading(targets=(target(met=False),)))


def test_one_replication_tells_one_run(lastday, small):
    """With one replication there is a story, first verdicts and no table."""
    told = lastday("run", small, "--replications", 1)

    assert told.exit_code == 0
    assert told.stdout.startswith("A small last day\n")
    assert "The leaver, 4 h 11 min before the last shift ends, asks" in told.stdout
    assert "First verdicts" in told.stdout
    assert "lim cau" not in told.stdout
    assert told.stderr == ""


def test_the_story_comes_before_the_tables(lastday, small, found):
    """All parts of the report appear in their order."""
    found(findings())
    text = lastday("run", small).stdout
    order = [
        text.index(part)
        for part in (
            "None of the answers is told as truth",
            "What happens",
            "Access left after separation\n",
            "Why, in the words",
            "Against the record",
            "What would have stopped",
            "Access left after separation, over all runs",
            "In one sentence",
        )
    ]

    assert sorted(order) == order


def test_no_line_is_longer_than_80(lastday, small, found):
    """All that is printed fits 80 columns."""
    found(findings())
    lines = lastday("run", small).stdout.splitlines()

    assert [line for line in lines if len(line) > 80] == []


def test_the_experiment_gets_what_was_asked(lastday, small, found):
    """Seed, replications, jobs and variant reach the experiment."""
    asked = found(findings())
    words = ("--seed", 7, "--replications", 5, "--jobs", 1, "--variant", "intent=slip")
    lastday("run", small, *words)

    assert asked[0]["seed"] == 7
    assert asked[0]["replications"] == 5
    assert asked[0]["jobs"] == 1
    assert asked[0]["choose"] == {"intent": "slip"}


def test_the_variant_is_the_one_that_is_told(lastday, small):
    """The story takes the option that was asked for."""
    told = lastday("run", small, "--replications", 1, "--variant", "intent=slip")

    assert "One run, seed 1, with intent=slip." in told.stdout


def test_a_missed_target_ends_with_1_and_is_said(lastday, small, found):
    """A missed replay target is counted on the standard error, and ends with 1."""
    found(MISSED)
    told = lastday("run", small)

    assert told.exit_code == 1
    assert "replay targets missed: " in told.stderr


def test_a_met_target_ends_with_0(lastday, small, found):
    """With every target met, the exit code is 0."""
    found(findings())

    assert lastday("run", small).exit_code == 0


def test_an_interrupt_keeps_what_was_finished(lastday, small, found):
    """Findings of fewer runs than asked for are shown, and end with 130."""
    found(findings(finished=37))
    told = lastday("run", small)

    assert told.exit_code == 130
    assert "Interrupted after 37 of 100 runs." in told.stdout
    assert "interrupted after 37 of 100 replications" in told.stderr


def test_an_interrupt_before_the_first_run_keeps_the_story(lastday, small, found):
    """Without a finished run the story stands alone."""
    found(findings(finished=0))
    told = lastday("run", small)

    assert told.exit_code == 130
    assert "What happens" in told.stdout
    assert "In one sentence" not in told.stdout


def test_an_interrupt_at_any_time_ends_with_130(lastday, small, monkeypatch):
    """An interrupt that nobody caught is no traceback."""

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("simulator.experiment.compare", interrupted)
    told = lastday("run", small)

    assert told.exit_code == 130
    assert "What happens" in told.stdout
    assert "interrupted" in told.stderr


def test_json_holds_findings_and_records(lastday, small, found):
    """JSON is one document and nothing else."""
    found(findings())
    told = json.loads(lastday("run", small, "--format", "json").stdout)

    assert told["findings"]["readings"][0]["baseline"]["held"]["of"] == 100
    assert told["replay"]["records"][0]["kind"] == "opened"
    assert told["conclusion"].startswith("On its own")


def test_json_tells_all_access_left(lastday, small, found):
    """JSON leaves out no way in: neither of the run that is told nor of all runs."""
    found(findings())
    told = json.loads(lastday("run", small, "--format", "json").stdout)

    assert told["replay"]["outcome"]["times"]["residual"] == [
        {"staff": "leaver", "system": "console", "way": "account", "seconds": 0}
    ]
    assert len(told["findings"]["readings"][0]["residual"]) == 3


def test_output_goes_to_a_file(lastday, small, found):
    """With --output nothing is printed and the file holds the report."""
    found(findings())
    told = lastday("run", small, "--output", "report.txt")

    assert told.stdout == ""
    assert "In one sentence" in Path("report.txt").read_text(encoding="utf-8")


def test_a_checked_file_is_not_left_behind(lastday, small):
    """A file that was only checked for writing is gone if the run fails."""
    told = lastday("run", "nothing.yaml", "--output", "report.txt")

    assert told.exit_code == 2
    assert not Path("report.txt").exists()


def test_a_file_already_there_is_not_emptied_by_the_check(lastday, small):
    """What a file holds survives a run that fails."""
    Path("report.txt").write_text("old", encoding="utf-8")
    lastday("run", "nothing.yaml", "--output", "report.txt")

    assert Path("report.txt").read_text(encoding="utf-8") == "old"


def test_diagnostics_are_said_only_when_asked(lastday, small):
    """One canonical line appears on the standard error with -v."""
    told = lastday("run", small, "--replications", 1, "-v")

    assert "event='run.finished'" in told.stderr
    assert told.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing.yaml",), "nothing.yaml: cannot be read"),
        ((".",), "is a directory"),
        (("small.yaml", "--replications", "0"), "0 is not in the range x>=1"),
        (("small.yaml", "--replications", "many"), "'many' is not a valid integer"),
        (("small.yaml", "--jobs", "0"), "0 is not in the range x>=1"),
        (("small.yaml", "--seed", "x"), "'x' is not a valid integer"),
        (("small.yaml", "--format", "xml"), "'xml' is not one of"),
        (("small.yaml", "--variant", "intnt=slip"), "did you mean 'intent'?"),
        (("small.yaml", "--variant", "intent=slop"), "did you mean 'slip'?"),
        (("small.yaml", "--variant", "intent=xyzzy"), "options of intent: gesture"),
        (("small.yaml", "--variant", "intent"), "'intent' is not AXIS=OPTION"),
        (
            ("small.yaml", "--variant", "intent=slip", "--variant", "intent=gesture"),
            "two options for intent (slip, gesture)",
        ),
        (("small.yaml", "--output", "no/such/folder"), "cannot be written"),
        (("small.yaml", "--output", "."), "cannot be written (is a directory)"),
        ((), "Missing argument 'FILE'"),
        (("small.yaml", "another.yaml"), "unexpected extra argument"),
    ],
)
def test_bad_input_ends_with_2_and_a_message(lastday, small, words, said):
    """What a user can repair is said on the standard error, without a traceback."""
    told = lastday("run", *words)

    assert told.exit_code == 2
    assert said in told.stderr
    assert told.stdout == ""
    assert told.exception is None or isinstance(told.exception, SystemExit)


def test_a_wrong_scenario_is_told_with_its_places(lastday, small):
    """All problems of a file are told at once, each with file, line and column."""
    wrong = small.read_text(encoding="utf-8").replace("intent: gesture", "intent: joke")
    small.write_text(wrong.replace("size: 3", "size: -3"), encoding="utf-8")
    told = lastday("run", small, "--replications", 1)

    assert told.exit_code == 2
    assert told.stderr.count("small.yaml:") == 2
    assert "misuse.intent" in told.stderr


@pytest.mark.slow
def test_a_closed_pipe_is_quiet(process):
    """A reader who has had enough ends the command without a word."""
    reading, writing = os.pipe()
    os.close(reading)
    told = process("run", "small.yaml", "--replications", 1, stdout=writing)
    os.close(writing)

    assert told.returncode == 0
    assert told.stderr == ""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_a_full_disk_is_no_traceback(process):
    """Output that cannot be written ends with 2 and one line."""
    with open("/dev/full", "w") as full:
        told = process("run", "small.yaml", "--replications", 1, stdout=full)

    assert told.returncode == 2
    assert told.stderr == "cannot go on (output: no space left on device)\n"


@pytest.mark.slow
def test_the_seed_scenario_runs(lastday):
    """The incident of 2017 is told and compared; two runs may miss a target."""
    told = lastday("run", SEED_SCENARIO, "--replications", 2, "--jobs", 1)

    assert told.exit_code == ("replay targets missed" in told.stderr)
    assert "protected-lock" in told.stdout
    assert [line for line in told.stdout.splitlines() if len(line) > 80] == []


@pytest.mark.slow
def test_the_same_seed_gives_the_same_text(process):
    """Two processes with different hash seeds print the same bytes."""
    words = ("run", "small.yaml", "--replications", 3, "--jobs", 1)

    assert process(*words).stdout == process(*words).stdout
