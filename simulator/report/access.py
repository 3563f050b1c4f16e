"""Access of leavers, told: what was left behind, what ended, and what was found."""

from simulator.report.scene import Scene, access_words, group
from simulator.report.told import Told
from simulator.report.words import listing
from simulator.trail import AccessEnded, Alerted, LeftBehind


def tell_left(record: LeftBehind, scene: Scene) -> Told | None:
    """Tell what still works at separation, once for all systems together."""
    systems = scene.systems[group(record)]
    if record.system != systems[0]:
        return None
    text = _still_works(record, scene, listing(systems))
    what = access_words(record.what)
    return Told.of(record.at, "access", text, f"{what} still works")


def tell_ended(record: AccessEnded, scene: Scene) -> Told | None:
    """Tell that access ended, once for all systems together."""
    systems = scene.systems[group(record)]
    if record.system != systems[0]:
        return None
    where, brief = listing(systems), access_words(record.what)
    text = f"{_ended(record, scene, where)} ({record.by})"
    return Told.of(record.at, "access", text, f"{where} {brief} ended")


def tell_finding(record: Alerted, scene: Scene) -> Told:
    """Tell that an alert found access that somebody left behind."""
    left = scene.findings[record.alarm]
    found = _still_works(left, scene, left.system)
    text = f"the alert {record.label} finds that {found}"
    return Told.of(record.at, "inside", text, record.label)


def _ended(record: AccessEnded, scene: Scene, where: str) -> str:
    who = scene.who(record.staff)
    if record.credential not in ("", record.staff):
        what = scene.credential(record.credential)
        return f"{who} can no longer use {what} on {where}"
    if record.credential:
        return f"{who} on {where} is ended"
    what = "account" if record.what == "account" else "open session"
    return f"the {what} of {who} on {where} is ended"


def _still_works(left: LeftBehind, scene: Scene, where: str) -> str:
    who = scene.who(left.staff)
    if left.credential not in ("", left.staff):
        return f"{who} still has {scene.credential(left.credential)}, for {where}"
    if left.credential:
        return f"{who}, which nobody owns on record, opens {where}"
    if left.what == "sessions":
        return f"a session of {who} on {where} is still open"
    return f"the account of {who} on {where} still works"
