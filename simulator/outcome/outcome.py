"""The outcome of one run: a verdict, the harm, the times, and what it cost honest work.

Every metric gives its formula, its unit, its direction and what ``None`` means. All are
computed by `simulator.outcome.measure` from the trail and the scenario alone.
"""

from typing import Literal

from attrs import frozen

Verdict = Literal["stopped", "limited", "caught", "noticed", "missed"]
VERDICTS: tuple[Verdict, ...] = ("stopped", "limited", "caught", "noticed", "missed")
"""Best first."""


@frozen
class Harm:
    """What the misuse did. Lower is better throughout.

    Attributes:
        intended: Targets that the plan wants touched: for each step those of its first
            try, as often as it goes for fresh ones; a fallback may name another in its
            place. Count.
        touched: Targets on which an action of the misuse took effect: for each that is
            named, as many as the largest request touched with it. Count.
        outage_s: Longest time one named target was out of service, up to the horizon;
            until all of it was back. Seconds; None if nothing was taken down.
        audience_min: Sum over named targets taken down of audience times minutes out,
            times the share of the target still out.
        restored: Whether everything touched is back before the horizon; what was read
            or exposed never is.
        outages: (target, seconds) of each named target taken down, sorted by target.
            What overlaps on one target counts once.
        data_loss_s: Largest age of a copy that a touched target came back from: what
            was changed since is gone. Seconds; None if nothing was lost.
    """

    intended: int
    touched: int
    outage_s: int | None
    audience_min: float
    restored: bool
    outages: tuple[tuple[str, int], ...] = ()
    data_loss_s: int | None = None


@frozen
class Residual:
    """Access that a leaver had left after separation, in one way. Lower is better.

    Attributes:
        staff: The leaver; the account itself where nobody owns it on record.
        system: The system it opens.
        way: "account" for the own login, else the credential with its kind, such as
            "api-key deploy".
        seconds: From separation to the end of access; 0 where it had ended by then,
            None if it did not end before the horizon.
    """

    staff: str
    system: str
    way: str
    seconds: int | None


@frozen
class Times:
    """Seconds from T0. Lower is better. None: did not happen before the horizon.

    T0 is the first instant at which an action of the misuse took effect. Where none did
    there is nothing to count from, and all but ``residual`` are None.

    Attributes:
        notice_s: First signal from outside that speaks of the misuse.
        signal_s: First signal from inside that speaks of the misuse; negative if it
            came before the effect.
        detect_s: First confirmation of a signal from inside.
        confirm_s: First confirmation of any signal.
        contain_s: The response ended the access through which it was done; whose
            access that was is what the records say.
        restore_s: The last touched target is back.
        attribute_s: The records named who did it.
        derived_tail_s: From restoration until derived state is whole again.
        statements: Each public statement by its id.
        residual: Access left after separation, for each leaver, system and way in.
            People who separate after the horizon are left out.
        effect_at: T0 itself, in seconds since the scenario's start.
        act_span_s: The last effect of the misuse.
        since_separation_s: From the separation of whoever did it to T0; negative before
            it, None of one who stays.
    """

    notice_s: int | None
    signal_s: int | None
    detect_s: int | None
    confirm_s: int | None
    contain_s: int | None
    restore_s: int | None
    attribute_s: int | None
    derived_tail_s: int | None
    statements: tuple[tuple[str, int | None], ...]
    residual: tuple[Residual, ...]
    effect_at: int | None = None
    act_span_s: int | None = None
    since_separation_s: int | None = None


@frozen
class Friction:
    """What honest work paid. Lower is better, but for what is caught or in time.

    Attributes:
        requests: Honest requests for a privileged action. Count.
        added_s: Seconds added to honest requests that took effect: release minus
            request, summed; the platform's own delay is not in it.
        refused: Honest requests refused, slips not counted. Count.
        slips: Honest requests that hit the wrong target. Count.
        slips_caught: Slips that were refused: a prompt, an approver, the owner or a
            denial caught them. Count.
        approvals: People whose consent was asked for honest requests. Count.
        tickets: Tickets handled. Count.
        queue_wait_s: Seconds tickets waited for a free person, summed.
        alarms: Signals from inside that reached triage. Count.
        false_alarms: Those among them that speak neither of the misuse nor of access
            left behind. Count.
        alarm_wait_s: Seconds signals from inside waited for an analyst, up to the
            horizon, summed.
        analyst_shifts: Rostered analyst time in shifts of eight hours.
        alarms_in_time: Signals from inside that an analyst turned to within the
            scenario's ``caught_within``. Count; higher is better.
    """

    requests: int
    added_s: int
    refused: int
    slips: int
    slips_caught: int
    approvals: int
    tickets: int
    queue_wait_s: int
    alarms: int
    false_alarms: int
    alarm_wait_s: int
    analyst_shifts: float
    alarms_in_time: int = 0


@frozen
class Outcome:
    """One run, judged.

    Attributes:
        verdict: Best of `VERDICTS` that holds; "stopped" also where nobody could try.
        by: The label that did it first; "" if nothing and nobody did. Which one that
            is for each verdict, `simulator.outcome.verdict` says.
        possible: Whether the misuse could be tried at all: somebody qualifies, and one
            of the ways is open.
    """

    verdict: Verdict
    by: str
    possible: bool
    harm: Harm
    times: Times
    friction: Friction
