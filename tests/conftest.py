"""Hypothesis profiles, and the one way to rewrite what is stored as golden.

Profiles: ``dev`` by default, ``ci`` is repeatable, ``deep`` is long; chosen by the
environment variable HYPOTHESIS_PROFILE.
"""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("dev", deadline=None, max_examples=50)
settings.register_profile(
    "ci",
    deadline=None,
    max_examples=50,
    derandomize=True,
    database=None,
    print_blob=True,
)
settings.register_profile("deep", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

ROOT = Path(__file__).parent.parent


def pytest_addoption(parser):
    """Add the option that rewrites golden files."""
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the files in tests/golden"
    )


@pytest.fixture
def golden(request):
    """Compare a text with a stored one, or store it with --update-golden."""

    def compare(path, text):
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def root():
    """Return the top folder of the repository."""
    return ROOT
