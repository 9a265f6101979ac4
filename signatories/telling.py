"""One way to tell people of this floor: one line and a link, a notice a language, no names (D23, trap 37)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import translation

from intranet.notices.outbox import Letter, write
from intranet.workflow.registry import subject_of

from .models import Organization, Person


@dataclass(frozen=True, slots=True)
class Message:
    """``words``: subject and line in the active language; ``page``: the path there, in that language too.

    ``once``: the same message is never written twice to one language of one organization.
    """

    kind: str
    rule: str
    words: Callable[[], tuple[str, str]]
    page: Callable[[], str]
    about: models.Model
    organization: Organization | None = None
    once: str = ""


def tell(message: Message, people: Iterable[Person], now: datetime) -> int:
    """Write the message to each person once; returns how many notices were written (one a language)."""
    by_language: dict[str, dict[str, None]] = {}
    for person in people:
        by_language.setdefault(person.language, {})[person.email] = None
    written = 0
    for language, addresses in by_language.items():
        with translation.override(language):
            subject, line = message.words()
            link = settings.BASE_URL.rstrip("/") + message.page()
        letter = Letter(
            kind=message.kind,
            to=list(addresses),
            subject=subject,
            text=f"{line}\n\n{link}\n",
            rule=message.rule,
            language=language,
            organization_id=message.organization.pk if message.organization else None,
            once=f"{message.once}:{language}" if message.once else None,
        )
        written += write(letter, now, subject_of(message.about)) is not None
    return written
