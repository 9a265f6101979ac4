"""What is new among the published pages and editions, for everybody who may read them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction

from audit.actors import Actor
from intranet.clock.changes import Change, Row, Source, columns

KINDS = ("guidancepage", "resourcepage", "newspage", "meetingpage")


def pages(actor: Actor, since: datetime) -> QuerySet[Any]:
    """Guidance, resources, news and meetings that were published since. Pages of a restricted branch are left out
    for everybody: who may see them finds them in their section (W4)."""
    restricted = PageViewRestriction.objects.annotate(
        mine=ExpressionWrapper(OuterRef("path"), CharField())
    ).filter(mine__startswith=F("page__path"))
    published = Page.objects.live().filter(
        content_type__app_label="protocol_pages",
        content_type__model__in=KINDS,
        last_published_at__gt=since,
    )
    fresh = Case(
        When(first_published_at__gt=since, then=Value("new")),
        default=Value("changed"),
        output_field=CharField(),
    )
    return columns(
        published.filter(~Exists(restricted)),
        "last_published_at",
        ref="pk",
        label="title",
        word=fresh,
        more="url_path",
    )


def show_page(row: Row) -> Change:
    """New or changed, with the title that editors gave it."""
    sentence = _("New: %(title)s") if row.word == "new" else _("Changed: %(title)s")
    page = Page(pk=int(row.ref), url_path=row.more)
    return Change(sentence % {"title": row.label}, page.get_url() or reverse("home"), row.at)


SOURCES = (Source("pages", pages, show_page),)
