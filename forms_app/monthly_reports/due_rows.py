"""Home's rows: the months that a focal point still has to send, the month that the Coordinator watches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.access.roles import COORDINATION
from intranet.clock.due import DueRow, Standing
from intranet.clock.wording import month as month_words
from signatories import selectors as register
from signatories.days import network_day

from . import policy, selectors
from .deadlines import Word
from .selectors import Grid, MonthRow

LOOK_BACK = 6  # months: what is older stands on the reports page
_STANDING = {Word.DUE: Standing.OPEN, Word.LATE: Standing.LATE, Word.MISSING: Standing.LATE}
_SOON = 3  # calendar days before the due day


def due_rows(actor: Actor, now: datetime) -> Iterable[DueRow]:
    """For focal points and coordination; nothing for anybody else."""
    if actor.capacity in policy.REPORTERS and actor.organization_id is not None:
        return _own(actor, now)
    if actor.capacity in COORDINATION:
        return _watched(now)
    return []


def _own(actor: Actor, now: datetime) -> list[DueRow]:
    organization = register.organization_of(actor)
    if organization is None:
        return []
    rows = selectors.own_months(organization, now, LOOK_BACK)
    return [_to_send(row, now) for row in rows if row.is_asked]


def _to_send(row: MonthRow, now: datetime) -> DueRow:
    standing = _STANDING[row.cell.word]
    if standing is Standing.OPEN and row.due is not None and (row.due - network_day(now)).days <= _SOON:
        standing = Standing.SOON
    return DueRow(
        what=_("%s: figures of your organization") % month_words(row.month),
        url=reverse("report", args=[row.month]),
        why="§6.1",
        last_day=row.due,
        state=_("Not sent") if row.cell.word is Word.DUE else row.cell.word.label,
        standing=standing,
        do=_("Report"),
        detail="" if row.due else _("The calendar of non-working days is not confirmed, so no day is named."),
        more=((_("Nothing to report"), reverse("report-nothing", args=[row.month])),),
    )


def _watched(now: datetime) -> list[DueRow]:
    grid: Grid = selectors.grid(now, count=1)
    month, complete = grid.months[0], grid.complete[0]
    if complete.asked == 0:
        return []
    due = grid.today.due_on(month)
    late = due is not None and grid.today.day > due and complete.missing > 0
    standing = Standing.DONE if not complete.missing else Standing.LATE if late else Standing.OPEN
    return [
        DueRow(
            what=_("%s: reports of the organizations") % month_words(month),
            url=reverse("board-month", args=[month]),
            why="§6.1",
            last_day=due,
            state=_("%(reported)d of %(asked)d in")
            % {"reported": complete.reported, "asked": complete.asked},
            standing=standing,
            do=_("Open the month"),
            detail=_("Nothing is missing.")
            if not complete.missing
            else _("%d not in yet") % complete.missing,
        )
    ]
