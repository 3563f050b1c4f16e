"""The repository as a newcomer meets it: README, top level, public names."""

import re
import subprocess
import sys

import pytest

import simulator
from simulator.cli import COMMANDS

TOP_LEVEL = {
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "pyproject.toml",
    "reports",
    "scenarios",
    "simulator",
    "tests",
}
NO_PLACE_FOR = re.compile(r"/root/|/home/\w|/tmp/\w|pythonhosted|/work/")


@pytest.fixture(scope="module")
def readme(root):
    """Return the README."""
    return (root / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tracked(root):
    """Return the files git knows, or skip where this is no checkout."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=root, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return listed.stdout.splitlines()


def command(readme, mark):
    """Return the command of the README behind a mark."""
    found = re.search(rf"<!-- {mark} -->\n```sh\n(.+)\n```", readme)
    assert found, f"no command marked {mark}"
    return found[1]


def test_top_level_holds_what_was_agreed(tracked):
    """Nothing lies at the top but what was agreed, and hidden files."""
    visible = {path.split("/")[0] for path in tracked if not path.startswith(".")}

    assert visible == TOP_LEVEL


def test_files_speak_of_the_project_alone(root, tracked):
    """No tracked file names a path of somebody's machine."""
    texts = (p for p in tracked if p.endswith((".py", ".md", ".toml", ".yaml")))
    found = [
        path
        for path in texts
        if path != "tests/test_repository.py"
        and NO_PLACE_FOR.search((root / path).read_text(encoding="utf-8"))
    ]

    assert found == []


def test_readme_is_short(readme):
    """The README has at most 150 lines."""
    assert len(readme.splitlines()) <= 150


def test_readme_commands_set_everything_up(readme):
    """Both commands make an environment and install before they do anything."""
    run, test = command(readme, "run"), command(readme, "test")

    assert run.endswith("lastday run scenarios/microblog-lastday-2017.yaml")
    assert test.endswith("python -m pytest -q -n 2")
    for line in (run, test):
        assert line.startswith("python3 -m venv .venv && .venv/bin/pip install")


def test_ci_runs_the_test_command_of_the_readme(root, readme):
    """CI takes the test command from the README and holds no copy of it."""
    script = (root / ".ci" / "run").read_text(encoding="utf-8")

    assert "README.md" in script
    assert command(readme, "test") not in script


def test_readme_names_every_command(readme):
    """The table of commands is that of the command line."""
    named = re.findall(r"^\| `lastday (\w+)", readme, re.MULTILINE)

    assert sorted(named) == sorted(COMMANDS)


@pytest.mark.slow
def test_readme_python_runs(root, readme):
    """The Python example runs as it is printed."""
    (code,) = re.findall(r"```python\n(.+?)```", readme, re.DOTALL)
    code = code.replace("replications=20", "replications=2")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True
    )

    assert (done.returncode, done.stderr) == (0, "")
    verdict, estimate = done.stdout.split("\n", 1)
    assert verdict == "noticed"
    assert estimate.startswith("Estimate(count=2, of=2")


def test_public_names_are_the_verbs():
    """The package offers the seven verbs and its version, and each can be had."""
    verbs = ["assess", "compare", "load", "measure", "render", "simulate", "whatif"]

    assert sorted(simulator.__all__) == ["__version__", *verbs]
    assert all(callable(getattr(simulator, verb)) for verb in verbs)
