"""The way data flows, read from the real imports."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "simulator"

ROW_0 = {"errors", "clock", "streams", "regions"}
VOCABULARY = ROW_0 | {"decisions", "trail", "view", "protocols"}
NOUNS = VOCABULARY | {"scenario"}
SHELVES = NOUNS | {"shelf", "reasons"}
LOADED = SHELVES | {"controls", "alerts", "catalogue"}
MAY_IMPORT = {
    "errors": set(),
    "clock": {"errors"},
    "streams": {"clock", "errors"},
    "regions": set(),
    "decisions": ROW_0,
    "view": ROW_0,
    "trail": ROW_0 | {"decisions"},
    "protocols": ROW_0 | {"decisions", "trail", "view"},
    "scenario": VOCABULARY,
    "shelf": NOUNS,
    "reasons": NOUNS,
    "controls": SHELVES,
    "alerts": SHELVES,
    "catalogue": LOADED,
    "world": NOUNS,
    "outcome": LOADED,
    "experiment": LOADED | {"world", "outcome"},
    "report": LOADED | {"outcome", "experiment"},
    "exchange": LOADED,
    "testing": LOADED | {"world", "outcome", "experiment"},
    "cli": LOADED | {"world", "outcome", "experiment", "report", "exchange"},
}
ONLY_THERE = {
    "simpy": {"world"},
    "yaml": {"scenario"},
    "cattrs": {"scenario"},
    "whenever": {"clock"},
    "click": {"cli"},
    "structlog": {"cli"},
    "hypothesis": {"testing"},
    "distributed": {"experiment"},
    "duckdb": {"experiment"},
}
FILES = sorted(PACKAGE.rglob("*.py"))


def place(path):
    """Return the stage a file belongs to: its folder, or its own name."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path):
    """Return the dotted names a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (
                f"{node.module}.{alias.name}"
                if node.module == "simulator"
                else node.module
                for alias in node.names
            )


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_follow_the_rows(path):
    """A file imports only from stages before its own."""
    here = place(path)
    if here in ("__init__", "__main__"):
        return
    parts = (name.split(".") for name in imported(path))
    stages = {name[1] for name in parts if name[0] == "simulator" and len(name) > 1}

    assert stages - {here, "__version__"} <= MAY_IMPORT[here]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_libraries_stay_where_they_belong(path):
    """A library that one stage is built on is imported nowhere else."""
    used = {name.split(".")[0] for name in imported(path)} & ONLY_THERE.keys()

    assert all(place(path) in ONLY_THERE[library] for library in used)


def test_every_stage_is_in_the_table():
    """No stage escapes the table, and the table names none that is gone."""
    stages = {place(path) for path in FILES} - {"__init__", "__main__"}

    assert stages == MAY_IMPORT.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_functions_fit_a_screen(path):
    """No function is longer than sixty lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))
    long = [f.name for f in functions if f.end_lineno - f.lineno >= 60]

    assert long == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_randomness_comes_from_streams(path):
    """Nothing draws from a shared generator or looks at a machine's clock."""
    allowed = {"streams": {"random"}, "experiment": {"time"}, "cli": {"time"}}
    banned = {"random", "time", "datetime", "secrets", "uuid", "numpy"}
    used = {name.split(".")[0] for name in imported(path)} & banned

    assert used <= allowed.get(place(path), set())
