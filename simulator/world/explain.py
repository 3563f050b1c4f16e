"""Sentences for the replay: why each control and alert did or did not bite.

Asked for the misuse only, and of everybody, active or not. What is done many times is
explained in full the first time; later only where something bites for the first time.
"""

from simulator.trail import Explained, Requested, Watched
from simulator.world.world import Deed, World


def explain_controls(
    world: World, deed: Deed, asked: Requested, barred_by: str
) -> None:
    """Write one sentence for every control, when the misuse asks for something.

    Where there was no access nobody was asked, and only a control that ended it speaks.
    """
    request = deed.request
    answered = {label for label, _ in asked.answers} | {barred_by}
    for control in (*world.controls, *world.shadow_controls):
        bit = control.label in answered
        if (barred_by and control.label != barred_by) or _is_told(
            world, deed, control.label, bit
        ):
            continue
        why = control.explain(request, world.knowledge)
        world.write(Explained(request.at, request.id, control.label, bit, why))


def explain_alerts(world: World, deed: Deed, record: Watched) -> None:
    """Write one sentence for every alert that looks at this kind of record."""
    for rule in (*world.rules[record.kind], *world.shadow_rules[record.kind]):
        fires = rule.watch(record, world.knowledge) is not None
        if _is_told(world, deed, rule.label, fires):
            continue
        why = rule.explain(record, world.knowledge)
        world.write(Explained(record.at, record.request, rule.label, fires, why))


def _is_told(world: World, deed: Deed, label: str, bit: bool) -> bool:
    """Whether a sentence would tell nothing new; what bites is known from now on."""
    is_known = (label, deed.step) in world.told
    if bit:
        world.told.add((label, deed.step))
    return deed.turn > 0 and (is_known or not bit)
