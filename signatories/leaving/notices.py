"""Who is told that somebody leaves: the person, those who stay in the organization, and coordination."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from intranet.clock import wording
from intranet.listing import listed
from intranet.network.models import NetworkSettings
from intranet.workflow.registry import subject_of

from ..days import network_day
from ..models import Organization, Person
from ..selectors import contacts, coordination_people, office_people
from ..telling import Words, tell

KIND = "person_leaves"


def left(person: Person, organization: Organization, leaves_at: datetime, now: datetime) -> None:
    """Three letters at most: to the leaver, to the own people, to the network's people."""
    about = subject_of(person)
    day = network_day(now)
    zone = NetworkSettings.current().zone()

    def page() -> str:
        return reverse("hand-over-person", args=[organization.pk, person.pk])

    def to_leaver() -> Words:
        hour = listed([wording.plain_date(network_day(leaves_at)), wording.time_of_day(leaves_at, zone)])
        line = _("Your access for one organization ends at the hour stated here: %s.") % hour
        return Words(_("Your access ends"), line, page() if leaves_at > now else "")

    stay = [other for other in contacts(organization, day, now).everybody if other.pk != person.pk]
    concerned = [*coordination_people(day, now), *([] if organization.may_sign else office_people(day, now))]
    network = [other for other in concerned if other.pk != person.pk]
    tell(KIND, [person], to_leaver, now, rule="D9", about=about, organization=organization)
    for people, of in ((stay, organization), (network, None)):
        tell(KIND, people, _to_others(page), now, rule="D9", about=about, organization=of)


def _to_others(page: Callable[[], str]) -> Callable[[], Words]:
    def words() -> Words:
        return Words(
            _("Somebody leaves"),
            _("Somebody of the network leaves. What is open stays with the organization; the page shows it."),
            page(),
        )

    return words
