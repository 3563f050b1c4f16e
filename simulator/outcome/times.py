"""When each thing happened, counted from the first effect of the misuse."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from simulator.outcome.ledger import Ledger
from simulator.outcome.outcome import Times
from simulator.outcome.residual import residual_access
from simulator.scenario.scenario import Scenario


def measure_times(ledger: Ledger, scenario: Scenario) -> Times:
    """Measure the times of one run."""
    t0 = ledger.t0

    def since(instants: Iterable[int]) -> int | None:
        """Return the first instant as seconds from T0."""
        first = None if t0 is None else min(instants, default=None)
        return None if first is None or t0 is None else first - t0

    signals, confirmed = ledger.signals, ledger.confirmations
    back = _all_back_at(ledger)
    return Times(
        effect_at=t0,
        notice_s=since(s.at for s in signals if s.origin == "outside"),
        signal_s=since(s.at for s in signals if s.origin == "inside"),
        detect_s=since(c.at for c in confirmed if c.signal.origin == "inside"),
        confirm_s=since(c.at for c in confirmed),
        contain_s=since(_contained_at(ledger)),
        restore_s=since(() if back is None else (back,)),
        attribute_s=since(
            a.at for a in ledger.attributed if a.request in ledger.misuse
        ),
        derived_tail_s=_derived_tail_s(ledger),
        statements=tuple(
            (s.id, since(said.at for said in ledger.stated if said.statement == s.id))
            for s in scenario.organisation.response.statements
        ),
        residual=tuple(residual_access(ledger, scenario)),
        act_span_s=since(_last(e.began for e in ledger.effects)),
        since_separation_s=_since_separation_s(ledger, scenario),
    )


def _last(instants: Iterable[int]) -> Iterable[int]:
    """Yield the last of some instants, if there are any."""
    last = max(instants, default=None)
    return () if last is None else (last,)


def _since_separation_s(ledger: Ledger, scenario: Scenario) -> int | None:
    """Return how long after the actor's own separation the first effect came."""
    if not ledger.effects:
        return None
    actor = ledger.misuse[ledger.effects[0].request].actor
    separations = (
        person.leaving.separation
        for person in scenario.organisation.staff
        if person.id == actor and person.leaving is not None
    )
    separation = next(separations, None)
    return None if separation is None else ledger.effects[0].began - separation


def _all_back_at(ledger: Ledger) -> int | None:
    """Return when the last touched target came back; None unless all did."""
    ends = [effect.ended for effect in ledger.effects]
    back = [end for end in ends if end is not None]
    return max(back) if back and len(back) == len(ends) else None


def _contained_at(ledger: Ledger) -> Iterable[int]:
    used = {ledger.requested[effect.request].staff for effect in ledger.effects}
    return (c.at for c in ledger.contained if c.staff in used)


def _derived_tail_s(ledger: Ledger) -> int | None:
    """Return the longest time from a target's return until its state was whole.

    None where it stayed incomplete for a target that came back, or none did.
    """
    whole: defaultdict[str, list[int]] = defaultdict(list)
    for recovered in ledger.recovered:
        whole[recovered.target].append(recovered.at)
    longest = None
    for effect in ledger.effects:
        if effect.ended is None:
            continue
        instants = whole[effect.target]
        first = bisect_left(instants, effect.ended)
        if first == len(instants):
            return None
        longest = max(longest or 0, instants[first] - effect.ended)
    return longest
