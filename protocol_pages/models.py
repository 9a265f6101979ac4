"""Wagtail pages: home, the protocol's entry, resources, guidance, news, how to report.

Content only: nothing here holds a figure or a governed decision. Wagtail keeps the pages' own history.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from .base import IndexPage, TextPage
from .data_pages import InitiativesPage, KeyFiguresPage, MilestonesPage
from .meeting_pages import MeetingIndexPage, MeetingPage
from .moderation import SecondEditorTask
from .reference import Area, GlossaryTerm, ResourceTheme
from .resource_pages import Audience, ResourceIndexPage, ResourceKind, ResourcePage
from .search_models import DocumentText, LinkState, PageText

__all__ = [
    "Area",
    "Audience",
    "DocumentText",
    "GlossaryTerm",
    "GuidanceIndexPage",
    "GuidancePage",
    "HomePage",
    "InitiativesPage",
    "KeyFiguresPage",
    "LinkState",
    "MeetingIndexPage",
    "MeetingPage",
    "MilestonesPage",
    "NewsIndexPage",
    "NewsPage",
    "PageText",
    "ProtocolPage",
    "ReportingChannelsPage",
    "ResourceIndexPage",
    "ResourceKind",
    "ResourcePage",
    "ResourceTheme",
    "SecondEditorTask",
]


class HomePage(Page):
    """The root of the published site. People's home is the ledger; this only leads there."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "protocol_pages.ProtocolPage",
        "protocol_pages.ResourceIndexPage",
        "protocol_pages.GuidanceIndexPage",
        "protocol_pages.NewsIndexPage",
        "protocol_pages.MeetingIndexPage",
        "protocol_pages.ReportingChannelsPage",
    ]

    class Meta:
        verbose_name = _("home page")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return redirect("home")


class ProtocolPage(Page):
    """The protocol's place in the page tree; the text itself is an edition, not a page body."""

    max_count = 1
    parent_page_types = ["protocol_pages.HomePage"]
    subpage_types = ["editions.DraftPage"]

    class Meta:
        verbose_name = _("protocol page")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return redirect("protocol")


class GuidanceIndexPage(IndexPage):
    """Guidance of the network."""

    parent_page_types = ["protocol_pages.HomePage"]
    subpage_types = ["protocol_pages.GuidancePage"]

    class Meta:
        verbose_name = _("guidance section")


class GuidancePage(TextPage):
    """One piece of guidance, citing the clause it explains."""

    clause = models.CharField(_("clause it explains"), max_length=20, blank=True)
    parent_page_types = ["protocol_pages.GuidanceIndexPage"]
    subpage_types: list[str] = []
    content_panels = [*TextPage.content_panels, FieldPanel("clause")]

    class Meta:
        verbose_name = _("guidance page")


class NewsIndexPage(IndexPage):
    """News and notices of the network."""

    parent_page_types = ["protocol_pages.HomePage"]
    subpage_types = ["protocol_pages.NewsPage"]

    class Meta:
        verbose_name = _("news section")


class NewsPage(TextPage):
    """One piece of news."""

    ages = False
    parent_page_types = ["protocol_pages.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("news page")


class ReportingChannelsPage(TextPage):
    """How to report: hotline and e-mail from the network's settings, never typed here by hand (trap 46)."""

    max_count = 1
    parent_page_types = ["protocol_pages.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("how to report")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"leave": settings.SAFE_EXIT_URL}
