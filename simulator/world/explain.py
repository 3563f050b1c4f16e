"""Sentences for the replay: why each control and alert did or did not bite.

Asked for the misuse only, and of everybody, active or not.
"""

from simulator.decisions import Request
from simulator.trail import Executed, Explained, Requested
from simulator.world.world import World


def explain_controls(
    world: World, asked: Requested, request: Request, barred_by: str
) -> None:
    """Write one sentence for every control, when the misuse asks for something.

    Where there was no access nobody was asked, and only a control that ended it speaks.
    """
    bit = {label for label, _ in asked.answers} | {barred_by}
    for control in (*world.controls, *world.shadow_controls):
        if barred_by and control.label != barred_by:
            continue
        why = control.explain(request, world.knowledge)
        world.write(
            Explained(request.at, request.id, control.label, control.label in bit, why)
        )


def explain_alerts(world: World, record: Requested | Executed) -> None:
    """Write one sentence for every alert that looks at this kind of record."""
    for rule in (*world.rules[record.kind], *world.shadow_rules[record.kind]):
        fires = rule.watch(record, world.knowledge) is not None
        why = rule.explain(record, world.knowledge)
        world.write(Explained(record.at, record.request, rule.label, fires, why))
