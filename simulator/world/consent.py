"""Those who are asked to approve: who can be had, when, and what they answer.

They work one request at a time, on shift and reachable, and never their own. What they
give to approvals they owe to the desk they work.
"""

from simulator.decisions import Approval, Request
from simulator.trail import Passed
from simulator.world.pool import Booking, Pool
from simulator.world.world import Deed, World


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
        booking = pool.book(
            world.now,
            takes_s=manners.review.draw(world.luck("review", *who)),
            pick_up_s=manners.pick_up.draw(world.luck("pick-up", *who)),
            until=until,
            but=taken,
        )
        if booking is None:
            break
        taken.add(booking.member.id)
        bookings.append(booking)
        world.owed.setdefault(booking.member.id, []).append(booking)
    return sorted(bookings, key=lambda b: (b.end, b.member.id))


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
    stamps: float = manners.rubber_stamp
    if deed.seeks_stamp:
        members = world.approvers[booking.member.role].members
        self_barred = {deed.actor, deed.request.staff}
        stamps = 1 - (1 - stamps) ** sum(m.id not in self_barred for m in members)
    looked = world.luck("rubber-stamp", *who) >= stamps
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
