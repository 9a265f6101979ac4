"""How far the accounts of an organization's people have come, and what the actor may do about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from audit.actors import Actor
from intranet.access.models import Invitation, User
from intranet.access.roles import COORDINATION, OFFICE_AND_ASSISTANTS, ORGANIZATION_POSTS, Capacity
from intranet.access.selectors import AccountRow, account_rows, invitations_that_came_back
from intranet.workflow.machine import Decision

from ..leaving.rules import lets_go
from ..models import Organization, Person, Post
from .rules import INVITERS, decisions


@dataclass(frozen=True)
class Shown:
    """One person's account as an organization's page shows it. ``row`` is None: there is no account."""

    row: AccountRow | None
    may_invite: bool
    may_report_lost: bool
    may_let_go: bool
    corrects_here: bool  # the Head of Agency; coordination and office do it on the person's page


def accounts_of(
    organization: Organization, people: Iterable[Person], actor: Actor, now: datetime
) -> dict[UUID, Shown]:
    """Of people with posts in the organization, by person. Six queries at most, whatever their number."""
    listed = list(dict.fromkeys(people))
    users = User.objects.filter(pk__in=[person.user_id for person in listed if person.user_id])
    rows = {row.user.pk: row for row in account_rows(now, users)}
    asked = [person.email for person in listed] if actor.capacity in INVITERS - COORDINATION else []
    answers = decisions(actor, asked, now) if asked else {}
    found = {}
    for person in listed:
        row = rows.get(person.user_id) if person.user_id else None
        own = actor.user_id is not None and person.user_id == actor.user_id
        found[person.pk] = Shown(
            row,
            may_invite=(row is None or row.may_be_invited)
            and (actor.capacity in COORDINATION or answers.get(person.email, Decision(False)).allowed),
            may_report_lost=row is not None and row.may_be_recovered and not own and _may_report(actor),
            may_let_go=not own and lets_go(actor, organization),
            corrects_here=actor.capacity == Capacity.HEAD_OF_AGENCY and row is not None,
        )
    return found


def _may_report(actor: Actor) -> bool:
    """Whether the way of the lost phone is worth offering; the policy is asked there."""
    return actor.capacity in COORDINATION | ORGANIZATION_POSTS | OFFICE_AND_ASSISTANTS


def came_back(organization: UUID | None = None) -> QuerySet[Invitation]:
    """Invitations to listed people that the address refused; of one organization or all."""
    found = invitations_that_came_back().filter(user__person__isnull=False).select_related("user__person")
    if organization is None:
        return found
    there = Post.objects.filter(person__user=OuterRef("user"), organization=organization)
    return found.filter(Exists(there))
