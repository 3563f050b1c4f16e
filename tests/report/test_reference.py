"""The reference pages: current, complete, and read by Markdown as they are meant."""

import re

import pytest
from markdown_it import MarkdownIt

from simulator.alerts import CATALOGUE as ALERTS
from simulator.controls import CATALOGUE as CONTROLS
from simulator.report.notice import OWNERS, notice
from simulator.report.reference import pages
from simulator.report.shelves import FRAMEWORKS, SAID, parameters

PAGES = pages(tuple(CONTROLS.values()), tuple(ALERTS.values()))
EVERY = (*CONTROLS.values(), *ALERTS.values())
NAMES = ("controls.md", "alerts.md", "frameworks.md")


def anchors(page):
    """Return what the headings of a page can be linked by."""
    headings = re.findall(r"^#+ (.+)$", PAGES[page], re.MULTILINE)
    return {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}


def section(found):
    """Return what a page says of an entry."""
    page = PAGES["controls.md" if found.id in CONTROLS else "alerts.md"]
    return page.split(f"\n## {found.id}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("name", NAMES)
def test_committed_pages_are_current(root, golden, name):
    """The committed pages are those that the catalogue makes, byte for byte."""
    golden(root / "reports" / "reference" / name, PAGES[name])


def test_no_other_page_is_committed(root):
    """What is in the folder is made by the catalogue, or is the fidelity page."""
    pages = {page.name for page in (root / "reports" / "reference").iterdir()}

    assert pages == {*NAMES, "fidelity.md"}


@pytest.mark.parametrize("found", EVERY, ids=lambda found: found.id)
def test_a_page_says_all_that_an_entry_says(found):
    """Words, parameters and ids of an entry are below its heading."""
    text = section(found)
    own, shared = parameters(found)

    assert all(f"`{p.name}` |" in text for p in (*own, *shared))
    assert ("How it can fail:" in text) == bool(shared)
    assert all(source.id in text for source in found.sources)
    assert all(getattr(found, name).split()[0] in text for _, name in SAID)


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_somewhere(name):
    """Contents and cross references point at headings that exist."""
    links = re.findall(r"\]\(([\w.]*)#([\w-]+)\)", PAGES[name])

    assert len(links) >= len(FRAMEWORKS)
    assert [link for link in links if link[1] not in anchors(link[0] or name)] == []


@pytest.mark.parametrize("name", NAMES)
def test_tables_are_read_as_tables(name):
    """A Markdown reader finds each table that a page sets."""
    tokens = MarkdownIt("commonmark").enable("table").parse(PAGES[name])

    assert PAGES[name].count("| --- |\n") == sum(t.type == "table_open" for t in tokens)


@pytest.mark.parametrize("framework", FRAMEWORKS.values())
def test_every_framework_has_its_notice(framework):
    """Whose ids are cited is told which terms they come under, and in which version."""
    bare = framework.replace("&", "").replace(" Annex A", "")
    owners = [name.replace("®", "").replace("&", "") for name, _ in OWNERS]

    assert bare in owners


def test_the_notice_fits_a_terminal():
    """The notice is wrapped to 80 columns and names who asks to be named."""
    assert max(map(len, notice().splitlines())) <= 80
    assert "The MITRE Corporation" in notice()
    assert "Copyright © 2024-2026 Forscie Limited" in notice()
