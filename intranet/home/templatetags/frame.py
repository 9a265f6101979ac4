"""What the page frame needs: languages, capacity, clause links, status words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from intranet.access.roles import Capacity
from intranet.clock.wording import AWAITING_TEXTS

register = template.Library()

NATIVE = {"ar": "عربي", "en": "English", "ckb": "کوردی"}


@register.simple_tag
def frame_language() -> dict[str, Any]:
    """The frame turns with the language; where texts are awaited they stay English and a note says so (D4).

    ``code, dir`` of the page, ``text_code, text_dir, rtl_css`` of the words on it."""
    code = get_language() or settings.LANGUAGE_CODE
    bidi = bool(get_language_info(code)["bidi"])
    awaiting = code in AWAITING_TEXTS
    return {
        "code": code,
        "dir": "rtl" if bidi else "ltr",
        "text_code": "en" if awaiting else code,
        "text_dir": "ltr" if awaiting or not bidi else "rtl",
        "awaiting": awaiting,
        "rtl_css": bidi and not awaiting,
    }


@register.simple_tag(takes_context=True)
def languages(context: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The same page in each language: ``code, name, dir, url, current``."""
    request: HttpRequest | None = context.get("request")
    path = request.get_full_path() if request is not None and request.method == "GET" else ""
    if request is not None and not path:
        path = request.path
    now = get_language()
    rows = []
    for code, _name in settings.LANGUAGES:
        bidi = bool(get_language_info(code)["bidi"])
        rows.append(
            {
                "code": code,
                "name": NATIVE.get(code, code),
                "dir": "rtl" if bidi else "ltr",
                "url": in_language(path, code),
                "current": code == now,
            }
        )
    return rows


def in_language(path: str, code: str) -> str:
    """``/en/protocol/`` becomes ``/ar/protocol/``; a path without a language leads to that language's home."""
    first, _slash, rest = path.lstrip("/").partition("/")
    if first in dict(settings.LANGUAGES):
        return f"/{code}/{rest}"
    return f"/{code}/"


@register.filter
def capacity_label(value: str) -> str:
    """The capacity's words for people: ``coordinator`` is "PSEA Coordinator"."""
    return str(Capacity(value).label) if value in Capacity.values else ""


@register.simple_tag
def clause(address: str) -> SafeString:
    """``{% clause "§7B.2" %}``: a link to the clause; "practice" says that the protocol has no such rule."""
    if address == "practice":
        return format_html(
            '<abbr class="clause" title="{}">{}</abbr>',
            _("network practice, not protocol text"),
            _("practice"),
        )
    if re.fullmatch(r"D\d+", address):
        return format_html(
            '<abbr class="clause" dir="ltr" title="{}">{}</abbr>',
            _("what the protocol leaves open, settled by number; not protocol text"),
            address,
        )
    plain = address.lstrip("§").strip()
    if not address.startswith("§") or not plain or " " in plain:
        return format_html('<bdi class="clause" dir="ltr">{}</bdi>', address)
    first = plain.split("-")[0].split("–")[0]
    try:
        url = reverse("clause-short", args=[first.lower()])
    except NoReverseMatch:
        return format_html('<bdi class="clause" dir="ltr">{}</bdi>', address)
    return format_html('<a class="clause" dir="ltr" href="{}">{}</a>', url, address)


@register.simple_tag
def status(word: object, standing: str = "none") -> SafeString:
    """``{% status row.state row.standing %}``: shape, word and colour; ``none ok soon late quiet``."""
    known = standing if standing in {"none", "ok", "soon", "late", "quiet"} else "none"
    return format_html('<span class="st {}">{}</span>', known, word)


@register.simple_tag
def optional_url(name: str, *args: object) -> str:
    """The address of a page that may not be there (empty then)."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.filter
def localized(obj: object, field: str) -> str:
    """``{{ network|localized:"network_name" }}``: the field in the page's language, else English."""
    code = (get_language() or "en").split("-")[0]
    own = getattr(obj, f"{field}_{code}", "") if code != "en" else ""
    return str(own or getattr(obj, field, ""))
