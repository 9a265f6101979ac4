"""Who sees what of people in the directory and on pages of organizations (§3 need to know, trap 36).

Network practice, not protocol text. Names and posts of focal points and Heads of Agency, and the focal
points' languages and duty stations, are known to every member; the rest is here. The matrix stands in
docs/features/people.md and is tested cell by cell.
"""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from audit.actors import Actor
from intranet.access.roles import COORDINATION, OFFICE_AND_ASSISTANTS, ORGANIZATION_POSTS, Capacity


class Seen(StrEnum):
    """What not everybody sees."""

    FOCAL_ADDRESS = "focal_address"  # e-mail of the focal points
    HEAD_ADDRESS = "head_address"  # e-mail, languages and duty station of the Head of Agency
    MANAGEMENT = "management"  # senior management: names and everything of theirs
    PHONE = "phone"


_CONTACTED = COORDINATION | OFFICE_AND_ASSISTANTS
_SPEAK_TO_OTHERS = ORGANIZATION_POSTS | {Capacity.SIGNER}


def sees(actor: Actor, organization_id: UUID) -> frozenset[Seen]:
    """What ``actor`` sees of the people of an organization beside what every member sees."""
    own = actor.organization_id is not None and actor.organization_id == organization_id
    if actor.capacity in _CONTACTED:
        return frozenset(Seen)
    if actor.capacity == Capacity.AUDITOR:
        return frozenset(Seen) - {Seen.PHONE}
    if actor.capacity in _SPEAK_TO_OTHERS:
        inside = frozenset({Seen.HEAD_ADDRESS, Seen.MANAGEMENT}) if own else frozenset()
        return inside | {Seen.FOCAL_ADDRESS}
    return frozenset({Seen.FOCAL_ADDRESS}) if own else frozenset()


def sees_phones(actor: Actor) -> bool:
    """Telephone numbers: coordination and office alone, and each person their own."""
    return actor.capacity in _CONTACTED
