"""The library's pages: resources with the metadata row that people of this field know (ux.md 0)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from . import documents, shelves, texts
from .base import IndexPage, TextPage
from .reference import Area, ResourceTheme


class ResourceKind(models.TextChoices):
    """What a resource is; the words of the field's own library."""

    TRAINING = "training", _("Course or training material")
    GUIDANCE = "guidance", _("Guide or handbook")
    TOOL = "tool", _("Tool or checklist")
    VIDEO = "video", _("Video")
    LAW = "law", _("Law")
    POLICY = "policy", _("Policy or standard")
    CARD = "card", _("Card or poster")
    REPORT = "report", _("Report")
    PLATFORM = "platform", _("Website or platform")


class Audience(models.TextChoices):
    """For whom a resource is made."""

    EVERYBODY = "everybody", _("Everybody")
    FOCAL_POINTS = "focal_points", _("Focal points")
    TRAINERS = "trainers", _("Trainers")
    MANAGERS = "managers", _("Managers and Heads of Agency")
    PARTNERS = "partners", _("Implementing partners")
    COMMUNITIES = "communities", _("Communities")


class ResourceIndexPage(IndexPage):
    """The library: resources with facets and search, and the registers beside them."""

    parent_page_types = ["protocol_pages.HomePage"]
    subpage_types = [
        "protocol_pages.ResourcePage",
        "protocol_pages.MilestonesPage",
        "protocol_pages.InitiativesPage",
        "protocol_pages.KeyFiguresPage",
    ]

    class Meta:
        verbose_name = _("resource library")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super(IndexPage, self).get_context(request, *args, **kwargs)
        return context | shelves.shelf(request, self)


class ResourcePage(TextPage):
    """One resource in one language: what it is, for whom, and the file or address."""

    kind = models.CharField(_("kind"), max_length=20, choices=ResourceKind.choices)
    area = models.CharField(_("area"), max_length=20, choices=Area.choices, blank=True)
    theme = models.ForeignKey(
        ResourceTheme, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    tags = ParentalManyToManyField(
        ResourceTheme, blank=True, related_name="tagged", verbose_name=_("further themes")
    )
    also_available_in = models.CharField(
        _("also available in"),
        max_length=120,
        blank=True,
        help_text=_("Languages in which others have it; what is in this library is found by itself."),
    )
    translation_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("the same resource in its first language"),
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    author = models.CharField(_("author or body"), max_length=200, blank=True)
    country = models.CharField(
        _("country"), max_length=80, blank=True, help_text=_("Empty: for every country")
    )
    article = models.CharField(_("article"), max_length=80, blank=True, help_text=_("Of a law"))
    audience = models.CharField(
        _("for whom"), max_length=20, choices=Audience.choices, default=Audience.EVERYBODY, blank=True
    )
    size = models.CharField(_("size or length"), max_length=60, blank=True)
    document = models.ForeignKey(
        "wagtaildocs.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    external_url = models.URLField(_("address elsewhere"), max_length=500, blank=True)
    source_note = models.CharField(
        _("note on the source"),
        max_length=400,
        blank=True,
        help_text=_("Where this entry comes from, and what in the source does not fit together"),
    )

    parent_page_types = ["protocol_pages.ResourceIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *TextPage.content_panels,
        FieldPanel("document"),
        FieldPanel("external_url"),
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("area"),
                FieldPanel("theme"),
                FieldPanel("tags"),
                FieldPanel("translation_of"),
                FieldPanel("also_available_in"),
                FieldPanel("year"),
                FieldPanel("author"),
                FieldPanel("country"),
                FieldPanel("article"),
                FieldPanel("audience"),
                FieldPanel("size"),
                FieldPanel("source_note"),
            ],
            heading=_("About this resource"),
        ),
    ]
    search_fields = [*TextPage.search_fields, index.SearchField("author"), index.FilterField("kind")]

    class Meta:
        verbose_name = _("resource")
        indexes = [
            models.Index(fields=["kind"], name="resource_kind"),
            models.Index(fields=["language"], name="resource_language"),
        ]

    def clean(self) -> None:
        super().clean()
        first = self.translation_of
        if first is not None and first.pk == self.pk:
            raise ValidationError({"translation_of": gettext("A page is not a translation of itself.")})
        if first is not None and first.language == self.language:
            raise ValidationError(
                {"translation_of": gettext("Both pages are in one language. Change the language of one.")}
            )
        if first is not None and first.translation_of_id is not None:
            raise ValidationError(
                {"translation_of": gettext("Choose the page of the first language, not another translation.")}
            )

    def themes(self) -> list[ResourceTheme]:
        """The theme and the further ones, each once."""
        first = [self.theme] if self.theme is not None else []
        return first + [tag for tag in self.tags.all() if tag.pk != self.theme_id] if self.pk else first

    def spoken(self) -> texts.Spoken:
        said = super().spoken()
        themes = self.themes()
        about = [said.about, self.author, self.country, self.article, str(self.year or "")]
        about += [name for theme in themes for name in (theme.name, theme.name_ar, theme.name_ckb)]
        file = documents.text_of(self.document) if self.document is not None else ""
        return texts.Spoken(said.title, " ".join(about), said.body, file)

    @property
    def elsewhere(self) -> str:
        """The country that it is about, where that is another one than the network's (trap 47)."""
        from intranet.network.models import NetworkSettings

        own = NetworkSettings.current().country
        return self.country if self.country and self.country != own else ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"others": shelves.in_other_languages(request, self), "themes": self.themes()}
