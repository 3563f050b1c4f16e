"""Access as a question about intervals: who can act on which system at which instant.

An account works until it is disabled. A session, opened at the start of a shift, works
until the shift ends; after its account is disabled it lives on to the end of its token
unless it is ended too. A key works until it is revoked, a shared secret until it is
changed, a device keeps a session open beyond the shift. Every interval is half-open:
access that ends at an instant is gone at that instant.
"""

from collections.abc import Hashable

from attrs import Factory, define

from simulator.decisions import Request
from simulator.scenario.organisation import Credential
from simulator.scenario.people import OWN_LOGIN
from simulator.streams import uniform
from simulator.world.exits import TOKEN_LIFE, End, ExitPlan, token_end
from simulator.world.stage import Stage


@define
class Access:
    """Who can act on which system at which instant, in one run."""

    stage: Stage
    plan: ExitPlan
    seed: int
    blocked: dict[str, list[tuple[int, int]]] = Factory(dict)

    def barred_by(self, request: Request, holder: str, at: int) -> str | None:
        """Name what took the access away that a request uses; None while there is some.

        Args:
            request: It names the login, and the credential if it is not the own login.
            holder: Who really holds the credential.
            at: The instant asked about.
        """
        credential = self.stage.credentials.get(request.credential)
        if credential is None:
            return self.ended_by(request.staff, request.system, at)
        return self.credential_barred_by(holder, credential, request.system, at)

    def ended_by(self, staff: str, system: str, at: int) -> str | None:
        """Name what took a person's own access away; None while there is access.

        A working account is access, on or off shift; so is an open session.
        """
        if contained := self._contained(staff, at):
            return contained
        network = self.stage.systems[system].behind
        if network is not None and (cut_off := self.ended_by(staff, network, at)):
            return cut_off
        account = self.plan.accounts.get((staff, system))
        if account is None or at < account[0]:
            return None
        if self.session_end(staff, system, at) is not None:
            return None
        shift = self.stage.members[staff].shift_at(at)
        if shift is None or account[0] <= shift.start:
            return account[1]
        cut_by = self._cut(staff, system, shift.start, account)[1]
        return account[1] if cut_by == TOKEN_LIFE else cut_by

    def session_end(self, staff: str, system: str, at: int) -> int | None:
        """Return when the session open at an instant ends; None if none is open."""
        shift = self.stage.members[staff].shift_at(at)
        if shift is None:
            return None
        account = self.plan.accounts.get((staff, system))
        if account is not None and account[0] <= shift.start:
            return None
        end = min(shift.end, self._cut(staff, system, shift.start, (shift.end, ""))[0])
        return end if at < end else None

    def session_cut(self, staff: str, system: str) -> End | None:
        """Return when the last session ends, and by what, if before its shift does."""
        account = self.plan.accounts.get((staff, system))
        if account is None:
            return None
        shift = self.stage.members[staff].shift_at(account[0] - 1)
        if shift is None:
            return None
        end = self._cut(staff, system, shift.start, (shift.end, ""))
        return end if end[0] < shift.end else None

    def credential_barred_by(
        self, holder: str, credential: Credential, system: str, at: int
    ) -> str | None:
        """Name what keeps somebody from using a credential: its end, or the response.

        The response ends what is done under one name, that of the login.
        """
        login = credential.id if credential.kind in OWN_LOGIN else holder
        return self._contained(login, at) or self.credential_ended_by(
            holder, credential, system, at
        )

    def credential_ended_by(
        self, holder: str, credential: Credential, system: str, at: int
    ) -> str | None:
        """Name what ended somebody's use of a credential; None while it works."""
        end = self.credential_end(holder, credential, system)
        if end is not None and end[0] <= at:
            return end[1]
        network = self.stage.systems[system].behind
        if network is not None and network not in credential.systems:
            return self.ended_by(holder, network, at)
        return None

    def credential_end(
        self, holder: str, credential: Credential, system: str
    ) -> End | None:
        """Return when a holder's use of a credential ends and by what, if ever."""
        ends = [self.plan.credentials.get((holder, credential.id))]
        if credential.kind == "device":
            ends.append(self._device_session_end(holder, system))
        return min((end for end in ends if end is not None), default=None)

    def comes_to(self, horizon: int) -> Hashable:
        """Return what two plans share that never give another answer before an instant.

        Of the cuts of sessions only that counts which a session hears of first that is
        open when its account ends, in a shift or on a device.
        """
        plan, credentials = self.plan.before(horizon), self.stage.credentials.values()
        outlive = {s for c in credentials if c.kind == "device" for s in c.systems}
        cuts = {
            (staff, system): self._cut(staff, system, shift.start, (horizon, ""))
            for (staff, system), (at, _) in plan.accounts.items()
            if (shift := self.stage.members[staff].last_shift(at - 1)) is not None
            and (at < shift.end or system in outlive)
        }
        parts = (plan.accounts, cuts, plan.credentials, self.plan.first)
        return tuple(frozenset(part.items()) for part in parts)

    def holds(self, staff: str, credential: Credential) -> bool:
        """Say whether one of its holders really has a credential."""
        return (
            credential.held >= 1
            or uniform(self.seed, "holds", credential.id, staff) < credential.held
        )

    def held(self, staff: str) -> list[Credential]:
        """List the credentials that a person really has."""
        may = self.stage.holdings.get(staff, ())
        return [credential for credential in may if self.holds(staff, credential)]

    def block(self, staff: str, start: int, end: int) -> None:
        """Take all access of a login away for ``[start, end)``."""
        self.blocked.setdefault(staff, []).append((start, end))

    def _contained(self, staff: str, at: int) -> str | None:
        for start, end in self.blocked.get(staff, ()):
            if start <= at < end:
                return "containment"
        return None

    def _device_session_end(self, holder: str, system: str) -> End | None:
        """Return when the session kept open on a device ends, if its account does.

        It was opened in the last shift with an account, and outlives that shift.
        """
        account = self.plan.accounts.get((holder, system))
        if account is None:
            return None
        shift = self.stage.members[holder].last_shift(account[0] - 1)
        if shift is None:
            return account
        asked = token_end(self.stage, system, shift.start, account[0])
        end = min(self._cut(holder, system, shift.start, (asked, "")), (asked, ""))
        return (end[0], account[1]) if end[1] in ("", TOKEN_LIFE) else end

    def _cut(self, staff: str, system: str, opened: int, default: End) -> End:
        """Return the first cut of a session opened at an instant, or a default.

        While the account works, whoever is cut off signs in again.
        """
        account = self.plan.accounts.get((staff, system))
        if account is None:
            return default
        cuts = self.plan.sessions.get((staff, system), ())
        ends = (
            (self._heard(system, opened, cut), cut[1])
            for cut in cuts
            if cut[0] > opened
        )
        return min((end for end in ends if end[0] >= account[0]), default=default)

    def _heard(self, system: str, opened: int, cut: End) -> int:
        """Return when a session hears that it was ended: at once, or by its token."""
        known, (at, by) = self.stage.systems[system], cut
        if known.revocation == "push" or by == TOKEN_LIFE:
            return at
        return opened + max(-((opened - at) // known.token_life), 1) * known.token_life
