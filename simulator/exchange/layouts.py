"""The lists of an organisation: their fields, and the headings they go by.

Headings of names, addresses or pay are in no layout, so such columns are never read.
"""

import re
from collections.abc import Mapping

from simulator.exchange.tables import Layout


def _listed(headings: str) -> tuple[str, ...]:
    return tuple(" ".join(heading.split()) for heading in headings.split(","))


_ID = _listed("""
    employee id, employee number, employee no, emp id, emp no, empid, staff id,
    staff number, staff no, person id, person number, personnel number, personnel no,
    worker id, payroll number, user id, personalnummer, personal nr, pers nr,
    mitarbeiternummer, matricule, leaver id, leaver, id, employee, user, login, number
""")
_TEAM = _listed("""
    team, team name, department, department name, dept, org unit, organisational unit,
    organizational unit, unit, business unit, desk, group, cost centre, cost center,
    division, abteilung, équipe
""")
_EMPLOYMENT = _listed("""
    employment, employment type, type of employment, contract type, type of contract,
    worker type, employee type, staff type, category, worker category,
    employee category, contract, vertragsart, beschäftigungsart, type de contrat
""")
_LAST_DAY = _listed("""
    last day, last working day, last day of work, last day worked, termination date,
    separation date, leaving date, date of leaving, exit date, end date, contract end,
    contract end date, end of employment, date left, left on, left, termination,
    austrittsdatum, austritt, letzter arbeitstag, date de sortie
""")
_ZONE = _listed("time zone, timezone, tz, iana time zone, zone, zeitzone")

STAFF = Layout(
    "staff",
    {
        "id": _ID,
        "team": _TEAM,
        "role": _listed("""
            role, job role, job title, position, job, job function, function, job name,
            position title, title, funktion, stelle, poste
        """),
        "employment": _EMPLOYMENT,
        "start": _listed("""
            start, start date, hire date, hired, hired on, date of hire, date hired,
            join date, joined, date joined, joining date, entry date, employment start,
            contract start, contract start date, eintrittsdatum, eintritt, date d entrée
        """),
        "last_day": _LAST_DAY,
        "notice": _listed("""
            notice, notice date, date of notice, notice given, resignation date,
            resigned on, kündigungsdatum
        """),
        "zone": _ZONE,
    },
    dates=("start", "last_day", "notice"),
    needs=(("id",), ("team", "role", "employment")),
)
ROSTER = Layout(
    "roster",
    {
        "id": _ID,
        "team": _TEAM,
        "shift": _listed("shift, shift name, shift id, pattern, schicht"),
        "days": _listed("""
            days, weekdays, days of week, days of the week, work days, working days,
            wochentage, tage
        """),
        "date": _listed("date, shift date, work date, day, datum, tag"),
        "starts": _listed("""
            starts, start, start time, shift start, from, begins, begin, starts at,
            start at, beginn, von
        """),
        "ends": _listed("""
            ends, end, end time, shift end, to, until, finish, ends at, end at, ende,
            bis
        """),
        "hours": _listed("hours, working hours, shift hours, times, arbeitszeit"),
        "zone": _ZONE,
    },
    dates=("date", "starts", "ends"),
    needs=(("id", "team"), ("starts", "hours")),
)
LEAVERS = Layout(
    "leavers",
    {
        "id": _ID,
        "system": _listed("""
            system, system name, application, app, resource, access, target system,
            tool, platform, account, account type
        """),
        "removed": _listed("""
            removed at, removed, removal, removal time, removal date, removed on,
            access removed, access removed at, date removed, revoked, revoked at,
            revocation, revocation time, revoked on, disabled, disabled at,
            disabled on, deprovisioned, deprovisioned at, deprovisioned on,
            deactivated, deactivated at, closed, closed at, closed on, access revoked,
            access disabled, gesperrt, gesperrt am, entzogen am
        """),
        "last_day": _LAST_DAY,
        "employment": _EMPLOYMENT,
        "zone": _ZONE,
    },
    dates=("removed", "last_day"),
    needs=(("id",), ("removed",)),
    wide=re.compile(
        r"(?!access |account )(.+?) (?:access |account )?"
        r"(?:removed|revoked|disabled|deprovisioned|deactivated|closed|removal)"
        r"(?: at| on| date| time)?"
    ),
)
LAYOUTS: Mapping[str, Layout] = {
    layout.kind: layout for layout in (STAFF, ROSTER, LEAVERS)
}
"""By the name of the list."""
