"""The Wagtail page on which a draft is written: one block a paragraph, with revisions and comments.

The page is a workshop, not the text: it is never published, and what is endorsed is what was taken from it
into the draft. Purging its revisions, editing or unpublishing it changes no edition.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, ChoiceBlock, IntegerBlock, StructBlock, TextBlock
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester

from intranet.listing import listed

from . import blocks as b
from .blocks import Block, block_from

KIND_NAMES = {
    b.LETTERHEAD: _("Letterhead"),
    b.TITLE: _("Title"),
    b.HEADING: _("Heading"),
    b.PARAGRAPH: _("Paragraph"),
    b.ITEM: _("List item"),
    b.QUOTE: _("Quotation"),
    b.ENDORSEMENT: _("Endorsement"),
    b.FOOTNOTE: _("Footnote"),
    b.TABLE: _("Table"),
}

LOOKS = _(
    "A block whose text is changed here loses its bold, italic and links; every other block keeps them."
)


class ClauseBlock(StructBlock):
    """One block of the text (D2). Its id stays when words or number change."""

    text = TextBlock(label=_("text"), rows=3)
    number = CharBlock(label=_("printed number"), required=False, max_length=10)
    addresses = CharBlock(
        label=_("addresses"), required=False, help_text=_("Separated by commas, like 9.a, 9.b")
    )
    kind = ChoiceBlock(label=_("kind"), choices=list(KIND_NAMES.items()), default=b.PARAGRAPH)
    level = IntegerBlock(label=_("level"), default=1, min_value=0, max_value=9)
    section = CharBlock(label=_("section"), required=False, max_length=10)
    lang = ChoiceBlock(label=_("language"), choices=settings.LANGUAGES, default="en")
    block_id = CharBlock(
        label=_("stable id"), max_length=40, help_text=_("Leave it as it is; a new block gets a new one.")
    )

    class Meta:
        icon = "pilcrow"
        label = _("block")


class _Workshop(PagePermissionTester):
    """What is written here is taken into the draft by an act: no button of the admin gives it out or away."""

    def can_publish(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_submit_for_moderation(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        return False


class DraftPage(Page):
    """The workshop of one draft. Editors see it in the Wagtail admin; on the site it leads to the draft."""

    body = StreamField([("clause", ClauseBlock())], verbose_name=_("text"), blank=True)

    parent_page_types = ["protocol_pages.ProtocolPage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("body", help_text=LOOKS)]
    is_creatable = False  # begun from a draft, so that no text is without its base
    preview_modes: list[Any] = []  # the draft's own page shows it, against its base

    class Meta:
        verbose_name = _("draft of the protocol")

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return _Workshop(user, self)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Never live, by whatever way: a live page is found by everybody's search."""
        self.live, self.go_live_at = False, None
        return super().save(*args, **kwargs)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        draft = getattr(self, "draft", None)
        return redirect("protocol-draft", draft.pk) if draft is not None else redirect("protocol-editions")


def stream_of(text: Iterable[Block]) -> list[tuple[str, dict[str, Any]]]:
    """The blocks as the page holds them."""
    return [
        (
            "clause",
            {
                "text": block.text,
                "number": block.number,
                "addresses": listed(block.addresses),
                "kind": block.kind,
                "level": block.level,
                "section": block.section,
                "lang": block.lang,
                "block_id": block.id,
            },
        )
        for block in text
    ]


def blocks_on(page: DraftPage) -> Sequence[Block]:
    """The blocks of a page as it stands. Raises ``blocks.BadProtocolFile`` for an empty or odd one."""
    found = []
    for child in page.body:
        value = child.value
        addresses = [part.strip() for part in (value["addresses"] or "").split(",") if part.strip()]
        row = {name: value[name] for name in ("text", "number", "kind", "level", "section", "lang")}
        found.append(block_from(row | {"id": value["block_id"], "addresses": addresses}))
    return found
