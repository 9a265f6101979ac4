"""``{% next_look page as day %}``: by when a page is looked at again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template

from .. import selectors

register = template.Library()


@register.simple_tag
def next_look(page: Any) -> date | None:
    """The editor's day, or a later one that the owner gave."""
    return selectors.next_look(page)
