"""A month's name where no mark-up may stand, such as the page's title."""

from __future__ import annotations

from datetime import date

from django import template

from intranet.clock import wording

register = template.Library()


@register.simple_tag
def month_words(value: date | None) -> str:
    """``{% month_words month %}``: "February 2026" as plain text."""
    return wording.month(value) if value else ""
