"""The network's calendar, read from the tables (D25)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast

from audit.actors import Actor
from audit.models import Event
from intranet.compiled import Statement
from intranet.network.models import NetworkSettings
from intranet.network.once import once

from .business_days import BusinessCalendar
from .models import CalendarConfirmation, NonWorkingDay


def calendar_for(region: str = "") -> BusinessCalendar:
    """The calendar of the network, or of an organization's ``region`` (its days and the network's).

    The version is the first 12 digits of the SHA-256 over everything that decides a count, so two
    equal versions count alike.
    """
    return once(("calendar", region), lambda: _read(region))


@dataclass(frozen=True)
class CalendarFacts:
    """Days that are not cancelled, as (date, name, region, estimated) in order, and confirmed years.

    ``told``: when (UTC) a day was entered by hand, by date and region; days of the public list have no entry.
    """

    days: tuple[tuple[date, str, str, bool], ...]
    years: frozenset[int]
    told: Mapping[tuple[date, str], datetime]


def facts_of_all_regions() -> CalendarFacts:
    """What every region's calendar is made of: one query a page."""
    return once("calendar facts", _read_facts)


def known_regions() -> list[str]:
    """Regions that have days of their own, by name: what an organization's region is chosen from."""
    return sorted({where for _on, _name, where, _estimated in facts_of_all_regions().days if where})


def _days_and_confirmations() -> QuerySet[NonWorkingDay, Any]:
    """Both in one query: a confirmation is a row without a name, on 1 January."""
    first_of_year = Func("year", Value(1), Value(1), function="make_date", output_field=DateField())
    columns = ("day", "called", "where", "guessed", "told", "is_day")
    days = NonWorkingDay.objects.filter(cancelled=False).order_by()
    confirmations = CalendarConfirmation.objects.order_by()
    no_text = Value("", CharField())
    return (
        days.annotate(
            day=F("on"),
            called=F("name"),
            where=F("region"),
            guessed=F("estimated"),
            told=_entered_by_hand(),
            is_day=Value(True),
        )
        .values_list(*columns)
        .union(
            confirmations.annotate(
                day=first_of_year,
                called=no_text,
                where=no_text,
                guessed=Value(False),
                told=Value(None, DateTimeField()),
                is_day=Value(False),
            ).values_list(*columns)
        )
        .order_by("day", "where")
    )


def _entered_by_hand() -> Subquery:
    """When a day off became one by somebody's entry: added, moved to this date, or no longer cancelled."""
    events = Event.objects.filter(
        object_type="nonworkingday", object_id=Cast(OuterRef("pk"), CharField()), outcome="done"
    ).annotate(was=KeyTextTransform("on", KeyTransform("before", "data")))
    other_day = Q(action="calendar.change_day") & ~Q(was=Cast(OuterRef("on"), CharField()))
    made_one = Q(action="calendar.add_day") | Q(data__before__cancelled=True) | other_day
    return Subquery(events.filter(made_one).order_by("-sequence").values("at")[:1])


_FACTS = Statement(_days_and_confirmations)  # every act that counts days asks


def _read_facts() -> CalendarFacts:
    found = _FACTS.rows()
    return CalendarFacts(
        days=tuple((on, name, where, guessed) for on, name, where, guessed, _told, is_day in found if is_day),
        years=frozenset(on.year for on, *_day, is_day in found if not is_day),
        told={(on, where): told for on, _name, where, _guessed, told, _is_day in found if told is not None},
    )


def _read(region: str) -> BusinessCalendar:
    settings = NetworkSettings.current()
    known = facts_of_all_regions()
    days = [(on, name) for on, name, where, _estimated in known.days if where in {"", region}]
    years = sorted(known.years)
    facts = [settings.time_zone, settings.weekend_days(), years, [(on.isoformat(), n) for on, n in days]]
    version = hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()[:12]
    zone = ZoneInfo(settings.time_zone)
    return BusinessCalendar(
        timezone=zone,
        weekend=frozenset(settings.weekend_days()),
        non_working=dict(days),
        confirmed_years=frozenset(years),
        version=version,
        announced={
            on: told.astimezone(zone).date()
            for (on, where), told in known.told.items()
            if where in {"", region}
        },
    )


def confirm_year(year: int, actor: Actor, now: datetime) -> CalendarConfirmation:
    """Record that ``actor`` confirmed the list of ``year``; call inside ``acting(actor)``."""
    count = NonWorkingDay.objects.filter(on__year=year, cancelled=False).count()
    return CalendarConfirmation.objects.create(year=year, at=now, by=actor.label, days=count)


def _arabic_name(name: str) -> str:
    """Without the library's "(estimated)": a column says it, and the day it is announced nobody renames the day."""
    for estimate in (" (المقدرة)", " (مقدر)", " (تقديري)"):
        name = name.replace(estimate, "")
    return name.replace("; ", "، ")


def seed_year(year: int, country: str = "IQ") -> list[NonWorkingDay]:
    """Load the public list of ``country`` for ``year`` where the table has no day yet; returns the new rows.

    Islamic dates stay marked as estimates until somebody edits them (trap 4).
    Call inside ``acting(actor)``.
    """
    import holidays

    english = holidays.country_holidays(country, years=year, language="en_US")
    arabic = holidays.country_holidays(country, years=year, language="ar")
    present: set[date] = set(
        NonWorkingDay.objects.filter(on__year=year, region="").values_list("on", flat=True)
    )
    rows = []
    for on in sorted(set(english) - present):
        name = str(english[on])
        row = NonWorkingDay(
            on=on,
            name=name.replace(" (estimated)", ""),
            name_ar=_arabic_name(str(arabic.get(on, ""))),
            estimated="(estimated)" in name,
        )
        row.save()
        rows.append(row)
    return rows
