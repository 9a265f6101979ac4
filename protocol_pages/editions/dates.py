"""Dates for people, by Babel: Arabic shows both month names, as United Nations texts in Iraq do."""

from __future__ import annotations

from datetime import date

from babel import Locale
from django.utils.translation import get_language


def plain_date(day: date) -> str:
    """ "31 January 2022" in the active language, with Western digits."""
    language = (get_language() or "en").split("-")[0]
    locale = Locale.parse({"ar": "ar_IQ", "ckb": "ckb"}.get(language, "en_GB"))
    name = locale.months["format"]["wide"][day.month]
    if language == "ar":
        name = f"{name}/{Locale.parse('ar_EG').months['format']['wide'][day.month]}"
    return f"{day.day} {name} {day.year}"
