"""When somebody is asked, and what is confirmed. Network practice; the triggers are those of the fact sheet of 2018."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from protocol_pages.editions.models import Edition

from .models import TextAcknowledgement, Trigger

COUNTS = timedelta(days=365)  # calendar days
REMINDED_EVERY = timedelta(days=14)


def statement(edition: Edition, language: str) -> str:
    """The sentence that is confirmed, in the language in which it is shown."""
    with translation.override(language):
        return _(
            "I have read the information sharing protocol, edition %(label)s, and understood it. I know that I "
            "report sexual exploitation and abuse, that I share nothing that identifies a person, and what follows "
            "if I break these rules."
        ) % {"label": edition.label}


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person gave last, and since when they hold the newest of their posts (None: no post)."""

    newest: TextAcknowledgement | None
    post_since: date | None


def asked(facts: Facts, edition: Edition, today: date) -> Trigger | None:
    """Why the person is asked today; None: not asked. A minor edition asks nobody (D7)."""
    if facts.post_since is None:
        return None
    last = facts.newest
    if last is None:
        return Trigger.ENTRY
    if last.edition.number != edition.number:
        return Trigger.EDITION
    if facts.post_since > last.given_on:
        return Trigger.REASSIGNMENT
    return Trigger.YEARLY if last.valid_until < today else None
