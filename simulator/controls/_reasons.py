"""Sentences that several controls share when they explain themselves.

Reasons to stand aside return "" where they do not apply, so that the first that does
is ``a or b``.
"""

from simulator import reasons
from simulator.clock import Span, format_duration
from simulator.decisions import Request
from simulator.reasons import apart
from simulator.streams import Distribution
from simulator.view import View


def harmless(request: Request, view: View) -> str:
    """Say that the action harms nothing, if so."""
    return reasons.harmless(request.action, view, "checked")


def below(request: Request, view: View, from_tier: str | None) -> str:
    """Say that the target ranks too low to be checked, if so."""
    return reasons.below(request.tier, view, from_tier, "asks only for")


def unreached(request: Request, systems: tuple[str, ...]) -> str:
    """Say that the system is none of those covered, if so; without any, all are."""
    if not systems or request.system in systems:
        return ""
    return f"reaches only {', '.join(systems)}, not {request.system}"


def not_yet_gone(request: Request, view: View) -> str:
    """Say that the separation the registry shows is still to come, if so."""
    departure = view.departure(request.staff, request.at)
    if departure is None or departure.separation <= request.at:
        return ""
    separation = departure.separation
    said = f"{view.wall(separation)}, {apart(separation, request)}"
    return f"acts only from the separation at {said}"


def account_end(request: Request, view: View) -> str:
    """Say when the requester's account ends, or that nothing ends it."""
    ends = view.account_ends(request.staff)
    if ends is None:
        return "nothing ends the account so far"
    return f"the account ends at {view.wall(ends)}, {apart(ends, request)}"


def usually(delay: Distribution) -> str:
    """Name the mean of a delay: ``2 h on average``."""
    return f"{format_duration(delay.mean)} on average"


def uncovered(request: Request, view: View, actions: tuple[str, ...]) -> str:
    """Say that an action is not listed, or harmless where nothing is, if so."""
    if not actions:
        return harmless(request, view)
    if request.action in actions:
        return ""
    return f"covers only {', '.join(actions)}, not {request.action}"


def barred(request: Request, view: View, roles: tuple[str, ...], may: str) -> str:
    """Say that the requester's role is none of those listed, if so.

    Args:
        request: What is asked.
        view: What is known.
        roles: The roles listed; where there is no list, nobody is barred.
        may: What only they may do, such as "can be elevated".
    """
    if not roles or (role := view.role(request.staff)) in roles:
        return ""
    return f"only role {' or '.join(roles)} {may}; {request.staff} has role {role}"


def consent(request: Request, view: View, role: str) -> str:
    """Say who must consent: a role, or the requester's own if it is empty."""
    return f"an approver of role {role or view.role(request.staff)} must consent first"


def opened(request: Request, view: View, prompt: str, lasts_s: int) -> Span | None:
    """Return what was last opened by passing a prompt; None if nothing ever was."""
    since = view.passed_at(request.staff, prompt, request.at)
    return None if since is None else Span(since, since + lasts_s)


def still_open(request: Request, view: View, what: str, last: Span | None) -> str:
    """Say until when lasts what was opened, if it still does."""
    if last is None or not last.covers(request.at):
        return ""
    ends = f"lasts until {view.wall(last.end)}, {apart(last.end, request)}"
    return f"the {what} of {view.wall(last.start)} {ends}"


def run_out(request: Request, view: View, what: str, last: Span | None) -> str:
    """Say when ran out what was opened, or that it never was."""
    if last is None:
        return f"{request.staff} has had no {what} yet"
    ended = f"{view.wall(last.end)}, {apart(last.end, request)}"
    return f"the last {what} ran out at {ended}"


def too_soon(
    request: Request, view: View, what: str, last: Span | None, rest_s: int
) -> str:
    """Say that what ran out cannot be opened anew yet, if so."""
    if last is None or request.at >= last.end + rest_s:
        return ""
    again = view.wall(last.end + rest_s)
    return f"{run_out(request, view, what, last)}, and there is none before {again}"
