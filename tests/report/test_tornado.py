"""The tornado table, as it is told."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from simulator.experiment.findings import Spread
from simulator.experiment.statistics import Difference, spread
from simulator.experiment.tornado import Answer, End, Moved, Sensitivity, swing_of
from simulator.experiment.variance import Effect, Parted
from simulator.report.layout import WIDTH
from simulator.report.tornado import NOTHING, markdown, text


def answer(mean):
    """Build an answer that is known to a tenth."""
    return Answer(100, mean, mean - 0.1, mean + 0.1)


BASE = answer(0.5)


def end(value, mean, *, restore=600, sure=True, drawn_back=False):
    """Build an end whose change is sure, or is noise."""
    off = mean - BASE.mean
    reach = abs(off) / 2 if sure else abs(off) * 2
    change = Difference(100, off, off - reach, off + reach)
    return End(value, answer(mean), change, spread([restore], 1), drawn_back)


def row(path, low, high, **parts):
    """Build a row; by default its range is the default one."""
    told = {
        "says": "what it is",
        "value": "0.2",
        "source": "A a guess",
        "declared": False,
        "across": Difference(100, 0.0, -1.0, 1.0),
        "swing": swing_of(BASE, low.answer, high.answer),
        **parts,
    }
    return Moved(path=path, low=low, high=high, **told)


LOUD = row("organisation.approvals.rubber_stamp", end("0.1", 0.6), end("0.3", 0.3))
QUIET = row("misuse.desists", end("0.1", 0.49, sure=False), end("0.2", 0.5))
SLOW = row(
    "organisation.response.restore",
    end("median 2m", 0.5, restore=300),
    end("median 8m", 0.5, restore=900),
)


def told(*rows, **parts):
    """Build what was found."""
    known = {
        "title": "a day",
        "measure": "held",
        "says": "runs stopped, limited or caught",
        "share": True,
        "arm": ("+four-eyes",),
        "difference": False,
        "chosen": (("intent", "slip"),),
        "seed": 1,
        "replications": 100,
        "screening": 20,
        "base": BASE,
        "restore": spread([600], 1),
        "rows": rows,
        "elsewhere": ("targets.vip.audience",),
        "without_effect": ("a.b", "c.d"),
        "fixed": (),
        "joint": None,
        "drawn_back": 0,
        "version": "1",
        **parts,
    }
    return Sensitivity(**known)


ends = st.builds(
    end,
    st.sampled_from(["median 1h 30m", "0.123", "2017-11-02T15:49", "330000000"]),
    st.floats(0, 1),
    sure=st.booleans(),
    drawn_back=st.booleans(),
)
paths = st.lists(
    st.text("abcdefghij-_", min_size=1, max_size=30), min_size=1, max_size=7
).map(".".join)
effects = st.none() | st.builds(Effect, st.floats(0, 2), st.floats(0, 2))


# Laws.


@given(
    st.lists(st.builds(row, paths, ends, ends, effect=effects), max_size=4),
    st.booleans(),
)
def test_every_line_fits_a_terminal(rows, share):
    """Whatever was found, in 80 columns, without blanks at the end."""
    lines = text(told(*rows, share=share)).splitlines()

    assert max(map(len, lines)) <= WIDTH
    assert all(line == line.rstrip() for line in lines)


@given(ends, ends)
def test_a_bar_holds_the_answer_as_it_is_once(low, high):
    """The low end is drawn with minus signs, the high end with plus signs."""
    one = row("a.b", low, high)
    lines = [line for line in text(told(one)).splitlines() if line.startswith("a.b ")]

    assert len(lines) == one.moves
    assert all(line.count("|") == 1 for line in lines)


# Examples.


def test_a_row_has_range_answers_and_bar():
    """Low answers stand left, high ones right, of a bar from lowest to highest."""
    (line,) = [one for one in text(told(LOUD)).splitlines() if "rubber" in one]

    assert line.split() == [
        "approvals.rubber_stamp", "0.1", "-", "0.3", "60", "%", "+++++++++|-----",
        "30", "%",
    ]  # fmt: skip


def test_what_is_noise_is_only_named():
    """It has no bar, and what only brings back sooner is in a table of its own."""
    page = text(told(LOUD, QUIET, SLOW))

    assert "Move the answer by no more than noise: misuse.desists.\n" in page
    assert "response.restore               2m - 8m                 5m     15m" in page
    assert page.count("rubber_stamp") == 1


def test_nothing_may_move_the_answer():
    """Then that is said."""
    assert NOTHING in text(told(QUIET))
    assert NOTHING in markdown(told(QUIET))


@pytest.mark.parametrize(
    ("change", "mark"),
    [({"declared": True}, "* the file declares"), ({}, "< this end makes no sense")],
)
def test_marks_are_explained_where_they_stand(change, mark):
    """And nowhere else."""
    low = evolve(LOUD.low, drawn_back=not change)
    marked = evolve(LOUD, low=low, **change)
    line = next(one for one in text(told(marked)).splitlines() if "rubber" in one)

    assert mark in text(told(marked))
    assert mark not in text(told(LOUD))
    assert mark[0] in line


def test_parameters_and_noise_are_told_apart():
    """In plain words, and what changed nothing is counted."""
    parted = Parted(50, 40, 0.5, 0.24, 0.61, 0.12, 0.48)
    page = " ".join(text(told(LOUD, SLOW, joint=parted, fixed=("x",))).split())

    assert "the answer lies between 24 % and 61 % in 90 % of 50 draws" in page
    assert "Simulation noise: +-10 % at 100 runs" in page
    assert "2 of 5 assumed numbers change nothing in any of 20 runs" in page
    assert "1 more have no default range" in page


def test_the_document_has_intervals_and_sources():
    """Each end with its paired change."""
    page = markdown(told(LOUD))

    assert "0.2 (A a guess) | 0.1 - 0.3, default" in page
    assert "60 % (+10, 5 to 15) | 30 % (-20, -30 to -10) | 30 %" in page


def test_effects_are_told_where_they_were_looked_for():
    """The largest first."""
    lesser = evolve(QUIET, effect=Effect(0.02, 0.1))
    page = text(told(lesser, evolve(LOUD, effect=Effect(0.4, 0.08))))
    below = page[page.index("elementary effects") :]

    assert below.index("rubber_stamp") < below.index("misuse.desists")
    assert "40 %          8 %" in below
    assert "elementary" not in text(told(LOUD))


def test_minutes_are_no_shares():
    """A measure that is no share has no per cent, and may have no answer."""
    minutes = told(LOUD, share=False, measure="outage")
    unknown = evolve(
        minutes, base=Answer(0, None, 0.0, 0.0), restore=Spread(0, 1, None, None, None)
    )

    assert "30 %" not in text(minutes)
    assert ": - in 100 runs" in " ".join(text(unknown).split())
