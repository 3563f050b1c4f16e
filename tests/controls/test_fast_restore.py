"""Which runbook there is, and what it promises."""

import pytest
from attrs import evolve

from simulator.alerts import ProtectedChangeAlert
from simulator.clock import HOUR, MINUTE
from simulator.controls import FastRestore, SoftDelete
from simulator.decisions import ALLOW, Runbook
from simulator.streams import Constant, Triangular
from tests.fakes import FakeView, a_request
from tests.scenes import ORGANISATION, misuse, scene
from tests.verdicts import ends, outcome

AGENT = FakeView()

PLAIN = FastRestore()
ON_CALL = FastRestore(restore=Constant(2 * HOUR), call_out=Constant(15 * MINUTE))
AT_ONCE = FastRestore(restore=Constant(0), call_out=Constant(0))

COLUMNS = ("control", "asked", "runbook", "fact")
ROWS = [
    # Somebody at it needs minutes; a call-out takes what it takes,
    pytest.param(
        PLAIN,
        a_request(),
        Runbook(Triangular(MINUTE, 3 * MINUTE, 10 * MINUTE)),
        "what is kept reversible is back 4 min 40 s on average after somebody is at "
        "it, a call-out takes as long as ever, and what is not kept reversible is not",
        id="agent_deactivates",
    ),
    # or less where somebody is on call.
    pytest.param(
        ON_CALL,
        a_request(action="rename"),
        Runbook(Constant(2 * HOUR), Constant(15 * MINUTE)),
        "is back 2 h on average after somebody is at it, a call-out takes 15 min on",
        id="agent_renames",
    ),
    pytest.param(
        AT_ONCE,
        a_request(),
        Runbook(Constant(0), Constant(0)),
        "is back 0 s on average after somebody is at it, a call-out takes 0 s on",
        id="agent_deactivates_what_is_back_at_once",
    ),
    # After reading there is nothing to bring back.
    pytest.param(
        ON_CALL,
        a_request(action="look-up"),
        Runbook(Constant(2 * HOUR), Constant(15 * MINUTE)),
        "look-up harms no target",
        id="agent_reads",
    ),
]


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_offers(control, asked, runbook, fact):
    """The runbook has the times that were set."""
    assert runbook == control.runbook()


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_decides_nothing(control, asked, runbook, fact):
    """A request is never refused by it, nor is anything kept for it."""
    assert control.decide(asked, AGENT) == ALLOW
    assert control.undo_window_s(asked.action) == 0


@pytest.mark.parametrize(COLUMNS, ROWS)
def test_explains(control, asked, runbook, fact):
    """The sentence names the times, and what they do not help."""
    assert fact in control.explain(asked, AGENT)


def test_says_that_it_changes_nothing():
    """The sentence says that the request itself is left as it is."""
    said = PLAIN.explain(a_request(tier="protected"), AGENT)

    assert said.startswith("changes nothing about the request")


NOTICED = ProtectedChangeAlert(ingest=Constant(0))
KEPT = SoftDelete()
REHEARSED = FastRestore(restore=Constant(30), call_out=Constant(0))


def taken_down(at=HOUR, **response):
    """Build a scene in which an undo takes an hour, once a minute of triage is over."""
    slow = {"triage": Constant(MINUTE), "restore": Constant(HOUR)}
    return scene(
        misuse=misuse(at=at),
        response=evolve(ORGANISATION.response, **{**slow, **response}),
    )


@pytest.mark.parametrize(
    ("scenario", "outage_s"),
    [
        pytest.param(taken_down(), HOUR + MINUTE, id="somebody_is_there"),
        # In the evening somebody is called out, which takes a quarter of an hour.
        pytest.param(
            taken_down(at=9 * HOUR, restore_role="agent"),
            HOUR + 16 * MINUTE,
            id="somebody_is_called_out",
        ),
    ],
)
def test_alone_changes_the_outcome(scenario, outage_s):
    """What is noticed and kept reversible is back within the tolerable outage.

    It needs both: an alert that is answered, and an effect that can be undone.
    """
    assert ends(scenario, NOTICED, KEPT) == ("caught", NOTICED.id)
    assert outcome(scenario, NOTICED, KEPT).harm.outage_s == outage_s
    assert ends(scenario, NOTICED, KEPT, REHEARSED) == ("limited", NOTICED.id)
    assert outcome(scenario, NOTICED, KEPT, REHEARSED).harm.outage_s == MINUTE + 30


@pytest.mark.parametrize(
    ("scenario", "others", "verdict", "outage_s"),
    [
        # The act is not hindered,
        pytest.param(taken_down(), (KEPT,), "missed", 11 * HOUR, id="act"),
        # nor noticed or believed any sooner,
        pytest.param(
            taken_down(),
            (KEPT, evolve(NOTICED, ingest=Constant(HOUR))),
            "noticed",
            HOUR + MINUTE + 30,
            id="time_until_it_is_noticed",
        ),
        pytest.param(
            taken_down(confirms=0.0),
            (KEPT, NOTICED),
            "missed",
            11 * HOUR,
            id="signal_that_is_not_believed",
        ),
        # and what is gone is gone.
        pytest.param(
            taken_down(),
            (NOTICED,),
            "caught",
            2 * HOUR + MINUTE,
            id="effect_that_is_not_kept_reversible",
        ),
        pytest.param(
            taken_down(),
            (NOTICED, SoftDelete(undo_window=MINUTE)),
            "caught",
            2 * HOUR + MINUTE,
            id="effect_that_is_reversible_no_more",
        ),
    ],
)
def test_what_it_does_not_stop_goes_through(scenario, others, verdict, outage_s):
    """It changes no verdict here, and shortens nothing but the undoing."""
    without = outcome(scenario, *others)
    rehearsed = outcome(scenario, *others, REHEARSED)

    assert without.verdict == rehearsed.verdict == verdict
    assert rehearsed.harm.outage_s == outage_s
