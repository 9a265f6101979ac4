"""What is due in the care of pages. Days are dates in the network's time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Q, QuerySet

from ..models import DocumentText, GuidancePage, LinkState, MeetingPage, NewsPage, ResourcePage
from .models import CheckState, PageCheck

TOLD_AFTER = 2  # tries in a row that failed
KINDS = (ResourcePage, GuidancePage, NewsPage, MeetingPage)


def open_problems() -> QuerySet[PageCheck]:
    """What readers said and nobody has settled."""
    return PageCheck.objects.filter(state=CheckState.OPEN).order_by("at")


def broken() -> QuerySet[LinkState]:
    """Addresses of live pages that failed twice in a row."""
    found = LinkState.objects.filter(failures__gte=TOLD_AFTER, page__live=True)
    return found.select_related("page", "page__owner").order_by("broken_since")


def unread() -> QuerySet[DocumentText]:
    """Files whose text nobody can search, with the reason."""
    return DocumentText.objects.exclude(trouble="").select_related("document")


@dataclass(frozen=True)
class ToReview:
    """A live page with the day by which its owner looks at it again."""

    page: Any
    on: date


def reviews() -> list[ToReview]:
    """Every live page with a day to look at it again, soonest first. One query a kind, one for confirmations."""
    confirmed = dict(
        PageCheck.objects.filter(state=CheckState.CONFIRMED)
        .order_by()
        .values("page")
        .annotate(newest=Max("next_on"))
        .values_list("page", "newest")
    )
    found = []
    for kind in KINDS:
        dated = Q(review_on__isnull=False) | Q(pk__in=list(confirmed))
        for page in kind.objects.live().filter(dated).select_related("owner"):
            days = [day for day in (page.review_on, confirmed.get(page.pk)) if day is not None]
            if days:
                found.append(ToReview(page, max(days)))
    return sorted(found, key=lambda row: (row.on, row.page.title))
