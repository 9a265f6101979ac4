"""How the histories of this floor speak: what fields are called and where each object is seen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.workflow.registry import Said

from .models import Organization, OrganizationAlias, ParticipationEntry, Person, Post, SigningAuthority


def _page(organization: Organization, actor: Actor) -> str:
    return reverse("organization", args=[organization.pk])


def _page_of_part(part: Any, actor: Actor) -> str:
    return reverse("organization", args=[part.organization_id])


def _page_of_entry(entry: Any, actor: Actor) -> str:
    return reverse("participation-entry", args=[entry.pk])


def names_of(organization_id: UUID) -> set[str]:
    """Every name that an organization had: history rows carry the name of their day as text. One query."""
    history: Any = Organization.history
    rows = history.filter(id=organization_id).order_by().values_list("name_en", flat=True)
    return set(rows.distinct())


ORGANIZATION = Said(page=_page)
POST = Said(related=("person", "organization"), page=_page_of_part)
AUTHORITY = Said(
    fields={"answered_by": _("answered by")}, related=("person", "organization"), page=_page_of_part
)
ENTRY = Said(
    fields={
        "answer": _("answer"),
        "signer": _("person who signed"),
        "signer_name": _("name under the signature"),
        "signer_title": _("title under the signature"),
        "signer_email": _("e-mail of the person who signed"),
        "signer_capacity": _("capacity of the person who signed"),
        "authority": _("authority to sign"),
        "number": _("number of the entry"),
        "organization_name": _("name of the organization on that day"),
        "instrument_file": _("file of the instrument"),
        "instrument_sha256": _("fingerprint of the instrument (SHA-256)"),
        "scope": _("what it covers"),
        "notifications_continue": _("notifications of allegations go on"),
        "breach_reference": _("reference of the breach"),
        "office_involved": _("the office takes part in the breach"),
    },
    related=("organization",),
    page=_page_of_entry,
)
ALIAS = Said(related=("organization",), page=_page_of_part)
PERSON = Said(page=lambda person, actor: reverse("person", args=[person.pk]))
SAID: dict[type[Model], Said] = {
    Organization: ORGANIZATION,
    OrganizationAlias: ALIAS,
    Person: PERSON,
    Post: POST,
    SigningAuthority: AUTHORITY,
    ParticipationEntry: ENTRY,
}
