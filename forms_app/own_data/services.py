"""Taking out own statistics, for views, the rehearsal and tests alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError

from audit.actors import Actor
from intranet.workflow.runner import Outcome, perform
from signatories.models import Organization

from .models import OwnNote

_TRIES = 3  # two people of one organization taking the same number


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for. Months are first days; ``use`` and ``language`` are the models' codes."""

    first_month: date
    last_month: date
    use: str
    purpose: str
    recipient_name: str
    recipient_title: str
    recipient_organization: str
    language: str = "en"


def make_note(
    organization: Organization, wish: Wish, actor: Actor, now: datetime, key: UUID | None = None
) -> Outcome:
    """Make and store the Word note with the organization's own figures. Raises Refused."""
    for attempt in range(_TRIES):
        note = OwnNote(
            organization=organization,
            first_month=wish.first_month,
            last_month=wish.last_month,
            use=wish.use,
            purpose=" ".join(wish.purpose.split()),
            recipient_name=wish.recipient_name.strip(),
            recipient_title=wish.recipient_title.strip(),
            recipient_organization=wish.recipient_organization.strip(),
            language=wish.language,
        )
        try:
            return perform(note, "make", actor, now, data={}, key=key)
        except IntegrityError:
            if attempt == _TRIES - 1:
                raise
    raise AssertionError("unreachable")
