"""A trail told as a story."""

import pytest

from simulator.clock import HOUR, MINUTE
from simulator.decisions import DENY
from simulator.report.scene import Scene
from simulator.report.story import story
from simulator.trail import (
    AccessEnded,
    Alerted,
    Contained,
    Eased,
    LeftBehind,
    Recovered,
    Refused,
    Restored,
    Trail,
    Triaged,
    Truth,
)
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


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"size": 1_000}, "deactivate the account head-of-state and 999 more (tier"),
        ({"credential": "deploy"}, "citing no ticket, with the API key deploy."),
        ({"device": "unknown"}, "citing no ticket, from an unknown device."),
        (
            {"device": "unknown", "place": "elsewhere", "emergency": True},
            "from an unknown device and an unusual place, declaring an emergency.",
        ),
    ],
)
def test_how_it_is_asked_is_told(changed, said):
    """Size, credential, device, place and emergency of a request are told."""
    assert said in one(requested(**changed), truth())


def test_a_login_of_its_own_is_named_by_its_kind():
    """Whose access was used may be a secret that goes by its own name."""
    text = one(requested(staff="night-login", credential="night-login"), truth())

    assert "The access used is that of the shared secret night-login." in text
    assert "with the shared secret" not in text


@pytest.mark.parametrize(
    ("action", "size", "said"),
    [
        ("deactivate", 1, "the account head-of-state is out of service."),
        ("deactivate", 9, "the account head-of-state and 8 more are out of service."),
        ("rename", 1, "the account head-of-state is altered."),
        ("look-up", 1, "the account head-of-state has been read."),
        ("look-up", 2, "the account head-of-state and 1 more have been read."),
        ("leak", 1, "the account head-of-state is exposed."),
    ],
)
def test_every_effect_has_its_sentence(action, size, said):
    """What an effect makes of its targets is told."""
    text = one(requested(), truth(), executed(action=action, size=size))

    assert said in text


BULK = [
    record
    for turn in range(150)
    for name, at in [(f"#{turn}" if turn else "", T0 + 50 * turn)]
    for record in (
        requested(at, f"r1{name}", target=f"head-of-state{name}"),
        truth(at, f"r1{name}", meant=f"head-of-state{name}"),
        executed(at, f"r1{name}", target=f"head-of-state{name}"),
    )
]
RETURNS = [
    record
    for turn, name in enumerate(["", *(f"#{turn}" for turn in range(1, 150))])
    for record in (
        Restored(T0 + 3 * HOUR + turn, f"head-of-state{name}", f"r1{name}", "desk-3"),
        Recovered(T0 + 4 * HOUR, f"head-of-state{name}"),
    )
]


def test_a_bulk_step_is_told_once_and_summed_up():
    """The first time is told in full, the others are counted."""
    asked, done, _, back, whole = told(*BULK, *RETURNS)[1:6]

    assert asked.endswith("And 149 more in the next 2 h 4 min.")
    assert done.endswith("is out of service. And 149 more in the next 2 h 4 min.")
    assert back.endswith("it was out for 3 h. And 149 more in the next 2 min 29 s.")
    assert whole.endswith("And 149 more in the same second.")


def test_what_comes_out_differently_is_told_again():
    """The first request that a limit refuses is told, with the time it is."""
    limit = [
        requested(T0 + 9_000, "r1#150", ("soft-delete", DENY)),
        truth(T0 + 9_000, "r1#150"),
        Refused(T0 + 9_000, "r1#150", LEAVER, "denied", ("soft-delete",)),
        requested(T0 + 9_100, "r1#151", ("soft-delete", DENY)),
        truth(T0 + 9_100, "r1#151"),
        Refused(T0 + 9_100, "r1#151", LEAVER, "denied", ("soft-delete",)),
    ]
    text = one(*BULK, *limit)

    assert "Time 151: the departing contractor" in text
    assert "It is refused (soft-delete). And 1 more in the next 1 min 40 s." in text


def test_a_bulk_story_stays_short():
    """A reader of a bulk misuse reads no more than of a single act."""
    assert len(told(*BULK, *RETURNS)) <= len(told()) + 2


def left(system="console", what="account", credential="", staff=LEAVER, at=T0):
    """Access left behind, by default by the leaver."""
    name = f"left-{staff}-{system}-{credential}"
    return LeftBehind(at, name, staff, system, what, credential)


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ([left()], "The account of the departing contractor on console still works."),
        (
            [left(), left("vpn")],
            "The account of the departing contractor on console and vpn still works.",
        ),
        (
            [left(what="api-key", credential="deploy")],
            "The departing contractor still has the API key deploy, for console.",
        ),
        (
            [left(what="sessions")],
            "A session of the departing contractor on console is still open.",
        ),
    ],
)
def test_what_is_left_behind_is_told(records, said):
    """What of the actor's access still works at separation is told once."""
    texts = told(requested(), truth(), *records)

    assert texts.count(said) == 1
    assert sum("still" in text for text in texts) == 1


def test_what_others_leave_behind_is_not_part_of_the_story():
    """Access of people who have nothing to do with it is left out."""
    texts = told(requested(), truth(), left(staff="desk-2"))

    assert not any("still" in text for text in texts)


def test_the_end_of_a_credential_is_told():
    """A key that is changed, and a login that is found, end in plain words."""
    ends = [
        AccessEnded(T0, LEAVER, "console", "api-key", "rotation", "deploy"),
        AccessEnded(
            T0, "old-admin", "console", "shadow-account", "review", "old-admin"
        ),
    ]
    text = one(requested(staff="old-admin"), truth(), *ends)

    assert (
        "The departing contractor can no longer use the API key deploy on console "
        "(rotation)."
    ) in text
    assert "The shadow account old-admin on console is ended (review)." in text


def test_a_finding_is_told_with_what_it_led_to():
    """An alert that finds what the actor left behind, its triage and the end."""
    finding = Alerted(T0 + 9, "a7", "scan", "inside", left().request, LEAVER, None)
    other = Alerted(T0 + 9, "a8", "scan", "inside", "left-desk-2-console-", None, None)
    found = replay(
        requested(),
        truth(),
        left(),
        left(staff="desk-2"),
        finding,
        other,
        Triaged(T0 + 90, "a7", "desk-1", T0 + 30, True),
        Contained(T0 + 120, LEAVER, "a7", 24 * HOUR),
    ).story
    text = " ".join(event.text for event in found.events)

    assert (
        "The alert scan finds that the account of the departing contractor on console "
        "still works."
    ) in text
    assert "takes up scan after a wait of 21 s and confirms it." in text
    assert "All access of the departing contractor is ended." in text
    assert "1 alarm was about access that others had left behind." in found.meanwhile
    assert not any("something else" in line for line in found.meanwhile)


def test_a_target_comes_back_in_parts_and_with_losses():
    """What works ahead of the rest is told, and what the copy did not hold."""
    records = (
        Eased(T0 + 60, "head-of-state", 0.25),
        Restored(T0 + 640, "head-of-state", "r1", "desk-3", 7_800),
    )
    text = one(requested(), truth(), executed(), *records)

    assert "25 % of the account head-of-state works again." in text
    assert "it was out for 10 min 40 s, and 2 h 10 min of data is lost." in text
