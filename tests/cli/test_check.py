"""``lastday check``."""

import json
from pathlib import Path


def test_a_good_file_is_fine(lastday, small):
    """A file without problems is told with what it rests on."""
    told = lastday("check", small)

    assert told.exit_code == 0
    assert told.stdout.startswith("small.yaml: fine\n")
    assert "sourced" in told.stdout
    assert "assumed" in told.stdout


def test_every_file_is_checked(lastday, small):
    """One wrong file does not keep the others from being told."""
    Path("wrong.yaml").write_text("lastday: 2\n", encoding="utf-8")
    told = lastday("check", "nothing.yaml", "wrong.yaml", small)

    assert told.exit_code == 2
    assert "nothing.yaml: cannot be read" in told.stdout
    assert "wrong.yaml:1:" in told.stdout
    assert "small.yaml: fine" in told.stdout


def test_the_schema_is_json(lastday, small):
    """The schema is printed, or written to a file."""
    printed = lastday("check", "--schema").stdout
    lastday("check", "--schema", "--output", "schema.json")

    assert json.loads(printed)["$schema"].startswith("https://json-schema.org/")
    assert Path("schema.json").read_text(encoding="utf-8") == printed


def test_files_and_schema_do_not_go_together(lastday, small):
    """There is one thing to do at a time, and there is something to do."""
    assert lastday("check").exit_code == 2
    assert lastday("check", small, "--schema").exit_code == 2
    assert lastday("check", small, "--output", "x").exit_code == 2


def test_diagnostics_are_said_only_when_asked(lastday, small):
    """One canonical line appears on the standard error with -v."""
    assert lastday("check", small).stderr == ""
    assert "event='check.finished'" in lastday("check", small, "-v").stderr
