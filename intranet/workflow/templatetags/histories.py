"""The way from an object's page to its history."""

from __future__ import annotations

from django import template
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from .. import registry

register = template.Library()


@register.simple_tag
def history_link(obj: models.Model | None, about: object = "") -> str:
    """``{% history_link post about=post.person.name %}``: "History", with ``about`` for screen readers.

    For pages that stand under the object's own policy; empty for what has no history of its own.
    """
    if obj is None or registry.kind_of(type(obj)) is None:
        return ""
    url = reverse("history", args=[str(obj._meta.model_name), obj.pk])
    if not about:
        return format_html('<a href="{}">{}</a>', url, _("History"))
    return format_html(
        '<a href="{}">{}<span class="visually-hidden">: <bdi>{}</bdi></span></a>', url, _("History"), about
    )
