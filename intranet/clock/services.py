"""Keeping the calendar of non-working days: add, change, cancel, load, confirm (D25, trap 4).

Every act is one transaction with its history row and its event. The calendar's version changes with
it, so deadlines that are still ahead are counted anew.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import ledger
from audit.actors import Actor, acting
from intranet.network.models import NetworkSettings

from . import calendars
from .models import CalendarConfirmation, NonWorkingDay

RULE = "D25"


@dataclass(frozen=True)
class DayFacts:
    """What is known of a non-working day. ``region`` empty: the whole network."""

    on: date
    name: str
    name_ar: str = ""
    region: str = ""
    estimated: bool = False
    cancelled: bool = False


def add_day(facts: DayFacts, actor: Actor, now: datetime) -> NonWorkingDay:
    """A new day off. ValidationError when that day is there already for the region."""
    with transaction.atomic():
        _free(facts, None)
        row = NonWorkingDay(**asdict(facts))
        _write(row, "calendar.add_day", actor, now, "")
    return row


def change_day(row: NonWorkingDay, facts: DayFacts, actor: Actor, now: datetime, reason: str) -> bool:
    """Change or cancel a day, with a reason. False (and nothing written) when nothing is different."""
    with transaction.atomic():
        row = NonWorkingDay.objects.select_for_update().get(pk=row.pk)
        before = DayFacts(**{name: getattr(row, name) for name in asdict(facts)})
        if before == facts:
            return False
        _free(facts, row)
        for name, value in asdict(facts).items():
            setattr(row, name, value)
        action = "calendar.cancel_day" if facts.cancelled and not before.cancelled else "calendar.change_day"
        _write(row, action, actor, now, reason, before)
    return True


def load_year(year: int, actor: Actor, now: datetime) -> int:
    """Load the country's public list where the table has no day yet; returns how many came."""
    country = NetworkSettings.current().country_code
    with transaction.atomic(), acting(actor, _("loaded from the public list")) as written:
        rows = calendars.seed_year(year, country)
        ledger.record(
            now=now,
            actor=actor,
            action="calendar.load_year",
            subject=ledger.Subject("calendar", str(year), str(year)),
            clause=RULE,
            data={"days": len(rows), "country": country},
            rows=written.rows,
        )
    return len(rows)


def confirm_year(year: int, actor: Actor, now: datetime) -> CalendarConfirmation:
    """Somebody has looked at the year's list: from now on days of that year can be counted."""
    with transaction.atomic(), acting(actor) as written:
        confirmation = calendars.confirm_year(year, actor, now)
        ledger.record(
            now=now,
            actor=actor,
            action="calendar.confirm_year",
            subject=ledger.Subject("calendar", str(year), str(year)),
            clause=RULE,
            data={"days": confirmation.days},
            rows=written.rows,
        )
    return confirmation


def _free(facts: DayFacts, own: NonWorkingDay | None) -> None:
    """A day must be free for its region before it is written."""
    taken = NonWorkingDay.objects.filter(on=facts.on, region=facts.region)
    if own is not None:
        taken = taken.exclude(pk=own.pk)
    if taken.exists():
        raise ValidationError({"on": _("Date: this day is in the list already. Change that entry.")})


def _write(
    row: NonWorkingDay, action: str, actor: Actor, now: datetime, reason: str, before: DayFacts | None = None
) -> None:
    with acting(actor, reason) as written:
        row.save()
    ledger.record(
        now=now,
        actor=actor,
        action=action,
        subject=ledger.Subject("nonworkingday", str(row.pk), str(row)),
        clause=RULE,
        reason=reason,
        data={"before": asdict(before)} if before else {},
        rows=written.rows,
    )
