"""Registers that editors keep as lists of entries: milestones, initiatives with dated entries, key figures.

They are global history, never the network's own record (trap 47): each page says so in its own words.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from . import texts
from .base import TextPage


class Milestone(blocks.StructBlock):
    """Year, body, what, source."""

    year = blocks.IntegerBlock(label=_("Year"), min_value=1900, max_value=2100)
    when = blocks.CharBlock(label=_("Day or month, as the source says"), required=False, max_length=60)
    body = blocks.CharBlock(label=_("Body"), max_length=80)
    what = blocks.TextBlock(label=_("What happened"), max_length=600)
    source = blocks.CharBlock(label=_("Source"), max_length=300)

    class Meta:
        label = _("Milestone")


class StatusEntry(blocks.StructBlock):
    """One thing said about an initiative as of a day; a number where the source counts something."""

    as_of = blocks.CharBlock(label=_("As of"), required=False, max_length=80)
    text = blocks.CharBlock(label=_("What stands"), max_length=400)
    number = blocks.IntegerBlock(label=_("Number"), required=False)
    unit = blocks.CharBlock(label=_("What is counted"), required=False, max_length=120)

    class Meta:
        label = _("Status")


class Initiative(blocks.StructBlock):
    """One numbered initiative of a pillar with its dated status entries."""

    number = blocks.IntegerBlock(label=_("Number in the source"), min_value=1)
    title = blocks.CharBlock(label=_("Title"), max_length=300)
    owner = blocks.CharBlock(label=_("Who"), required=False, max_length=200)
    link = blocks.URLBlock(label=_("Address"), required=False)
    entries = blocks.ListBlock(StatusEntry(), label=_("Status entries"))

    class Meta:
        label = _("Initiative")


class Pillar(blocks.StructBlock):
    """A heading of the source with its initiatives."""

    name = blocks.CharBlock(label=_("Pillar"), max_length=200)
    initiatives = blocks.ListBlock(Initiative(), label=_("Initiatives"))

    class Meta:
        label = _("Pillar")


class KeyFigure(blocks.StructBlock):
    """A number as the source says it, and what in the source does not fit it."""

    figure = blocks.CharBlock(label=_("Figure, as printed"), max_length=60)
    what = blocks.CharBlock(label=_("What it counts"), max_length=400)
    as_of = blocks.CharBlock(label=_("As of"), required=False, max_length=80)
    parts = blocks.CharBlock(label=_("Its parts, as printed"), required=False, max_length=300)
    note = blocks.TextBlock(label=_("What does not fit together"), required=False, max_length=600)

    class Meta:
        label = _("Key figure")


class RegisterPage(TextPage):
    """A page whose entries stand in ``entries``."""

    entries: Any
    parent_page_types = ["protocol_pages.ResourceIndexPage"]
    subpage_types: list[str] = []
    content_panels = [*TextPage.content_panels, FieldPanel("entries")]

    class Meta:
        abstract = True

    def spoken(self) -> texts.Spoken:
        said = super().spoken()
        told = self.entries.stream_block.get_searchable_content(self.entries)
        return texts.Spoken(said.title, said.about, " ".join([said.body, *map(str, told)]))


class MilestonesPage(RegisterPage):
    """Milestones by year; ``?body=`` filters."""

    entries = StreamField([("milestone", Milestone())], blank=True, verbose_name=_("milestones"))

    class Meta:
        verbose_name = _("milestones")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        rows = sorted((entry.value for entry in self.entries), key=lambda row: row["year"])
        bodies = sorted({row["body"] for row in rows})
        body = request.GET.get("body", "")
        if body in bodies:
            rows = [row for row in rows if row["body"] == body]
        return context | {"rows": rows, "bodies": bodies, "body": body}


class InitiativesPage(RegisterPage):
    """Initiatives under their pillars, each with dated entries instead of one status."""

    entries = StreamField([("pillar", Pillar())], blank=True, verbose_name=_("pillars"))

    class Meta:
        verbose_name = _("initiatives")


class KeyFiguresPage(RegisterPage):
    """Figures of a report as printed, with what in it does not fit together."""

    entries = StreamField([("figure", KeyFigure())], blank=True, verbose_name=_("figures"))

    class Meta:
        verbose_name = _("key figures")
