"""Who may speak as signer on a day: the individual who signed, or the recorded successor (§9.i, footnote 5).

The only place that answers it: capacities, policies, guards and the ledger of participation ask here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from .models import EntryKind, Organization, ParticipationEntry, Person
from .succession.models import Succession, SuccessionLetter, SuccessionState


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who may speak as signer for an organization, as text and, where there is one, as a person.

    ``endorsement`` still names the individual who signed; ``authority``: by which instrument the right
    passed on, empty for that individual.
    """

    endorsement: ParticipationEntry
    person: Person | None
    name: str
    title: str
    email: str
    authority: str = ""

    @property
    def user_id(self) -> UUID | None:
        """The account of the person, None where there is none."""
        return self.person.user_id if self.person is not None else None

    def is_named(self, name: str, person: Person | None) -> bool:
        """Whether a record speaks of this very person; by name only where no person is known."""
        if person is not None and self.person is not None:
            return person.pk == self.person.pk
        return same_name(name, self.name)


def same_name(one: str, other: str) -> bool:
    """Whether two written names are the same, whatever their spaces and capitals."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def speaking(day: date) -> QuerySet[Any]:
    """The endorsement that binds (or bound last) on ``day``, one row an organization.

    Annotated with ``succession_id`` (the newest complete succession of it in effect that day, or None)
    and ``speaker_id`` (the person who may speak as signer). It outlasts posts and even the withdrawal.
    """
    endorsed = ParticipationEntry.objects.filter(
        kind=EntryKind.ENDORSED, in_effect=True, effective_on__lte=day
    )
    later = endorsed.filter(organization=OuterRef("organization")).filter(
        Q(effective_on__gt=OuterRef("effective_on"))
        | Q(effective_on=OuterRef("effective_on"), number__gt=OuterRef("number"))
    )
    passed_on = complete(day).filter(endorsement=OuterRef("pk"))
    return endorsed.filter(~Exists(later)).annotate(
        succession_id=Subquery(passed_on.values("pk")[:1]),
        speaker_id=Coalesce(
            Subquery(passed_on.values("successor")[:1]), F("signer_id"), output_field=UUIDField()
        ),
    )


def complete(day: date) -> QuerySet[Succession]:
    """Successions in effect on a day, the one that counts first."""
    return Succession.objects.filter(state=SuccessionState.COMPLETE, effective_on__lte=day).order_by(
        "-effective_on", "-completed_at"
    )


def speaking_as(user: UUID, day: date) -> QuerySet[Any]:
    """The endorsements under which an account may speak as signer on a day."""
    passed_on = Succession.objects.filter(
        endorsement=OuterRef("pk"), successor__user=user, state=SuccessionState.COMPLETE
    )
    # The first condition keeps the search to the few rows that name the account at all.
    mine = speaking(day).filter(Q(signer__user=user) | Exists(passed_on))
    return mine.filter(speaker_id__in=Person.objects.filter(user=user).values("pk"))


def speaker_on(organization: Organization, day: date) -> Speaker | None:
    """Who may speak as signer for ``organization`` on a day, None before any endorsement. Two queries at most."""
    found: Any = speaking(day).filter(organization=organization).select_related("signer__user").first()
    if found is None:
        return None
    if found.succession_id is None:
        return Speaker(found, found.signer, found.signer_name, found.signer_title, found.signer_email)
    letter = (
        SuccessionLetter.objects.filter(succession=found.succession_id)
        .select_related("succession__successor")
        .order_by("-number")[0]
    )
    return Speaker(
        found,
        letter.succession.successor,
        letter.successor_name,
        letter.successor_title,
        letter.successor_email,
        letter.instrument,
    )
