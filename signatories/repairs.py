"""Contacts to repair: whose mail comes back, since when, and in which posts they are missed (trap 6).

Derived from the outbox and the Coordinator's entries; a repaired address leaves the list by itself.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from intranet.notices.models import Notice

from . import selectors
from .models import Person, Post


@dataclass(frozen=True)
class Repair:
    """One person. ``refused``: how many mails the mail server refused; ``since``: the first of them (UTC)."""

    person: Person
    posts: tuple[Post, ...]
    refused: int
    since: datetime | None
    noted_on: date | None


def rows(day: date) -> list[Repair]:
    """Everybody whose mail comes back, by name. Three queries."""
    people = list(selectors.failing_people().select_related("user"))
    refused = _refused()
    posts: dict[UUID, list[Post]] = defaultdict(list)
    for post in selectors.held(day).filter(person__in=people):
        posts[post.person_id].append(post)
    return [
        Repair(
            person,
            tuple(posts[person.pk]),
            len(refused[person.email.lower()]),
            min(refused[person.email.lower()], default=None),
            person.address_fails_since,
        )
        for person in people
    ]


def of_person(person: Person) -> Repair | None:
    """The same of one person; None where mail arrives. One query."""
    refused = _refused()[person.email.lower()]
    if not refused and person.address_fails_since is None:
        return None
    return Repair(person, (), len(refused), min(refused, default=None), person.address_fails_since)


def _refused() -> dict[str, list[datetime]]:
    """When the mails that came back were written, by address in small letters."""
    found: dict[str, list[datetime]] = defaultdict(list)
    for addresses, at in Notice.objects.exclude(refused=[]).values_list("refused", "written_at"):
        for address in addresses:
            found[address].append(at)
    return found
