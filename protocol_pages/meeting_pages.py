"""Meetings of the network: when, where, agenda, minutes for members."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from intranet.clock import now
from intranet.network.models import NetworkSettings

from . import agenda, texts
from .base import PAGE_SIZE, PLAIN_FEATURES, IndexPage, KeptPageForm, TextPage
from .visible import viewable_pages


class AgendaItem(blocks.StructBlock):
    """One item; a clause where the protocol asks for it."""

    title = blocks.CharBlock(label=_("Item"), max_length=200)
    clause = blocks.CharBlock(label=_("Clause"), required=False, max_length=20)
    who = blocks.CharBlock(label=_("Presented by (a function, no name)"), required=False, max_length=120)
    note = blocks.TextBlock(label=_("Note"), required=False, max_length=600)

    class Meta:
        label = _("Agenda item")


class MeetingIndexPage(IndexPage):
    """Meetings, the next one first."""

    parent_page_types = ["protocol_pages.HomePage"]
    subpage_types = ["protocol_pages.MeetingPage"]

    class Meta:
        verbose_name = _("meetings section")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super(IndexPage, self).get_context(request, *args, **kwargs)
        meetings = viewable_pages(request, MeetingPage.objects).child_of(self)
        today = now()
        coming = meetings.filter(begins_at__gte=today).order_by("begins_at")[:PAGE_SIZE]
        held = meetings.filter(begins_at__lt=today).order_by("-begins_at")[:PAGE_SIZE]
        return context | {"coming": coming, "held": held}


class NetworkHourField(forms.DateTimeField):
    """An instant, typed and shown as the clocks of the network's country say it."""

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(NetworkSettings.current().zone()):
            return super().prepare_value(value)

    def to_python(self, value: Any) -> Any:
        with timezone.override(NetworkSettings.current().zone()):
            return super().to_python(value)


class MeetingPageForm(KeptPageForm):
    """Who announces a meeting writes the hour at which people meet, whatever zone the server keeps."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("begins_at", "ends_at"):
            given = self.fields[name]
            self.fields[name] = NetworkHourField(
                required=given.required,
                widget=given.widget,
                help_text=gettext("As the clocks show it there: time zone %s")
                % NetworkSettings.current().time_zone,
            )


class MeetingPage(TextPage):
    """One meeting. Times are instants; pages show them in the network's time zone."""

    begins_at = models.DateTimeField(_("begins (UTC)"))
    ends_at = models.DateTimeField(_("ends (UTC)"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    agenda = StreamField([("item", AgendaItem())], blank=True, verbose_name=_("agenda"))
    minutes = RichTextField(
        _("minutes for members"),
        features=PLAIN_FEATURES,
        blank=True,
        help_text=_("Decisions and tasks. No names of persons of an allegation, no figures (§4.g)."),
    )
    minutes_document = models.ForeignKey(
        "wagtaildocs.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("minutes as a file"),
    )

    parent_page_types = ["protocol_pages.MeetingIndexPage"]
    subpage_types: list[str] = []
    ages = False
    base_form_class = MeetingPageForm
    content_panels = [
        *TextPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("begins_at", heading=_("Begins")),
                FieldPanel("ends_at", heading=_("Ends")),
                FieldPanel("place"),
            ],
            heading=_("When and where"),
        ),
        FieldPanel("agenda"),
        MultiFieldPanel([FieldPanel("minutes"), FieldPanel("minutes_document")], heading=_("Minutes")),
    ]

    class Meta:
        verbose_name = _("meeting")
        indexes = [models.Index(fields=["begins_at"], name="meeting_begins")]

    def clean(self) -> None:
        super().clean()
        if self.ends_at is not None and self.begins_at is not None and self.ends_at <= self.begins_at:
            raise ValidationError(
                {"ends_at": gettext("The meeting ends before it begins. Correct one of them.")}
            )

    def spoken(self) -> texts.Spoken:
        said = super().spoken()
        told = self.agenda.stream_block.get_searchable_content(self.agenda)
        minutes = texts.plain(self.minutes)
        return texts.Spoken(
            said.title, f"{said.about} {self.place}", " ".join([said.body, *map(str, told), minutes])
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        actor = getattr(request, "actor", None)
        added = agenda.items_for(self, actor, now()) if actor is not None else []
        return context | {"items": [item.value for item in self.agenda], "added": added}
