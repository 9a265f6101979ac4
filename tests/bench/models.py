"""A page of the protocol's blocks as Wagtail's documentation builds one: StreamField and include_block."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import Page


class ClauseBlock(StructBlock):
    """One clause: its printed number and its text."""

    number = CharBlock(required=False)
    text = RichTextBlock()

    class Meta:
        template = "bench/clause.html"


class StockPage(Page):
    """The same text on a stock page; ``framed`` puts it into the intranet's own frame."""

    body = StreamField([("heading", CharBlock(form_classname="title")), ("clause", ClauseBlock())])
    framed = models.BooleanField(default=False)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return "bench/framed.html" if self.framed else "bench/stock_page.html"
