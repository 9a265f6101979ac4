"""What the calendar itself asks for: confirm the year before anything is counted in it (D25)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.actors import Actor
from intranet.access.roles import COORDINATION

from .calendars import facts_of_all_regions
from .days import network_day
from .due import DueRow, Standing

ASK_FROM_MONTH = 11  # the coming year is asked for from 1 November on


def unconfirmed_years(today: date, confirmed: frozenset[int]) -> list[tuple[int, date]]:
    """(year, last day to confirm it): the running year at once, the coming one by 31 December."""
    wanted = [(today.year, today)]
    if today.month >= ASK_FROM_MONTH:
        wanted.append((today.year + 1, date(today.year, 12, 31)))
    return [(year, last) for year, last in wanted if year not in confirmed]


def due_from(actor: Actor, now: datetime) -> Iterable[DueRow]:
    """Rows for the Coordinator (acting or not)."""
    if actor.capacity not in COORDINATION:
        return
    today = network_day(now)
    known = facts_of_all_regions()
    for year, last in unconfirmed_years(today, known.years):
        days = [guessed for on, _name, _region, guessed in known.days if on.year == year]
        guessed = sum(days)
        detail = ngettext("%(n)s date is an estimate", "%(n)s dates are estimates", guessed) % {"n": guessed}
        yield DueRow(
            what=_("Confirm the %(year)s calendar of non-working days") % {"year": year},
            url=reverse("calendar", args=[year]),
            why="practice",
            last_day=last,
            state=_("Not confirmed") if days else _("Not started"),
            standing=Standing.LATE if year <= today.year else Standing.OPEN,
            do=_("Confirm"),
            detail=detail if guessed else "",
        )
