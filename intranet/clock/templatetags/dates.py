"""Dates, deadlines and references in templates. Every date carries a machine-readable ``<time>``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from intranet.network.models import NetworkSettings

from .. import now, wording
from ..business_days import BusinessCalendar, Counted
from ..calendars import calendar_for

register = template.Library()


def _once(context: template.Context, name: str, make: Any) -> Any:
    """Read once a request (or once a rendering, where there is no request)."""
    holder = getattr(context, "request", None) or context.get("request") or context.render_context
    kept = getattr(holder, name, None)
    if kept is None:
        kept = make()
        setattr(holder, name, kept)
    return kept


def _zone(context: template.Context) -> ZoneInfo:
    network = context.get("network")
    if network is None:
        network = _once(context, "_network_settings", NetworkSettings.current)
    zone: ZoneInfo = network.zone()
    return zone


def _calendar(context: template.Context) -> BusinessCalendar:
    calendar: BusinessCalendar = _once(context, "_business_calendar", calendar_for)
    return calendar


def _day(context: template.Context, value: date | datetime) -> date:
    return value.astimezone(_zone(context)).date() if isinstance(value, datetime) else value


def _today(context: template.Context) -> date:
    at = context.get("now")
    return _day(context, at if isinstance(at, datetime) else now())


def _time(day: date, text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), text)


@register.simple_tag(takes_context=True)
def long_date(context: template.Context, value: date | datetime | None) -> str:
    """``{% long_date day %}``: "Thursday 5 February 2026", in the network's time zone."""
    if value is None:
        return ""
    day = _day(context, value)
    return _time(day, wording.long_date(day))


@register.simple_tag(takes_context=True)
def short_date(context: template.Context, value: date | datetime | None) -> str:
    """``{% short_date day %}``: "Thu 5 February"; another year than this one is said."""
    if value is None:
        return ""
    day = _day(context, value)
    return _time(day, wording.short_date(day, today=_today(context)))


@register.simple_tag(takes_context=True)
def plain_date(context: template.Context, value: date | datetime | None) -> str:
    """``{% plain_date day %}``: "5 February 2026"."""
    if value is None:
        return ""
    day = _day(context, value)
    return _time(day, wording.plain_date(day))


@register.simple_tag(takes_context=True)
def month(context: template.Context, value: date | datetime | None) -> str:
    """``{% month first_day %}``: "February 2026"."""
    if value is None:
        return ""
    day = _day(context, value)
    return format_html('<time datetime="{}">{}</time>', f"{day:%Y-%m}", wording.month(day))


@register.simple_tag(takes_context=True)
def moment(context: template.Context, value: datetime | None) -> str:
    """``{% moment instant %}``: "5 February 2026, 14:05" in the network's time zone."""
    if value is None:
        return ""
    zone = _zone(context)
    local = value.astimezone(zone)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), wording.moment(value, zone)
    )


@register.simple_tag(takes_context=True)
def clock_time(context: template.Context, value: datetime | None) -> str:
    """``{% clock_time server_time %}``: "14:05:27" in the network's time zone."""
    if value is None:
        return ""
    zone = _zone(context)
    local = value.astimezone(zone)
    return format_html(
        '<time datetime="{}" dir="ltr">{}</time>',
        local.isoformat(timespec="seconds"),
        wording.time_with_seconds(value, zone),
    )


@register.simple_tag(takes_context=True)
def working_days(context: template.Context, last_day: date | None) -> str:
    """``{% working_days last_day %}``: "today", "in 3 working days"; empty without a confirmed calendar."""
    if last_day is None:
        return ""
    at = context.get("now")
    return wording.distance(_calendar(context), at if isinstance(at, datetime) else now(), last_day)


@register.inclusion_tag("components/due.html", takes_context=True)
def due(
    context: template.Context, last_day: date | None, counted: Counted | None = None, full: bool = False
) -> dict[str, Any]:
    """``{% due row.last_day row.counted %}``: date, distance, "how is this counted?".

    ``full``: weekday and year in full, for running text.
    """
    if last_day is None:
        return {"last_day": None}
    date_text = wording.long_date(last_day) if full else wording.short_date(last_day, today=_today(context))
    return {
        "last_day": last_day,
        "date_text": date_text,
        "distance": working_days(context, last_day),
        "counted": counted,
        "zone": str(_zone(context)),
        "lines": _lines(counted),
        "summary": wording.counted_summary(counted) if counted else "",
    }


@register.inclusion_tag("components/counted.html", takes_context=True)
def how_counted(context: template.Context, counted: Counted | None) -> dict[str, Any]:
    """``{% how_counted counted %}``: only the folded arithmetic of a deadline."""
    return {
        "counted": counted,
        "zone": str(_zone(context)),
        "lines": _lines(counted),
        "summary": wording.counted_summary(counted) if counted else "",
    }


def _lines(counted: Counted | None) -> list[dict[str, Any]]:
    if counted is None:
        return []
    return [
        {
            "iso": day.on.isoformat(),
            "date": wording.long_date(day.on),
            "text": wording.day_line(day),
            "kind": day.kind,
        }
        for day in counted.days
    ]


@register.filter
def ref(value: object) -> SafeString:
    """``{{ request.reference|ref }}``: a code, phone or address kept in one piece, left to right."""
    return format_html('<bdi class="ref" dir="ltr">{}</bdi>', value)
