"""What is due in the care of pages. Days are dates in the network's time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from wagtail.models import Page

from intranet.access import editors
from intranet.access.models import User

from ..base import TextPage
from ..models import DocumentText, LinkState, ResourcePage
from .models import CheckState, PageCheck

TOLD_AFTER = 2  # tries in a row that failed


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


def of_changed_files() -> QuerySet[ResourcePage]:
    """Ids of resources whose file an editor has replaced since search read it."""
    read = F("document__read_text__file_hash")
    replaced = ResourcePage.objects.exclude(document__file_hash="").exclude(document__file_hash=read)
    return replaced.filter(document__read_text__isnull=False).order_by().values("pk")


@dataclass(frozen=True)
class ToReview:
    """A live page with the day by which it is looked at again. ``keeper``: its owner, while that person edits."""

    page: Any
    on: date
    keeper: User | None


def reviews(now: datetime) -> list[ToReview]:
    """Every live page with a day to look at it again, soonest first. Few queries, whatever the number."""
    given = PageCheck.objects.filter(state=CheckState.CONFIRMED)
    confirmed = dict(given.order_by("page", "-at").distinct("page").values_list("page", "next_on"))
    day = Coalesce(*[F(f"{kind._meta.model_name}__review_on") for kind in text_pages()])
    pages = Page.objects.live().annotate(review_on=day).select_related("owner")
    dated = pages.filter(Q(review_on__isnull=False) | Q(pk__in=list(confirmed)))
    editing = {user.pk for user in editors.named(now)}
    found = []
    for page in dated:
        days = [on for on in (page.review_on, confirmed.get(page.pk)) if on is not None]
        if days:
            found.append(ToReview(page, max(days), page.owner if page.owner_id in editing else None))
    return sorted(found, key=lambda row: (row.on, row.page.title))


def next_look(page: TextPage) -> date | None:
    """The day by which one page is looked at again: the editor's, or a later one that its owner gave last."""
    given = PageCheck.objects.filter(page=page.pk, state=CheckState.CONFIRMED).order_by("-at")
    last = given.values_list("next_on", flat=True).first()
    return max((on for on in (page.review_on, last) if on is not None), default=None)


def keeper_of(page: int, now: datetime) -> User | None:
    """The page's owner, while that person edits."""
    owner = Page.objects.filter(pk=page).values_list("owner_id", flat=True).first()
    return next((user for user in editors.named(now) if user.pk == owner), None)


def text_pages() -> list[type[TextPage]]:
    """Every kind of page that has an owner and a day to look at it again."""
    return [kind for kind in apps.get_models() if issubclass(kind, TextPage)]
