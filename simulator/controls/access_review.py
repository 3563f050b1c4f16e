"""Access review: owners confirm from time to time who may still come in."""

from typing import Literal

from attrs import frozen

from simulator.clock import DAY, HOUR, Seconds, format_duration
from simulator.controls._reasons import account_end, not_yet_gone, unreached
from simulator.decisions import ExitOrder, Request
from simulator.scenario.fields import Share, field
from simulator.shelf import BaseControl, references
from simulator.streams import Distribution, Triangular
from simulator.view import View

Reviewed = Literal["account", "api-key", "shadow-account"]


@frozen(kw_only=True)
class AccessReview(BaseControl):
    """End what people who are gone still have, at one of the reviews that follow.

    What is overlooked at one may be found at the next, so the number of reviews it
    takes is geometric. An owner who does not answer finds nothing; the access then
    lapses or stays, by setting.
    """

    id = "access-review"
    title = "Access review"
    definition = (
        "At a fixed interval owners confirm or remove the access they answer for; what "
        "nobody confirms lapses."
    )
    stops = (
        "Use of accounts and keys that were forgotten when their owner left, from some "
        "review on."
    )
    does_not_stop = (
        "Anything before the next review, people who still work there, access that an "
        "owner confirms without a look, and access that is on no list or out of scope, "
        "as shared secrets always are."
    )
    cost = (
        "Owners' time at every review; what lapses unconfirmed hits who stays, too. "
        "Neither is simulated."
    )
    sources = references(
        nist="AC-2, AC-6(7)",
        cis="5.1, 6.8",
        iso="A.5.18, A.8.2",
        attack="M1018, M1047",
        d3fend="D3-AM",
        itm="PV023",
        csg="15",
    )

    interval: Seconds = field(
        "time between two reviews",
        default=90 * DAY,
        ge=1,
        le=3650 * DAY,
        source="CIS Controls v8.1, 5.1: at least quarterly",
    )
    diligence: Share = field(
        "chance that an owner who answers sees that the person is gone",
        default=0.9,
        ge=0,
        le=1,
        source="assumption",
    )
    answers: Share = field(
        "share of the owners asked who answer at all",
        default=1.0,
        ge=0,
        le=1,
        source="it works as meant",
    )
    unconfirmed: Literal["lapse", "keep"] = field(
        "what happens to access whose owner does not answer: it lapses, or is kept",
        default="lapse",
        source="it works as meant",
    )
    delay: Distribution = field(
        "time to act on what a review found",
        default=Triangular(HOUR, DAY, 7 * DAY),
        source="assumption",
    )
    scope: tuple[Reviewed, ...] = field(
        "the kinds of access reviewed",
        default=("account", "api-key", "shadow-account"),
        source="assumption",
    )
    systems: tuple[str, ...] = field(
        "the systems reviewed; all if none is given",
        default=(),
        ref="systems",
        source="assumption",
    )

    def exit_orders(self) -> tuple[ExitOrder, ...]:
        """End each kind of access at a review, again and again."""
        return tuple(
            ExitOrder(
                "gone",
                self.delay,
                kind,
                self._overlooked,
                every_s=self.interval,
                again=True,
                systems=self.systems,
                luck=f"{self.id} {kind}",
            )
            for kind in self.scope
        )

    def explain(self, request: Request, view: View) -> str:
        """Name the interval, the chance at each review, and the end of the account."""
        why = unreached(request, self.systems) or not_yet_gone(request, view)
        return why or (
            f"{', '.join(self.scope) or 'nothing'} is reviewed every "
            f"{format_duration(self.interval)}, and who is gone is found with a chance "
            f"of {1 - self._overlooked:.0%} each time; {account_end(request, view)}"
        )

    @property
    def _overlooked(self) -> float:
        """Return the chance that a review leaves access as it is."""
        kept = 1 - self.answers if self.unconfirmed == "keep" else 0.0
        return kept + self.answers * (1 - self.diligence)
