"""Search, glossary, short addresses of the sections."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.clock import now
from intranet.clock.days import network_day
from intranet.network.models import NetworkSettings

from . import site_search
from .models import (
    GuidanceIndexPage,
    MeetingIndexPage,
    NewsIndexPage,
    ReportingChannelsPage,
    ResourceIndexPage,
)
from .reference import GlossaryTerm
from .visible import viewable_pages

LONGEST_QUERY = 100  # characters
SECTIONS = {
    "resources": ResourceIndexPage,
    "guidance": GuidanceIndexPage,
    "news": NewsIndexPage,
    "meetings": MeetingIndexPage,
    "how-to-report": ReportingChannelsPage,
}


@require_safe
@screen(_("Search in clauses, pages and glossary"), superuser=True)
def search(request: Request) -> HttpResponse:
    """Results say what they are; an empty search says what can be searched."""
    q = " ".join(request.GET.get("q", "").split())[:LONGEST_QUERY]
    network = NetworkSettings.current()
    today = network_day(now())
    found = site_search.find(request, q, today, request.actor.capacity)
    results = [(page, site_search.kind_of(page)) for page in found.pages]
    context = {"q": q, "found": found, "pages": results, "network": network}
    return render(request, "protocol_pages/search.html", context)


@require_safe
@screen(_("Glossary"), superuser=True)
def glossary(request: HttpRequest) -> HttpResponse:
    """All terms in use, with definition and source."""
    terms = GlossaryTerm.objects.filter(retired=False)
    return render(request, "protocol_pages/glossary.html", {"terms": terms})


@require_safe
@screen(_("A section of the published site"), superuser=True)
def section(request: HttpRequest, name: str) -> HttpResponse:
    """The section's page, wherever editors have put it in the tree."""
    page = viewable_pages(request).type(SECTIONS[name]).first()
    if page is None:
        raise Http404
    response: HttpResponse = page.specific.serve(request)
    return response
