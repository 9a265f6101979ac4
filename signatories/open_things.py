"""What is open on this floor for one person: successions, authorities, rounds. They come with Home's first query."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from audit.actors import Actor
from intranet.access.roles import COORDINATION, OFFICE_AND_ASSISTANTS
from intranet.clock import pulse

from .invitations.models import EndorsementInvitation, InvitationRound, RoundState
from .models import AuthorityState, EntryKind, ParticipationEntry, Post, SigningAuthority
from .names import shown_name
from .selectors import counting_authorities
from .succession.models import OPEN, IdentityCheck, Succession, SuccessionLetter
from .succession.policy import side_of

_NETWORK = COORDINATION | OFFICE_AND_ASSISTANTS


class What(StrEnum):
    """Which kind of thing is open."""

    SUCCESSION = "succession"
    AUTHORITY = "authority"
    ROUND = "round"
    INVITATION = "invitation"


@dataclass(frozen=True, slots=True)
class OpenThing:
    """One open thing. ``mine``: the actor recorded it or may not speak about it; ``done``: the own part is done.

    ``name``: the organization's in the reader's language, or the edition's label.

    ``since``, ``ends_at``: UTC; ``day``: date of the network's time zone; ``count`` of ``total``: of a round.
    Of the own invitation to endorse: ``count`` is the edition's number, ``mine`` whether an authority names
    the actor.
    """

    what: What
    pk: UUID
    name: str
    state: str
    since: datetime
    ends_at: datetime | None
    day: date | None
    mine: bool
    done: bool
    count: int
    total: int


# Names of the columns by field; those of the models would be in the way.
_NAMED = {field.name: f"c_{field.name}" for field in fields(OpenThing) if field.name != "what"}


def counts(actor: Actor, day: date) -> dict[str, Any]:
    """The open things of each kind, as columns of Home's first query; none for whom there never is one."""
    kinds = _kinds(actor, day)
    return {
        f"open_{what}": pulse.rows_of(rows.order_by("c_since", "c_pk"), **_NAMED)
        for what, rows in kinds.items()
    }


def open_things(actor: Actor, now: datetime) -> list[OpenThing]:
    """What is open for the actor: everything for coordination and office, the own organization's for others."""
    return [_thing(what, row) for what in What for row in pulse.rows(f"open_{what}", actor, now)]


def _thing(what: What, row: dict[str, Any]) -> OpenThing:
    ends_at, day = row["ends_at"], row["day"]
    read = row | {
        "pk": UUID(row["pk"]),
        "since": datetime.fromisoformat(row["since"]),
        "ends_at": None if ends_at is None else datetime.fromisoformat(ends_at),
        "day": None if day is None else date.fromisoformat(day),
    }
    return OpenThing(what, **read)


def _kinds(actor: Actor, day: date) -> dict[What, QuerySet[Any]]:
    if actor.capacity in _NETWORK:
        return {
            What.SUCCESSION: _successions(actor, day),
            What.AUTHORITY: _authorities(actor),
            What.ROUND: _rounds(),
        }
    own = actor.organization_id
    if own is None:
        return {}
    return {
        What.SUCCESSION: _successions(actor, day, own),
        What.AUTHORITY: _authorities(actor, own),
        What.INVITATION: _invitation(actor, day, own),
    }


def _columns(rows: QuerySet[Any], **columns: Any) -> QuerySet[Any]:
    return rows.annotate(**{_NAMED[name]: value for name, value in columns.items()})


def _no(kind: Any) -> Value:
    return Value(None, output_field=kind())


def _successions(actor: Actor, day: date, organization: UUID | None = None) -> QuerySet[Any]:
    rows = Succession.objects.filter(state__in=OPEN)
    if organization is not None:
        rows = rows.filter(organization=organization)
    who = actor.user_id
    letters = SuccessionLetter.objects.filter(
        succession=OuterRef("pk"), number=OuterRef("letters"), by_id=who
    )
    posts = Post.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        begins_on__lte=day,
        organization=OuterRef("organization"),
        person__user=who,
    )
    checks = IdentityCheck.objects.filter(succession=OuterRef("pk"), letter=OuterRef("letters"))
    named = Q(successor__user=who) | Q(former__user=who)
    party = named | Q(Exists(posts)) if organization is None else named
    wrote = letters if organization is not None else letters.filter(received_how="")
    return _columns(
        rows,
        pk=F("pk"),
        name=shown_name(),
        state=F("state"),
        since=Coalesce(F("counted_from"), F("opened_at")),
        ends_at=F("ends_at"),
        day=F("last_day"),
        mine=_either(party | Q(Exists(wrote))),
        done=Exists(checks.filter(Q(side=side_of(actor)) | Q(by_id=who))),
        count=Value(0, IntegerField()),
        total=Value(0, IntegerField()),
    )


def _either(condition: Q) -> Any:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _authorities(actor: Actor, organization: UUID | None = None) -> QuerySet[Any]:
    rows = SigningAuthority.objects.filter(state=AuthorityState.WAITING)
    if organization is not None:
        rows = rows.filter(organization=organization)
    who = actor.user_id
    return _columns(
        rows,
        pk=F("organization_id"),
        name=shown_name(),
        state=F("state"),
        since=F("recorded_at"),
        ends_at=_no(DateTimeField),
        day=_no(DateField),
        mine=_either(Q(recorded_by_id=who) | Q(person__user=who)),
        done=Value(False, BooleanField()),
        count=Value(0, IntegerField()),
        total=Value(0, IntegerField()),
    )


def _rounds() -> QuerySet[Any]:
    invited = EndorsementInvitation.objects.filter(round=OuterRef("pk")).order_by()
    since = Q(effective_on__gte=OuterRef("invited_on")) | Q(recorded_at__gte=OuterRef("invited_at"))
    signed = ParticipationEntry.objects.filter(
        since,  # a paper that was signed before the invitation counts when it comes
        organization=OuterRef("organization"),
        kind=EntryKind.ENDORSED,
        in_effect=True,
        edition_number__gte=OuterRef("round__edition_number"),
    )
    return _columns(
        InvitationRound.objects.filter(state=RoundState.OPEN),
        pk=F("pk"),
        name=F("edition_label"),
        state=F("state"),
        since=F("opened_at"),
        ends_at=_no(DateTimeField),
        day=F("due_on"),
        mine=Value(False, BooleanField()),
        done=Value(False, BooleanField()),
        count=_counted(invited.filter(Exists(signed))),
        total=_counted(invited),
    )


def _invitation(actor: Actor, day: date, organization: UUID) -> QuerySet[Any]:
    named = counting_authorities(day).filter(organization=organization, person__user=actor.user_id)
    return _columns(
        EndorsementInvitation.objects.filter(organization=organization, round__state=RoundState.OPEN),
        pk=F("round_id"),
        name=F("round__edition_label"),
        state=F("round__state"),
        since=F("invited_at"),
        ends_at=_no(DateTimeField),
        day=F("round__due_on"),
        mine=Exists(named),
        done=Value(False, BooleanField()),
        count=F("round__edition_number"),
        total=Value(0, IntegerField()),
    )


def _counted(rows: QuerySet[Any]) -> Any:
    counted = rows.values("round").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
