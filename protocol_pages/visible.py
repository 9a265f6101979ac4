"""The one filter of what a person may see of the published site: used by search, lists, files, everything (W4)."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField, Model, Q
from django.db.models.functions import Cast
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction, ReferenceIndex

from intranet.access.http import Request
from intranet.access.roles import Capacity
from intranet.network.once import once


def viewable_pages(request: HttpRequest, of: Any = Page.objects) -> Any:
    """Live pages that the request's person may open; restricted branches are left out with all below.

    ``of``: the manager of one kind of page, where only that kind is wanted.
    """
    pages = of.live().filter(depth__gt=1)
    closed = Q()
    restrictions = PageViewRestriction.objects.select_related("page")
    for restriction in once("page restrictions", lambda: list(restrictions)):
        if not restriction.accept_request(request):
            closed |= Q(path__startswith=restriction.page.path)
    return pages.exclude(closed) if closed else pages


def edits(request: Request) -> bool:
    """Whether the person sees what the admin shows: content editors and technical accounts."""
    return request.user.is_superuser or request.actor.capacity == Capacity.CONTENT_EDITOR


def may_have(request: Request, thing: Model) -> bool:
    """Whether a picture or file goes to the request's person: a live page that they may open shows it.

    Editors have what the admin shows them; for everybody else, what only a draft shows does not exist.
    """
    if edits(request):
        return True
    shown_on = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(thing),
        to_object_id=str(thing.pk),
    )
    ids = shown_on.values(page=Cast("object_id", IntegerField()))
    return bool(viewable_pages(request).filter(pk__in=ids).exists())
