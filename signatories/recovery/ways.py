"""Who vouches and who confirms, by the weightiest capacity of whoever lost the phone. Data, no code.

Network practice, not protocol text. Always two different people, neither of them the person itself;
never coordination alone for a post of the office, because the office authorizes what coordination asks for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from intranet.access.capacities import HeldCapacity
from intranet.access.roles import COORDINATION, OFFICE, ORGANIZATION_POSTS, Capacity

from .models import Way

NOBODY: frozenset[Capacity] = frozenset()


@dataclass(frozen=True)
class Rule:
    """One line of the table. ``own``: the voucher acts for an organization of whoever lost the phone.

    ``recorders`` and ``letter_confirmers``: where nobody can vouch, a letter received outside takes the
    place of the voucher (D17): recorded by one, confirmed by the other. Empty: no letter; a post is filled.
    """

    way: Way
    lost_by: frozenset[Capacity]
    vouchers: frozenset[Capacity]
    confirmers: frozenset[Capacity]
    recorders: frozenset[Capacity] = NOBODY
    letter_confirmers: frozenset[Capacity] = NOBODY
    own: bool = False


WAYS: tuple[Rule, ...] = (  # the first that fits holds: somebody with several posts goes the strictest way
    Rule(
        Way.OFFICE,
        lost_by=OFFICE,
        vouchers=OFFICE,
        confirmers=COORDINATION,
        recorders=frozenset({Capacity.OFFICE_ASSISTANT}),
        letter_confirmers=COORDINATION,
    ),
    Rule(
        Way.COORDINATION,
        lost_by=COORDINATION,
        vouchers=OFFICE,
        confirmers=OFFICE | COORDINATION,
    ),
    Rule(
        Way.NETWORK,
        lost_by=frozenset({Capacity.OFFICE_ASSISTANT, Capacity.CONTENT_EDITOR, Capacity.AUDITOR}),
        vouchers=OFFICE,
        confirmers=COORDINATION,
    ),
    Rule(
        Way.ORGANIZATION,
        lost_by=ORGANIZATION_POSTS | {Capacity.SIGNER, Capacity.MEMBER},
        vouchers=ORGANIZATION_POSTS,
        confirmers=COORDINATION,
        recorders=COORDINATION | {Capacity.OFFICE_ASSISTANT},
        letter_confirmers=OFFICE,
        own=True,
    ),
)


def rule_of(way: str) -> Rule:
    """The line of a way."""
    return next(rule for rule in WAYS if rule.way == way)


def rule_for(held: Iterable[HeldCapacity]) -> tuple[Rule, HeldCapacity] | None:
    """The line that holds for somebody with these capacities, and the capacity that decides it."""
    capacities = list(held)
    for rule in WAYS:
        for item in capacities:
            if item.capacity in rule.lost_by and item.organization_id is not None:
                return rule, item
    return None
