"""Step-up authentication: prove again who sits there."""

from attrs import frozen

from simulator.clock import MINUTE, Seconds, format_duration
from simulator.controls._prompts import OWN_FACTOR
from simulator.controls._reasons import below, harmless
from simulator.decisions import ALLOW, Challenge, Decision, Request
from simulator.scenario.fields import field
from simulator.shelf import Guard, references, tier_field
from simulator.view import View


@frozen(kw_only=True)
class StepUpAuth(Guard):
    """Ask for the own factor again where the last sign-in is old."""

    id = "step-up-auth"
    title = "Step-up authentication"
    definition = (
        "A harmful action on a high tier needs an authentication by the owner of the "
        "access that is not older than a limit."
    )
    stops = (
        "Whoever sits at a colleague's open session, or comes with a phished login, a "
        "shared secret, a shadow account, a key, or a device left logged in."
    )
    does_not_stop = (
        "The owner of the access, whatever the intent, anybody soon after the owner "
        "has signed in or passed the prompt, whoever gets the owner to pass it, and "
        "everything below the tier."
    )
    cost = (
        "A prompt now and then for everybody who works on the tiers covered; work "
        "under a shared login is refused."
    )
    sources = references(
        nist="IA-11, IA-2(1), IA-10",
        cis="6.5",
        iso="A.8.5",
        attack="M1032",
        d3fend="D3-MFA",
        itm="PV055",
        csg="11",
    )

    max_age: Seconds = field(
        "age from which the last authentication no longer counts",
        default=15 * MINUTE,
        ge=0,
        source="assumption",
    )
    from_tier: str | None = tier_field(
        "the lowest tier that asks for it; the top tier if not given"
    )
    seconds: Seconds = field(
        "time the prompt takes", default=20, ge=0, source="assumption"
    )

    def answer(self, request: Request, view: View) -> Decision:
        """Challenge where the last authentication is too old."""
        if not view.reaches(request.tier, self.from_tier):
            return ALLOW
        if not view.harmful(request.action):
            return ALLOW
        proved_at, _ = self._last_proof(request, view)
        if proved_at is not None and request.at - proved_at < self.max_age:
            return ALLOW
        prompt = Challenge(OWN_FACTOR, self.seconds, own_factor=True)
        return Decision(challenges=(prompt,))

    def reason(self, request: Request, view: View) -> str:
        """Name the age of the last authentication."""
        if why := harmless(request, view) or below(request, view, self.from_tier):
            return why
        proved_at, how = self._last_proof(request, view)
        if proved_at is None:
            return (
                f"no sign-in of {request.staff} is known: the own factor is asked for"
            )
        age = request.at - proved_at
        said = f"{request.staff} {how} {format_duration(age)} before the act"
        limit = format_duration(self.max_age)
        if age < self.max_age:
            return f"{said}, and that counts for {limit}"
        return f"{said}, which counts for {limit} only: the own factor is asked for"

    def _last_proof(self, request: Request, view: View) -> tuple[int | None, str]:
        """Return when the owner last proved to be there, and how."""
        signed_in_at = view.signed_in_at(request.staff, request.at)
        passed_at = view.passed_at(request.staff, OWN_FACTOR, request.at)
        if passed_at is None or (signed_in_at is not None and signed_in_at > passed_at):
            return signed_in_at, "signed in"
        return passed_at, "passed the prompt"
