"""A trail told as a story."""

import pytest

from simulator.clock import MINUTE
from simulator.report.scene import Scene
from simulator.report.story import story
from simulator.trail import Alerted, Refused, Restored, Trail, Truth
from tests.report.builders import (
    LEAVER,
    SEVERAL_TRIES,
    T0,
    closed,
    executed,
    opened,
    replay,
    requested,
    scenario,
    trail,
    truth,
)


def told(*records):
    """Return the sentences of a story, in order."""
    return [event.text for event in replay(*records).story.events]


def one(*records):
    """Return the whole story as one text."""
    return " ".join(told(*records))


def test_events_come_in_order_of_time():
    """Every event of the story is at or after the one before it."""
    times = [event.at for event in replay().story.events]

    assert sorted(times) == times


def test_the_request_says_who_asks_what_and_when():
    """A request names person, system, action, target, tier and ticket."""
    text = one(requested(), truth())

    assert (
        "The departing contractor, 1 h 1 min before the last shift ends, asks console "
        "to deactivate the account head-of-state (tier protected), citing no ticket."
    ) in text


def test_whose_access_was_used_is_told_apart_from_who_sat_there():
    """A colleague's session and a mistaken target are told as the truth about them."""
    text = one(*SEVERAL_TRIES)

    assert "The access used is that of desk-3." in text
    assert "What was meant is the account look-alike." in text


def test_a_later_try_is_counted():
    """The second try of a step says that it is one."""
    assert "Try 2: the departing contractor" in one(*SEVERAL_TRIES)


def test_the_delay_from_click_to_effect_is_told():
    """An effect long after its request says how long."""
    text = one(requested(), truth(), executed(T0 + 7200))

    assert "deactivate takes effect, 2 h after the request" in text.casefold()


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("denied", "It is refused (four-eyes)."),
        ("slip-caught", "At the prompt the slip is noticed"),
        ("lapsed", "Nobody approves in time, so it lapses (four-eyes)."),
        ("cancelled", "it is cancelled (four-eyes)."),
        ("contained", "the response has ended the access"),
        ("desisted", "the person gives it up (four-eyes)."),
        ("factor-missing", "the prompt asks for what only its owner has"),
    ],
)
def test_every_refusal_has_its_sentence(why, said):
    """A request that ends without effect says why and by whom."""
    refused = Refused(T0 + 60, "r1", LEAVER, why, ("four-eyes",))

    assert said.casefold() in one(requested(), truth(), refused).casefold()


def test_no_control_is_quoted_where_access_was_gone():
    """A request barred for lack of access does not say what controls asked."""
    barred = Refused(T0, "r1", LEAVER, "no-access", ("disable-account",))
    text = one(requested(), truth(), barred)

    assert "Nothing in force" not in text
    assert "There is no access any more, so it fails (disable-account)." in text


def test_a_misuse_that_nobody_can_do_is_told_as_that():
    """Where nobody qualifies the story is one sentence."""
    impossible = (
        Truth(0, "misuse-0.0", "nobody", "misuse", "gesture", ""),
        Refused(0, "misuse-0.0", "nobody", "not-possible", ("requirement",)),
    )

    assert told(*impossible) == [
        "Nobody here is in a position to try it (requirement)."
    ]


def test_only_the_first_word_from_outside_is_told():
    """Later reports are counted, not told."""
    found = replay().story

    assert sum(event.lane == "outside" for event in found.events) == 1
    assert "1 further report from outside followed." in found.meanwhile


def test_every_alert_is_told_once():
    """A second signal of one alert is counted, another alert's is told."""
    signals = [
        Alerted(T0 + n, f"a{n}", label, "inside", "r1", None, "head-of-state")
        for n, label in enumerate(("burst", "burst", "volume"))
    ]
    found = replay(requested(), truth(), executed(), *signals).story

    assert sum(event.lane == "inside" for event in found.events) == 2
    assert "1 further signal from inside followed." in found.meanwhile


def test_triage_is_told_until_the_first_confirmation():
    """What analysts do after the misuse is confirmed is left out."""
    texts = told()

    assert sum("takes up" in text for text in texts) == 1
    assert any("user-report after a wait of 2 min and confirms it" in t for t in texts)


def test_the_end_of_access_is_told_with_what_ended_it():
    """The account's end and the last shift's end both belong to the story."""
    text = one()

    assert "on console is ended (disable-account)." in text
    assert "The last shift of the departing contractor ends." in text


def test_restoration_says_how_long_it_took():
    """A target that comes back was out for a stated time."""
    assert "it was out for 10 min 40 s." in one()


def test_somebody_called_out_is_not_an_operator_on_shift():
    """A restorer who was called out is told as such."""
    back = Restored(T0 + 900, "head-of-state", "r1", "site-operator-called-out")

    assert "A site-operator, called out, brings back" in one(
        requested(), truth(), executed(), back
    )


def test_honest_work_is_counted_not_told():
    """Honest requests and false alarms appear as counts only."""
    found = replay().story
    text = " ".join(found.meanwhile)

    assert not any("honest" in event.text for event in found.events)
    assert "50 tickets arrived, 48 done" in text
    assert "1 privileged action: 1 took effect" in text
    assert "1 alarm spoke of something else" in text


def test_what_still_waits_at_the_end_is_told():
    """A request of the misuse that is pending at the horizon is mentioned."""
    records = Trail((opened(), requested(), truth(), closed("r1")))
    text = " ".join(story(Scene(scenario(), records)).meanwhile)

    assert "1 request of the misuse still waited at the end." in text


def test_distances_count_from_the_first_request_where_nothing_took_effect():
    """Without an effect the story is anchored to the first request."""
    asked = Scene(scenario(), trail(requested(T0 + MINUTE), truth(T0 + MINUTE)))

    assert None is asked.zero
    assert asked.anchor == T0 + MINUTE
