"""Dates for people, by Babel: never Django's ``date`` filter in Arabic or Kurdish.

Arabic shows both month names, Western digits ("كانون الثاني/يناير"); Sorani the Iraqi names.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from .business_days import BusinessCalendar, CalendarNotConfirmed, Counted, Day, DayKind

AWAITING_TEXTS = frozenset({"ckb"})  # languages whose texts wait for a reviewer: pages stay English (D4)


@lru_cache(maxsize=8)
def _names(language: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """(months January first, weekdays Monday first, short weekdays) of ``ar``, ``ckb``, else English."""
    locale = Locale.parse({"ar": "ar_IQ", "ckb": "ckb"}.get(language, "en_GB"))
    months = [locale.months["format"]["wide"][n] for n in range(1, 13)]
    if language == "ar":
        other = Locale.parse("ar_EG").months["format"]["wide"]
        months = [f"{name}/{other[n]}" for n, name in enumerate(months, 1)]
    days = locale.days["format"]
    short = "abbreviated" if language == "en" else "wide"
    return (
        tuple(months),
        tuple(days["wide"][n] for n in range(7)),
        tuple(days[short][n] for n in range(7)),
    )


def _language(language: str | None) -> str:
    """An explicit language is taken as asked; the active one only where its texts are there."""
    if language is None:
        active = (get_language() or "en").split("-")[0]
        return active if active == "ar" and active not in AWAITING_TEXTS else "en"
    return language if language in {"ar", "ckb"} else "en"


def long_date(day: date, language: str | None = None) -> str:
    """ "Thursday 5 February 2026"; ``language`` defaults to the active one."""
    months, weekdays, _short = _names(_language(language))
    return f"{weekdays[day.weekday()]} {day.day} {months[day.month - 1]} {day.year}"


def short_date(day: date, language: str | None = None, *, today: date | None = None) -> str:
    """ "Thu 5 February", for tables where the year is clear; with the year where it is not that of ``today``."""
    months, _weekdays, short = _names(_language(language))
    year = "" if today is None or day.year == today.year else f" {day.year}"
    return f"{short[day.weekday()]} {day.day} {months[day.month - 1]}{year}"


def plain_date(day: date, language: str | None = None) -> str:
    """ "5 February 2026"."""
    months, _weekdays, _short = _names(_language(language))
    return f"{day.day} {months[day.month - 1]} {day.year}"


def month(day: date, language: str | None = None) -> str:
    """ "February 2026"."""
    months, _weekdays, _short = _names(_language(language))
    return f"{months[day.month - 1]} {day.year}"


def month_name(number: int, language: str | None = None) -> str:
    """ "February" for 2. IndexError outside 1 to 12."""
    if not 1 <= number <= 12:
        raise IndexError(number)
    return _names(_language(language))[0][number - 1]


def weekday(number: int, language: str | None = None) -> str:
    """ "Monday" for 1 (ISO). IndexError outside 1 to 7."""
    if not 1 <= number <= 7:
        raise IndexError(number)
    return _names(_language(language))[1][number - 1]


def time_of_day(instant: datetime, zone: ZoneInfo) -> str:
    """ "06:01" in the network's time zone."""
    return instant.astimezone(zone).strftime("%H:%M")


def moment(instant: datetime, zone: ZoneInfo) -> str:
    """ "5 February 2026, 14:05" in ``zone``."""
    comma = "،" if _language(None) == "ar" else ","
    return f"{plain_date(instant.astimezone(zone).date())}{comma} {time_of_day(instant, zone)}"


def time_with_seconds(instant: datetime, zone: ZoneInfo) -> str:
    """ "06:01:27" in the network's time zone."""
    return instant.astimezone(zone).strftime("%H:%M:%S")


def distance(calendar: BusinessCalendar, now: datetime, last_day: date) -> str:
    """ "today", "in 3 working days", "2 working days ago"; empty when a year is not confirmed."""
    today = calendar.local_date(now)
    if last_day == today:
        return _("today")
    try:
        left = calendar.business_days_left(now, last_day)
    except CalendarNotConfirmed:
        return ""
    if last_day > today:
        if left == 0:
            return _("before the next working day")
        return ngettext("in %(n)s working day", "in %(n)s working days", left) % {"n": left}
    if left == 0:
        return _("since the last working day")
    return ngettext("%(n)s working day ago", "%(n)s working days ago", -left) % {"n": -left}


def day_line(day: Day, language: str | None = None) -> str:
    """What one line of "how is this counted?" says about its day."""
    match day.kind:
        case DayKind.START:
            return _("the day of sending, not counted")
        case DayKind.COUNTED:
            return _("working day %(n)s") % {"n": day.number}
        case DayKind.WEEKEND:
            return _("weekend, not counted")
        case _:
            return _("%(name)s, not counted") % {"name": day.name or _("non-working day")}


def counted_summary(counted: Counted) -> str:
    """One sentence: how many working days, and how many days were passed over."""
    numbers = [day.number for day in counted.days]
    skipped = sum(1 for day in counted.days if day.kind in {DayKind.WEEKEND, DayKind.NON_WORKING})
    return _("%(working)s working days counted, %(skipped)s days passed over.") % {
        "working": max(numbers, default=0),
        "skipped": skipped,
    }
