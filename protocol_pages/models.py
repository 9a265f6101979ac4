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
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from .reference import GlossaryTerm, ResourceTheme
from .visible import viewable_pages

__all__ = [
    "GlossaryTerm",
    "GuidanceIndexPage",
    "GuidancePage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "ProtocolPage",
    "ReportingChannelsPage",
    "ResourceIndexPage",
    "ResourcePage",
    "ResourceTheme",
]

# Pictures come through ``pictures.picture`` alone (W2); no embeds of other hosts.
TEXT_FEATURES = ["h2", "h3", "bold", "ol", "ul", "hr", "link", "document-link", "image"]
PAGE_SIZE = 50  # rows of an index page
RTL = ("ar", "ckb")


class ResourceKind(models.TextChoices):
    """What a resource is; the words of the field's own library."""

    TRAINING = "training", _("Training material")
    GUIDANCE = "guidance", _("Guidance or handbook")
    TOOL = "tool", _("Tool or checklist")
    VIDEO = "video", _("Video")
    LAW = "law", _("Law")
    CARD = "card", _("Card or poster")
    REPORT = "report", _("Report")


class TextPage(Page):
    """A page with a language of its own, a summary and a text."""

    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    body = RichTextField(_("text"), features=TEXT_FEATURES, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("language"), FieldPanel("summary"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        abstract = True

    @property
    def direction(self) -> str:
        """Writing direction of the page's own language."""
        return "rtl" if self.language in RTL else "ltr"


class IndexPage(Page):
    """A page that lists the live pages below it."""

    intro = models.CharField(_("introduction"), max_length=300, blank=True)
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        abstract = True

    def listed(self, request: HttpRequest) -> Any:
        """The pages shown to this person, newest first."""
        return viewable_pages(request).child_of(self).specific().order_by("-first_published_at")[:PAGE_SIZE]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["pages"] = self.listed(request)
        return context


class HomePage(Page):
    """The root of the published site. People's home is the ledger; this only leads there."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "protocol_pages.ProtocolPage",
        "protocol_pages.ResourceIndexPage",
        "protocol_pages.GuidanceIndexPage",
        "protocol_pages.NewsIndexPage",
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


class ResourceIndexPage(IndexPage):
    """The library: training and other resources, filtered by theme, kind, language."""

    parent_page_types = ["protocol_pages.HomePage"]
    subpage_types = ["protocol_pages.ResourcePage"]

    class Meta:
        verbose_name = _("resource library")

    def listed(self, request: HttpRequest) -> Any:
        """Resources that fit ``?theme=&kind=&language=``; unknown values are ignored."""
        open_to_them = viewable_pages(request).child_of(self)
        rows = ResourcePage.objects.filter(pk__in=open_to_them).select_related("theme", "document")
        wanted = request.GET
        if wanted.get("kind") in ResourceKind.values:
            rows = rows.filter(kind=wanted["kind"])
        if wanted.get("language") in dict(settings.LANGUAGES):
            rows = rows.filter(language=wanted["language"])
        if wanted.get("theme"):
            rows = rows.filter(theme__name=wanted["theme"])
        return rows.order_by("-first_published_at")[:PAGE_SIZE]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context |= {
            "themes": ResourceTheme.objects.filter(retired=False),
            "kinds": ResourceKind.choices,
            "languages": settings.LANGUAGES,
            "filtered": any(request.GET.get(name) for name in ("theme", "kind", "language")),
        }
        return context


class ResourcePage(TextPage):
    """One resource: what it is, for whom, in which languages, and the file or address."""

    kind = models.CharField(_("kind"), max_length=20, choices=ResourceKind.choices)
    theme = models.ForeignKey(
        ResourceTheme, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    also_available_in = models.CharField(_("also available in"), max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    author = models.CharField(_("author or body"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=80, blank=True)
    size = models.CharField(_("size or length"), max_length=60, blank=True)
    document = models.ForeignKey(
        "wagtaildocs.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    external_url = models.URLField(_("address elsewhere"), blank=True)

    parent_page_types = ["protocol_pages.ResourceIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *TextPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("theme"),
                FieldPanel("also_available_in"),
                FieldPanel("year"),
                FieldPanel("author"),
                FieldPanel("country"),
                FieldPanel("size"),
            ],
            heading=_("About this resource"),
        ),
        FieldPanel("document"),
        FieldPanel("external_url"),
    ]
    search_fields = [*TextPage.search_fields, index.SearchField("author"), index.FilterField("kind")]

    class Meta:
        verbose_name = _("resource")


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
