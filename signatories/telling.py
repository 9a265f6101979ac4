"""One line and a link to people, one letter a language, without names and figures (D23, trap 37)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import translation

from audit.ledger import Subject
from intranet.notices.models import Notice
from intranet.notices.outbox import Letter, write

from .models import Organization, Person


@dataclass(frozen=True, slots=True)
class Words:
    """What a mail says, made in the reader's language. ``path``: a path of ours, empty for no link."""

    subject: str
    line: str
    path: str = ""


def tell(
    kind: str,
    people: Iterable[Person],
    words: Callable[[], Words],
    now: datetime,
    *,
    rule: str,
    about: Subject | None = None,
    organization: Organization | None = None,
    once: str | None = None,
) -> int:
    """Write the letters to people of ONE organization (or of the network's own); how many were written.

    ``once``: a mark under which each language's letter is written a single time.
    """
    by_language: dict[str, list[str]] = {}
    for person in dict.fromkeys(people):
        by_language.setdefault(person.language, []).append(person.email)
    written = 0
    for language, addresses in by_language.items():
        with translation.override(language):
            said = words()
        link = f"\n\n{settings.BASE_URL.rstrip('/')}{said.path}" if said.path else ""
        letter = Letter(
            kind=kind,
            to=addresses,
            subject=said.subject,
            text=f"{said.line}{link}\n",
            rule=rule,
            language=language,
            organization_id=organization.pk if organization else None,
            once=_marked(once, language) if once else None,
        )
        written += write(letter, now, about) is not None
    return written


def told(marks: Collection[str]) -> set[str]:
    """Under which of these marks a letter was written already, in whatever language. One query."""
    by_letter = {_marked(mark, code): mark for mark in marks for code, _name in settings.LANGUAGES}
    return {
        by_letter[once]
        for once in Notice.objects.filter(once__in=by_letter).values_list("once", flat=True)
        if once
    }


def _marked(once: str, language: str) -> str:
    return f"{once}:{language}"
