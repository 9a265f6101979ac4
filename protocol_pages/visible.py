"""The one filter of what a person may see of the published site: used by search, lists, everything (W4)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction


def viewable_pages(request: HttpRequest, of: Any = Page.objects) -> Any:
    """Live pages that the request's person may open; restricted branches are left out with all below.

    ``of``: the manager of one kind of page, where only that kind is wanted.
    """
    pages = of.live().filter(depth__gt=1)
    closed = Q()
    for restriction in PageViewRestriction.objects.select_related("page"):
        if not restriction.accept_request(request):
            closed |= Q(path__startswith=restriction.page.path)
    return pages.exclude(closed) if closed else pages
