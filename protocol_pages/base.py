"""What every page of ours shares: language, summary, text, the day to look at it again, the words for search."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PagePermissionTester
from wagtail.search import index

from intranet.access.editors import GROUP as EDITORS
from intranet.clock import now
from intranet.clock.days import network_day

from . import moderation, texts
from .editions.blocks import direction
from .visible import viewable_pages

# Pictures come through ``pictures.picture`` alone (W2); no embeds of other hosts.
TEXT_FEATURES = ["h2", "h3", "bold", "ol", "ul", "hr", "link", "document-link", "image"]
LOOKED_AT_AGAIN = timedelta(days=365)
PAGE_SIZE = 50  # rows of an index page
PLAIN_FEATURES = ["bold", "ol", "ul", "link", "document-link"]
# What the sections say when a site is new: it follows the interface's language until an editor writes something else.
FIRST_INTRODUCTIONS = (
    gettext_noop("Training and other resources, with language, theme, year and body."),
    gettext_noop("How the network works with the protocol. The protocol's text decides."),
    gettext_noop("Meetings of the network: when, where, agenda and minutes."),
)


class _SecondPair(PagePermissionTester):
    """Where two editors are named, news, guidance and meetings are published by the second one's approval."""

    def can_publish(self) -> bool:
        return bool(super().can_publish()) and not self._asks()

    def can_publish_subpage(self) -> bool:
        return bool(super().can_publish_subpage()) and not self._asks()

    def _asks(self) -> bool:
        return not self.user.is_superuser and moderation.asks_for_approval(self.page)


class KeptPageForm(WagtailAdminPageForm):
    """A page is kept by somebody who edits: the choice is small and shows no other account. A new one is looked at
    again after a year, unless its editor says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields.get("owner")
        if owner is not None:
            who = Q(groups__name=EDITORS, is_active=True) | Q(pk=self.instance.owner_id)
            owner.queryset = owner.queryset.filter(who).distinct()
        if self.instance.pk is None and getattr(self.instance, "ages", False):
            self.initial["review_on"] = network_day(now()) + LOOKED_AT_AGAIN


class Moderated:
    """Approval is offered where a second editor is there to give it, and asked for there."""

    @property
    def has_workflow(self) -> bool:
        """Wagtail asks it before it offers to send a page in."""
        return bool(super().has_workflow) and moderation.asks_for_approval(self)  # type: ignore[misc]

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return _SecondPair(user, self)


class TextPage(Moderated, Page):
    """A page with a language of its own, a summary and a text. Its owner (Wagtail's) keeps it correct."""

    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    body = RichTextField(_("text"), features=TEXT_FEATURES, blank=True)
    review_on = models.DateField(
        _("look at it again by"),
        null=True,
        blank=True,
        help_text=_("Its owner is asked on that day whether it is still correct."),
    )

    ages: ClassVar[bool] = True  # somebody asks after a year whether it is still correct
    base_form_class = KeptPageForm
    content_panels = [*Page.content_panels, FieldPanel("language"), FieldPanel("summary"), FieldPanel("body")]
    settings_panels = [
        *Page.settings_panels,
        MultiFieldPanel([FieldPanel("owner"), FieldPanel("review_on")], heading=_("Who keeps it correct")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        abstract = True

    @property
    def direction(self) -> str:
        """Writing direction of the page's own language."""
        return direction(self.language)

    def spoken(self) -> texts.Spoken:
        """The words by which search finds the page."""
        return texts.Spoken(self.title, self.summary, texts.plain(self.body))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The row holds what is published; a newer draft lies in its revision and is not searched."""
        super().save(*args, **kwargs)
        if kwargs.get("update_fields") is None:
            texts.keep(self.pk, self.spoken())


class IndexPage(Moderated, Page):
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
