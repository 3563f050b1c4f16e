"""Following targets: each second of an outage counts once, for the share still out."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from simulator.outcome.effects import follow
from simulator.outcome.harm import count_intended, count_touched
from simulator.outcome.repeats import original, turn
from simulator.scenario.misuse import Attempt, Step
from tests.outcome.trail_builders import back, eased, executed, requested

DOES = {"deactivate": "takes-down", "rename": "alters", "leak": "exposes"}
END = 40


@st.composite
def changes(draw):
    """What happens to two targets: things done, some honest; parts back, all back."""
    found, at = [], 0
    for number in range(draw(st.integers(0, 12))):
        at += draw(st.integers(0, 5))
        if at >= END:
            break
        target = draw(st.sampled_from(["x", "x#1"]))
        kind = draw(st.sampled_from(["done", "done", "eased", "back"]))
        if kind == "back":
            found.append(back(at, target))
        elif kind == "eased":
            found.append(eased(at, draw(st.sampled_from([0.25, 0.5, 1.0])), target))
        else:
            action = draw(st.sampled_from(sorted(DOES)))
            who = draw(st.sampled_from(["misuse", "act"]))
            asked = requested(at, f"{who}-{number}", action=action, target=target)
            found.append(executed(evolve(asked, size=draw(st.integers(1, 9)))))
    return found


def misuse_of(found):
    """Name the requests of the misuse among changes."""
    names = (getattr(change, "request", "") for change in found)
    return {name for name in names if name.startswith("misuse")}


def second_by_second(found, target):
    """Walk through the seconds. Returns those out, and the same weighed."""
    out, weighed, share, waiting = 0, 0.0, 0.0, [c for c in found if c.target == target]
    is_out = False
    for second in range(END):
        while waiting and waiting[0].at <= second:
            change = waiting.pop(0)
            if hasattr(change, "share"):
                share = 1 - change.share
            elif hasattr(change, "undoes"):
                is_out = False
            elif change.request in misuse_of(found) and change.action == "deactivate":
                is_out, share = True, share if is_out else 1.0
        out += is_out
        weighed += share if is_out else 0
    return out, weighed


@given(changes())
def test_an_outage_is_the_seconds_of_it(found):
    """Adding up spans gives what walking through the seconds gives."""
    _, outages = follow(found, misuse_of(found), DOES, END)

    for outage in outages:
        expected = second_by_second(found, outage.target)
        assert (outage.seconds, pytest.approx(outage.weighed_s)) == expected
        assert outage.weighed_s <= outage.seconds


@given(changes())
def test_an_effect_lasts_until_its_target_is_next_brought_back(found):
    """What can end ends with the first restoration after it in the trail."""
    effects, _ = follow(found, misuse_of(found), DOES, END)
    done = [c for c in found if getattr(c, "request", "") in misuse_of(found)]

    assert [effect.request for effect in effects] == [c.request for c in done]
    for effect, change in zip(effects, done, strict=True):
        later = found[found.index(change) :]
        backs = [
            c.at for c in later if hasattr(c, "undoes") and c.target == effect.target
        ]
        ends = effect.does != "exposes" and backs
        assert effect.ended == (backs[0] if ends else None)


STEPS = st.builds(
    lambda target, batch, times, on: Step(
        (Attempt("deactivate", target, batch=batch), Attempt("deactivate", "z")),
        times=times,
        on=on,
    ),
    st.sampled_from(["x", "y"]),
    st.integers(1, 5),
    st.integers(1, 6),
    st.sampled_from(["fresh-targets", "same-target"]),
)


@given(st.lists(STEPS, max_size=4))
def test_a_plan_carried_out_touches_what_it_intends(plan):
    """Where every first try takes effect, as many targets are touched as intended."""
    done = [
        executed(
            requested(
                0,
                f"misuse-{number}.0#{again}",
                size=step.tries[0].batch,
                target=step.tries[0].target
                + (f"#{again}" if again and step.on == "fresh-targets" else ""),
            )
        )
        for number, step in enumerate(plan)
        for again in range(step.times)
    ]
    effects, _ = follow(done, {d.request for d in done}, DOES, END)

    assert count_touched(effects) == count_intended(plan)


@pytest.mark.parametrize(
    ("name", "first", "again"),
    [("misuse-0.1", "misuse-0.1", 0), ("x#12", "x", 12)],
)
def test_a_name_tells_which_time_it_is(name, first, again):
    """The number behind the hash counts the times before."""
    assert (original(name), turn(name)) == (first, again)
