"""What is committed as made by the program is what the program makes."""

import re

import pytest
from click.testing import CliRunner

from simulator import load
from simulator.cli import main

SEED_SCENARIO = "scenarios/microblog-lastday-2017.yaml"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def written(root, tmp_path_factory):
    """Write the report of the seed scenario afresh."""
    folder = tmp_path_factory.mktemp("report")
    words = ["report", str(root / SEED_SCENARIO), "--output", str(folder), "--quiet"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    return folder


@pytest.mark.parametrize("name", ["report.md", "timeline.svg"])
def test_committed_report_is_current(root, golden, written, name):
    """The committed report is the one that the code writes, byte for byte."""
    committed = root / "reports" / "microblog-lastday-2017" / name

    golden(committed, (written / name).read_text(encoding="utf-8"))


def test_readme_shows_what_is_printed(root, written):
    """Every row of the table in the README stands in the report."""
    readme = (root / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"<!-- output -->\n```text\n(.+?)```", readme, re.DOTALL)
    report = (written / "report.md").read_text(encoding="utf-8")
    rows = [line.split()[0] for line in shown.splitlines()[3:]]
    table = report.split("### Reading")[1]
    places = [table.index(f"| `{row}` |") for row in rows]

    assert len(rows) >= 8
    assert places == sorted(places)


def test_committed_fidelity_is_current(root, golden, tmp_path):
    """The page of all replays is what the code writes, and no incident is left out."""
    files = sorted(str(path) for path in (root / "scenarios").glob("*.yaml"))
    words = ["report", "--fidelity", *files, "--output", str(tmp_path), "--quiet"]
    done = CliRunner().invoke(main, words)
    page = (tmp_path / "fidelity.md").read_text(encoding="utf-8")

    assert done.exit_code == 0, done.output
    golden(root / "reports" / "reference" / "fidelity.md", page)
    incidents = [load(path).incident for path in files if load(path).expect]
    assert all(f"| {incident} |" in page for incident in incidents)
