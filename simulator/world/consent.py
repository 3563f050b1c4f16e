"""Those who are asked to approve: who can be had, when, and what they answer.

They work one request at a time, on shift and reachable, and never their own. What they
give to approvals they owe to the desk they work.
"""

from collections.abc import Iterator

from simulator.decisions import Approval, Request
from simulator.trail import Passed
from simulator.world.pool import Booking, Pool
from simulator.world.stage import Member
from simulator.world.world import Deed, World

TIRING_S = 8 * 3600
"""How far back answered requests tire an approver: about a shift."""


def book_approvers(
    world: World, deed: Deed, approval: Approval, until: int, taken: set[str]
) -> list[Booking]:
    """Book as many approvers as asked, if there are, by when they are done."""
    role = approval.role or world.stage.members[deed.request.staff].role
    pool = world.approvers.get(role)
    if pool is None:
        pool = world.approvers[role] = _approvers(world, role)
    manners = world.scenario.organisation.approvals
    taken |= {m.id for m in pool.members if _lacks_access(world, m.id, deed.request)}
    bookings = []
    for number in range(approval.people):
        who = (deed.request.id, role, number)
        takes_s = manners.review.draw(world.luck("review", *who))
        pick_up_s = manners.pick_up.draw(world.luck("pick-up", *who))
        booking = None
        for but in _sought(deed, pool, taken):
            booking = booking or pool.book(
                world.now, takes_s=takes_s, pick_up_s=pick_up_s, until=until, but=but
            )
        if booking is None:
            break
        taken.add(booking.member.id)
        bookings.append(booking)
        world.owed.setdefault(booking.member.id, []).append(booking)
        world.disturb()
    return sorted(bookings, key=lambda b: (b.end, b.member.id))


def _sought(deed: Deed, pool: Pool, taken: set[str]) -> Iterator[set[str]]:
    """Yield whom not to ask: first all but the accomplice, where one is sought."""
    if deed.approver == "accomplice" and deed.accomplice not in (None, *taken):
        yield {m.id for m in pool.members if m.id != deed.accomplice}
    yield taken


def _lacks_access(world: World, staff: str, request: Request) -> bool:
    return world.access.ended_by(staff, request.system, world.now) is not None


def _approvers(world: World, role: str) -> Pool:
    present = world.scenario.organisation.approvals.present
    return Pool(
        world.stage.of_role(role),
        lambda member, hour: world.luck("present", member, hour) < present,
    )


def approves(world: World, deed: Deed, booking: Booking, asked_at: int) -> bool:
    """Let one approver answer: without a look, or after one that may see the harm."""
    manners = world.scenario.organisation.approvals
    who = (deed.request.id, booking.member.id)
    stamps = _stamps(world, deed, booking.member)
    looked = stamps < 1 and world.luck("rubber-stamp", *who) >= stamps
    world.consents.setdefault(booking.member.id, []).append(world.now)
    doubt = manners.sees_harm if deed.is_harmful else manners.doubts_honest
    approved = not looked or world.luck("looks", *who) >= doubt
    world.write(
        Passed(
            world.now,
            deed.request.id,
            "approved" if approved else "rejected",
            booking.member.id,
            world.now - asked_at,
            looked,
        )
    )
    return approved


def _stamps(world: World, deed: Deed, approver: Member) -> float:
    """Return the chance that an approver consents without a look.

    It grows with every request answered in the last eight hours. Whoever is in on the
    misuse never looks; who seeks a rubber stamp finds one if anybody gives it.
    """
    manners = world.scenario.organisation.approvals
    if deed.purpose == "misuse" and _is_in_on_it(world, deed, approver):
        return 1.0
    answered = world.consents.get(approver.id, ())
    tired = sum(at > world.now - TIRING_S for at in answered) if manners.fatigue else 0
    stamps = min(1.0, manners.rubber_stamp + manners.fatigue * tired)
    if deed.approver == "rubber-stamp":
        members = world.approvers[approver.role].members
        self_barred = {deed.actor, deed.request.staff}
        stamps = 1 - (1 - stamps) ** sum(m.id not in self_barred for m in members)
    return stamps


def _is_in_on_it(world: World, deed: Deed, approver: Member) -> bool:
    colludes = world.scenario.organisation.approvals.colludes
    return approver.id == deed.accomplice or (
        colludes > 0 and world.luck("colludes", approver.id) < colludes
    )
