"""The picture of the replay."""

import itertools
from xml.etree import ElementTree

import pytest

from simulator.clock import DAY, HOUR, MINUTE
from simulator.report import timeline
from simulator.report.timeline import OUT, TAIL, Axis, Mark, place
from simulator.trail import Refused, Restored, Truth
from tests.report.builders import (
    SEVERAL_TRIES,
    T0,
    executed,
    replay,
    requested,
    truth,
)

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("records", [(), SEVERAL_TRIES, (requested(), truth())])
def test_it_is_well_formed_and_tells_itself(records):
    """The picture is XML with a title, a description, and no script."""
    picture = ElementTree.fromstring(timeline(replay(*records)))

    assert picture.findtext(f"{SVG}title") == "The last day of a support contractor"
    assert "15:49:00" in picture.findtext(f"{SVG}desc")
    assert None is picture.find(f".//{SVG}script")


def test_it_stands_alone():
    """Nothing is fetched from anywhere else."""
    text = timeline(replay()).replace("http://www.w3.org/2000/svg", "")

    assert "http" not in text
    assert "url(" not in text


def test_everything_lies_inside_the_picture():
    """No dot and no bar reaches beyond 800 pixels."""
    picture = ElementTree.fromstring(timeline(replay()))
    dots = [float(c.get("cx")) for c in picture.iter(f"{SVG}circle")]

    assert min(dots) > 0
    assert max(dots) < 800


def test_the_same_replay_gives_the_same_bytes():
    """Drawing twice gives one text."""
    assert timeline(replay()) == timeline(replay())


def test_seconds_and_hours_are_both_readable():
    """The axis keeps order and gives a minute and ten hours room alike."""
    axis = Axis(-HOUR, DAY)
    places = [axis.x(s) for s in (-HOUR, -MINUTE, 0, MINUTE, HOUR, 10 * HOUR)]

    assert sorted(places) == places
    assert min(b - a for a, b in itertools.pairwise(places)) > 25


def test_ticks_keep_their_distance():
    """Labels of the axis never touch, and T0 is always among them."""
    axis = Axis(-7 * DAY, 30 * DAY)
    ticks = axis.ticks()
    places = [axis.x(tick) for tick in ticks]

    assert 0 in ticks
    assert min(b - a for a, b in itertools.pairwise(places)) >= 48


def test_words_never_cover_each_other():
    """Marks that are close in time are put in rows below each other."""
    marks = place([(n, "some words") for n in range(5)], Axis(-60, HOUR))

    assert [mark.row for mark in marks] == [0, 1, 2, 3, 4]


def test_words_at_the_right_edge_turn_left():
    """A mark with no room to its right has its words on its left."""
    (mark,) = place([(HOUR, "a few words more")], Axis(-60, HOUR))

    assert mark.leftwards
    assert mark.extent[1] < 800
    assert isinstance(mark, Mark)


def test_a_run_in_which_nothing_happens_can_be_drawn():
    """Where nobody could try, the picture is still whole."""
    impossible = (
        Truth(0, "misuse-0.0", "nobody", "misuse", "gesture", ""),
        Refused(0, "misuse-0.0", "nobody", "not-possible", ()),
    )

    assert ElementTree.fromstring(timeline(replay(*impossible))) is not None


def test_many_targets_make_few_bars():
    """Targets that are out together share a bar, inside the picture."""
    done = [
        record
        for turn in range(500)
        for name in [f"#{turn}" if turn else ""]
        for record in (
            requested(T0 + turn, f"r1{name}", target=f"x{name}"),
            truth(T0 + turn, f"r1{name}"),
            executed(T0 + turn, f"r1{name}", target=f"x{name}"),
            Restored(T0 + HOUR + turn, f"x{name}", f"r1{name}", "desk-3"),
        )
    ]
    picture = ElementTree.fromstring(timeline(replay(*done)))
    bars = [r for r in picture.iter(f"{SVG}rect") if r.get("fill") in (OUT, TAIL)]

    assert len(bars) == 1
    assert float(bars[0].get("x")) + float(bars[0].get("width")) <= 800
