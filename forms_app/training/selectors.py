"""Training by organization and of the network. The number of queries does not grow with either."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from intranet.network.models import NetworkSettings
from signatories.models import Kind, Organization

from . import sums
from .models import ComplianceReturn, SessionState, TrainingSession

NOT_MEMBERS = (Kind.OFFICE, Kind.COORDINATION)


def sessions_of(organization: UUID) -> QuerySet[TrainingSession]:
    """Sessions of one organization, the newest first; struck ones too, which are shown as such."""
    return TrainingSession.objects.filter(organization=organization)


def regular_since(day: date) -> date:
    """Who held no session since this day is not regular (months are a setting, network practice)."""
    months = int(settings.TRAINING_REGULARITY_MONTHS)
    index = day.year * 12 + day.month - 1 - months
    first = date(index // 12, index % 12 + 1, 1)
    return first + timedelta(days=min(day.day, 28) - 1)


def newest_returns(year: int) -> QuerySet[ComplianceReturn]:
    """The return of each organization that counts for a year."""
    newest = (
        ComplianceReturn.objects.filter(organization=OuterRef("organization"), year=year)
        .order_by("-number")
        .values("pk")[:1]
    )
    return ComplianceReturn.objects.filter(year=year, pk=Subquery(newest))


@dataclass(frozen=True)
class Standing:
    """One organization: its rate of the year, its last session, whether it is regular."""

    organization: Organization
    rate: sums.Rate | None
    as_of: date | None
    last_session: date | None
    regular: bool


@dataclass(frozen=True)
class NetworkStanding:
    """All organizations of a year. ``whole`` None: fewer organizations than a figure needs (D31)."""

    rows: list[Standing]
    whole: sums.Rate | None
    sent: int


def standing(year: int, day: date) -> NetworkStanding:
    """Two queries and the settings."""
    held = Q(training_sessions__state=SessionState.RECORDED, training_sessions__held_on__lte=day)
    organizations = (
        Organization.objects.exclude(kind__in=NOT_MEMBERS)
        .filter(Q(active_to__isnull=True) | Q(active_to__gte=day), active_from__lte=day)
        .annotate(last_session=Max("training_sessions__held_on", filter=held))
        .order_by("name_en")
    )
    returns = {row.organization_id: row for row in newest_returns(year)}
    since = regular_since(day)
    rows = []
    for organization in organizations:
        sent = returns.get(organization.pk)
        rows.append(
            Standing(
                organization,
                sums.rate(sent.figures) if sent else None,
                sent.as_of if sent else None,
                organization.last_session,
                organization.last_session is not None and organization.last_session >= since,
            )
        )
    given = [row.rate for row in rows if row.rate is not None]
    enough = len(given) >= NetworkSettings.current().minimum_contributors
    return NetworkStanding(rows, sums.together(given) if enough else None, len(given))
