"""Seconds and memory to start from large lists, measured from outside.

    python -m tests.benchmarks.hr_lists [--rows N]

Writes a staff list and a leaver log with the flaws of real exports to a folder of its
own, and runs `lastday new organisation` on them. Target: 100,000 staff rows in at most
10 s and 1 GiB. Processor seconds are told too, for a machine that has other work.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random

TARGET_S, TARGET_MIB = 10, 1024
TODAY = date(2024, 6, 5)
TEAMS = [f"Desk {n}" for n in range(60)]
ROLES = ["Support Agent", "Team Lead", "Administrator", "Buchhalter/in", "Moderator"]
EMPLOYMENTS = ["Employee", "FULL-TIME", "contractor", "Freelancer", "Vendor"]
ZONES = ["Europe/Berlin", "Europe/Dublin", "Asia/Manila", ""]
FORMS = ["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d-%b-%y"]


def staff(rows, draw):
    """Yield the rows of a staff list."""
    yield "Personalnummer;Name;Abteilung;Job Title;Vertragsart;Eintritt;Austritt;TZ;;"
    for number in range(rows):
        start = TODAY - timedelta(draw.randrange(30, 4_000))
        last = start + timedelta(draw.randrange(20, 4_000))
        cells = (
            f"E{number:06d}",
            f'"Doe, Jane {number}"',
            draw.choice(TEAMS),
            draw.choice(ROLES),
            draw.choice(EMPLOYMENTS),
            start.strftime(draw.choice(FORMS)),
            last.strftime(draw.choice(FORMS)) if draw.random() < 0.2 else "",
            draw.choice(ZONES),
            "",
            "",
        )
        yield ";".join(cells)
        if draw.random() < 0.01:
            yield draw.choice([";;;;;;;;;", f"E{number:06d};again", "Total: 12"])


def leavers(rows, draw):
    """Yield the rows of a leaver log, three systems for each of a tenth of the rows."""
    yield "id,system,removed at,last day"
    for number in range(rows // 10):
        last = TODAY - timedelta(draw.randrange(1, 1_000))
        for system in ("Okta", "VPN", "Admin Console"):
            late = timedelta(seconds=draw.lognormvariate(11, 1.5))
            at = (
                TODAY.strftime("%Y-%m-%d 12:00")
                if late.days > 300
                else (last + timedelta(1 + late.days)).strftime("%Y-%m-%d 09:30")
            )
            removed = at if draw.random() < 0.9 and at < TODAY.isoformat() else ""
            yield f"E{number:06d},{system},{removed},{last.isoformat()}"


def measured(words):
    """Return seconds, processor seconds and peak MiB of one command."""
    began = time.perf_counter()
    running = subprocess.Popen(
        [sys.executable, "-m", "simulator", "new", "organisation", *words],
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise SystemExit(f"{' '.join(words)}: exit code {running.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return time.perf_counter() - began, used.ru_utime, used.ru_maxrss * unit / 2**20


def main():
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind, write, encoding in (
            ("staff", staff, "cp1252"),
            ("leavers", leavers, "utf-8-sig"),
        ):
            text = "\r\n".join(write(rows, Random(kind)))
            (folder / f"{kind}.csv").write_bytes(text.encode(encoding))
        lists = {kind: f"{folder}/{kind}.csv" for kind in ("staff", "leavers")}
        for kinds in (("staff",), ("staff", "leavers")):
            words = [word for kind in kinds for word in (f"--{kind}", lists[kind])]
            output = f"{folder}/{'-'.join(kinds)}.yaml"
            took, worked, peak = measured([*words, "--output", output])
            print(
                f"{rows:,} rows, {' and '.join(kinds):18} {took:6.1f} s"
                f" ({worked:.1f} s of one processor; target {TARGET_S} s)"
                f" {peak:6.0f} MiB (target {TARGET_MIB} MiB)"
            )


if __name__ == "__main__":
    main()
