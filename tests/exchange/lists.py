"""Small lists of an organisation, written to a folder and read."""

from pathlib import Path

from simulator.exchange.drafting import Answers, Draft, draft
from simulator.exchange.lists import Asked, Lists, open_lists, read_lists
from simulator.exchange.starter import write

STAFF = "id,team,role,employment,start,last day,time zone\n"
LEAVERS = "id,system,removed at,last day,employment\n"


def read(folder: Path, **told: object) -> Lists:
    """Write lists given as text or bytes, and read them; the rest is for `Asked`."""
    paths = {}
    for kind in ("staff", "roster", "leavers"):
        if kind in told:
            paths[kind] = folder / f"{kind}.csv"
            content = told.pop(kind)
            raw = content if isinstance(content, bytes) else content.encode()
            paths[kind].write_bytes(raw)
    asked = Asked(paths=paths, **told)
    return read_lists(asked, open_lists(asked))


def staff(folder: Path, *rows: str, header: str = STAFF, **told: object) -> Lists:
    """Read a staff list with these rows."""
    return read(folder, staff=header + "".join(f"{row}\n" for row in rows), **told)


def said(lists: Lists, of: int = 0) -> list[str]:
    """Return why rows were set aside, in the order of the file."""
    return [str(problem) for problem in lists.ledgers[of].problems]


def noted(lists: Lists, of: int = 0) -> list[str]:
    """Return what was assumed about rows that are used."""
    return [str(problem) for problem in lists.ledgers[of].notes]


def counts(lists: Lists, of: int = 0) -> tuple[int, int, int]:
    """Return how many rows were read, used and set aside."""
    ledger = lists.ledgers[of]
    return ledger.read, ledger.used, len(ledger.aside)


def drafted(folder: Path, answers: Answers | None = None, **told: object) -> Draft:
    """Draft a starter from lists."""
    return draft(answers or Answers(), read(folder, **told))


def started(folder: Path, **told: object) -> str:
    """Write a starter from lists."""
    return write(drafted(folder, **told))
