"""``lastday report``."""

from pathlib import Path

import pytest

from tests.report.builders import findings


@pytest.fixture(autouse=True)
def found(monkeypatch):
    """Let the experiment find what was made by hand."""
    monkeypatch.setattr(
        "simulator.experiment.compare", lambda scenario, **_: findings()
    )


def test_both_files_are_written(lastday, small):
    """The folder is named after the scenario's file."""
    told = lastday("report", small)

    assert told.exit_code == 0
    assert "On its own, protected-lock" in told.stdout
    assert Path("reports/small/report.md").exists()
    assert Path("reports/small/timeline.svg").exists()


def test_the_folder_can_be_chosen(lastday, small):
    """A folder that does not exist is made."""
    assert lastday("report", small, "--output", "a/b").exit_code == 0
    assert Path("a/b/report.md").exists()


def test_the_same_findings_give_the_same_bytes(lastday, small):
    """Written twice, the files are equal."""
    for folder in ("one", "two"):
        lastday("report", small, "--output", folder)

    for name in ("report.md", "timeline.svg"):
        assert Path("one", name).read_bytes() == Path("two", name).read_bytes()


def test_a_folder_that_cannot_be_written_is_bad_input(lastday, small):
    """A file where the folder should be ends with 2, before any work."""
    told = lastday("report", small, "--output", "small.yaml")

    assert told.exit_code == 2
    assert "cannot be written" in told.stderr


def test_the_default_folder_may_be_in_the_way_too(lastday, small):
    """A file called reports ends with 2."""
    Path("reports").write_text("", encoding="utf-8")
    told = lastday("report", small)

    assert told.exit_code == 2
    assert "reports/small: cannot be written" in told.stderr
