"""What the mails say: one line and a link, without any name (D23, trap 37)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from intranet.notices import outbox
from intranet.workflow.registry import subject_of
from signatories.days import network_day
from signatories.models import Person
from signatories.selectors import coordination_people, office_people

from .models import PartySuspension


def to_office(row: PartySuspension, now: datetime) -> None:
    """The office is asked for its word."""
    _tell(office_people(network_day(now), now), row, now, asked=True)


def to_office_and_coordination(row: PartySuspension, now: datetime) -> None:
    """Both hear what was decided."""
    day = network_day(now)
    _tell([*office_people(day, now), *coordination_people(day, now)], row, now, asked=False)


def _tell(people: Iterable[Person], row: PartySuspension, now: datetime, *, asked: bool) -> None:
    by_language: dict[str, list[str]] = {}
    for person in dict.fromkeys(people):
        by_language.setdefault(person.language, []).append(person.email)
    for language, addresses in by_language.items():
        with translation.override(language):
            names = {"reference": row.reference}
            subject = (
                _("%(reference)s: your decision is asked") if asked else _("%(reference)s: the state changed")
            ) % names
            line = (
                _("The suspension of a receiving party waits for a word of the office.")
                if asked
                else _("The state of a receiving party's suspension changed.")
            )
            link = settings.BASE_URL.rstrip("/") + reverse("party-suspension", args=[row.pk])
        outbox.write(
            outbox.Letter(
                kind="receiving_parties.asked" if asked else "receiving_parties.changed",
                to=addresses,
                subject=subject,
                text=f"{line}\n\n{link}\n",
                rule="§7B.6",
                language=language,
            ),
            now,
            subject_of(row),
        )
