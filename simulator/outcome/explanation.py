"""Why each control and alert did or did not bite: the one sentence that decided.

Everybody asked gives a sentence at each try of the misuse, and those who watch effects
one more at each effect. Most matters what was said where harm came about; where none
did, what was said by the one who bit.
"""

from collections.abc import Mapping

from simulator.trail import Executed, Explained, Trail, Truth


def decisive(trail: Trail) -> Mapping[str, Explained]:
    """Return one explanation for each label that gave any.

    That is the last about the first request of the misuse that took effect; if nothing
    took effect, or nothing was said of it, the first that bit; else the first.
    """
    harmful = {t.request for t in trail.of(Truth) if t.purpose == "misuse"}
    effects = (e.request for e in trail.of(Executed) if e.request in harmful)
    effect = next(effects, None)
    chosen: dict[str, Explained] = {}
    for explained in trail.of(Explained):
        known = chosen.setdefault(explained.label, explained)
        if explained.request == effect or (
            explained.bit and not known.bit and known.request != effect
        ):
            chosen[explained.label] = explained
    return chosen
