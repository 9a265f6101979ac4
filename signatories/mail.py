"""Notices of this floor: one line and a link, without names or figures (D23, trap 37)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from intranet.notices.outbox import Letter, write
from intranet.workflow.registry import subject_of

from .days import network_day
from .models import FLOW, EntryKind, Organization, ParticipationEntry, Person
from .selectors import (
    contacts,
    contacts_for,
    coordination_people,
    office_people,
    signatories_on,
)
from .stops import effects
from .stops.matrix import Notices

# kind of notice: subject, line, clause
_ENDORSED = "participation_endorsed"
_WITHDRAWN = "participation_withdrawn"
_SHARING = "participation_sharing"
_FLOW = "participation_flow"
_ACKNOWLEDGED = "participation_acknowledged"
_CONFIRM = "participation_confirm"
_DENIED = "participation_denied"


def _texts(kind: str) -> tuple[str, str]:
    """Subject and line in the active language."""
    return {
        _ENDORSED: (
            _("The protocol was endorsed"),
            _("An endorsement of the information sharing protocol was recorded."),
        ),
        _WITHDRAWN: (
            _("The list of signatories changed"),
            _("A signatory withdraws from the information sharing protocol; the annex changes."),
        ),
        _SHARING: (
            _("Sharing was suspended or resumed"),
            _("A signatory suspended or resumed the sharing of information (section 4)."),
        ),
        _FLOW: (
            _("The flow of data was stopped or resumed"),
            _("A signatory stopped or resumed the flow of data (section 9)."),
        ),
        _ACKNOWLEDGED: (
            _("Your withdrawal was acknowledged"),
            _("The receipt of your organization's withdrawal was acknowledged."),
        ),
        _CONFIRM: (
            _("Something waits for your confirmation"),
            _("Something that arrived outside the system was recorded and waits for a confirmation."),
        ),
        _DENIED: (
            _("A record was denied"),
            _("Something that was recorded from outside the system was denied; it has no effect."),
        ),
    }[kind]


def _tell(
    kind: str,
    people: Iterable[Person],
    entry: ParticipationEntry,
    now: datetime,
    path: str,
    rule: str,
    organization: Organization | None = None,
    copy: Iterable[Person] = (),
) -> None:
    """One notice a language, to people of one organization or of the office and coordination.

    ``copy``: who gets a copy; in a language in which nobody is addressed it is written to them.
    """
    addressed = list(dict.fromkeys(people))
    by_language: dict[str, tuple[list[str], list[str]]] = {}
    for person in dict.fromkeys([*addressed, *copy]):
        to, cc = by_language.setdefault(person.language, ([], []))
        (to if person in addressed else cc).append(person.email)
    for language, (to, cc) in by_language.items():
        with translation.override(language):
            subject, line = _texts(kind)
            link = settings.BASE_URL.rstrip("/") + path_in(language, path, entry)
        letter = Letter(
            kind=kind,
            to=to or cc,
            cc=cc if to else (),
            subject=subject,
            text=f"{line}\n\n{link}\n",
            rule=rule,
            language=language,
            organization_id=organization.pk if organization else None,
        )
        write(letter, now, subject_of(entry))


def path_in(language: str, path: str, entry: ParticipationEntry) -> str:
    """The page of ``path`` (a URL name) in a language."""
    with translation.override(language):
        return reverse(path, args=[entry.pk] if path == "participation-entry" else [])


def _network_people(now: datetime) -> list[Person]:
    day = network_day(now)
    return [*coordination_people(day, now), *office_people(day, now)]


def _own_people(entry: ParticipationEntry, now: datetime) -> list[Person]:
    people = list(contacts(entry.organization, network_day(now), now).everybody)
    return people + ([entry.signer] if entry.signer is not None else [])


def endorsed(entry: ParticipationEntry, now: datetime) -> None:
    """The own people get it as their receipt, coordination and office know."""
    _tell(_ENDORSED, _own_people(entry, now), entry, now, "participation-entry", "D19", entry.organization)
    _tell(_ENDORSED, _network_people(now), entry, now, "participation-entry", "D19")


def withdrawn(entry: ParticipationEntry, now: datetime) -> None:
    """Coordination, office and all members are told (§9.i, footnote 5)."""
    _tell(_WITHDRAWN, _network_people(now), entry, now, "participation-entry", "§9.i")
    _tell(_WITHDRAWN, _own_people(entry, now), entry, now, "participation-entry", "§9.i", entry.organization)
    day = network_day(now)
    others = [item for item in signatories_on(day) if item.pk != entry.organization_id]
    people = contacts_for(others, day, now)
    for organization in others:
        _tell(_WITHDRAWN, people[organization.pk].everybody, entry, now, "endorsements", "§9.i", organization)


def stopped_or_resumed(entry: ParticipationEntry, now: datetime) -> None:
    """To whom the stop is addressed (the matrix says it), with a copy where it says so; the own people know."""
    day = network_day(now)
    who, rule = effects.audience(entry.kind)
    kind = _FLOW if entry.kind in FLOW else _SHARING
    to, copy = coordination_people(day, now), []
    if who == Notices.OFFICE_COPY_COORDINATION:
        to, copy = office_people(day, now), to
    _tell(kind, to, entry, now, "participation-entry", rule, copy=copy)
    _tell(kind, _own_people(entry, now), entry, now, "participation-entry", rule, entry.organization)


def acknowledged(entry: ParticipationEntry, now: datetime) -> None:
    """Who may still open the page hears that the withdrawal arrived (fields 4.5); it approves nothing."""
    people = [contacts(entry.organization, network_day(now), now).head_of_agency, entry.signer]
    told = [person for person in people if person is not None]
    _tell(_ACKNOWLEDGED, told, entry, now, "participation-entry", "§9.i fn5", entry.organization)


def confirmation_wanted(entry: ParticipationEntry, now: datetime) -> None:
    """The organization's own people (the signer for a withdrawal) and the office may confirm (D17)."""
    own = _own_people(entry, now)
    if entry.kind == EntryKind.WITHDRAWN:
        own = [entry.signer] if entry.signer is not None else []
    _tell(_CONFIRM, own, entry, now, "participation-entry", "D17", entry.organization)
    if not entry.office_involved:
        _tell(_CONFIRM, office_people(network_day(now), now), entry, now, "participation-entry", "D17")


def denied(entry: ParticipationEntry, now: datetime) -> None:
    """Coordination hears that its record was denied."""
    people = coordination_people(network_day(now), now) if entry.office_involved else _network_people(now)
    _tell(_DENIED, people, entry, now, "participation-entry", "D17")
