"""``{% comma %}`` between two things in one line; every template knows it."""

from __future__ import annotations

from django import template

from intranet.listing import comma

register = template.Library()
register.simple_tag(comma)
