"""Reminders for a month that has not come: idempotent, one line and a link, never a figure (D23, §6.1).

The days are network practice. After an outage the newest step goes out, not every one that was missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from intranet.clock.wording import long_date
from intranet.clock.wording import month as month_words
from signatories import selectors as register
from signatories.models import Organization, Person
from signatories.telling import Words, tell, told

from . import deadlines, selectors
from .deadlines import Step


def remind(now: datetime, dry_run: bool) -> Iterable[str]:
    """Write the reminders whose day has come; one sentence a month and step, numbers alone."""
    today = selectors.Today.at(now)
    newest = deadlines.newest_open(today.day)
    for month in (deadlines.shifted(newest, -1), newest):
        due = today.due_on(month)
        step = deadlines.step_now(month, due, today.day) if due is not None else None
        if due is None or step is None:
            continue
        yield from _remind_month(month, due, step, now, dry_run)


def _remind_month(month: date, due: date, step: Step, now: datetime, dry_run: bool) -> Iterable[str]:
    grid = selectors.grid(now, newest=month, count=1)
    awaited = [row.organization for row in grid.rows if row.months[0].is_asked]
    keys = {item.pk: f"monthly_reports.{step.code}:{month:%Y-%m}:{item.pk}" for item in awaited}
    done = told(keys.values())
    contacts = register.contacts_for(awaited, grid.today.day, now)
    written = vacant = 0
    for organization in awaited:
        if keys[organization.pk] in done:
            continue
        people = contacts[organization.pk]
        to = people.management if step.to_management else people.focal_points
        if not to:
            vacant += 1
            continue
        if not dry_run:
            _write(organization, to, month, due, step, keys[organization.pk], now)
        written += 1
    if written:
        yield f"{month:%Y-%m}, reminder {step.code}: {written} organizations reminded."
    if vacant and dry_run:
        yield f"{month:%Y-%m}, reminder {step.code}: {vacant} organizations have nobody to remind."


def _write(
    organization: Organization,
    to: Sequence[Person],
    month: date,
    due: date,
    step: Step,
    once: str,
    now: datetime,
) -> None:

    def words() -> Words:
        names = {"month": month_words(month), "day": long_date(due)}
        if step.to_management:
            subject = _("The report for %(month)s is missing") % names
            line = _("The monthly report for %(month)s was due on %(day)s and has not come.") % names
        elif step.on < due:
            subject = _("Due %(day)s: the report for %(month)s") % names
            line = _("The monthly report for %(month)s is due on %(day)s.") % names
        elif step.on == due:
            subject = _("Due today: the report for %(month)s") % names
            line = _("The monthly report for %(month)s is due today.") % names
        else:
            subject = _("Late: the report for %(month)s") % names
            line = _("The monthly report for %(month)s was due on %(day)s.") % names
        page = reverse("reports") if step.to_management else reverse("report", args=[month])
        return Words(subject, line, page)

    tell("monthly_reports.reminder", to, words, now, rule="§6.1", organization=organization, once=once)
