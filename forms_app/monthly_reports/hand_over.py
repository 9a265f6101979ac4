"""Months that are missing, for the network's state of play: words and names, never a figure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from intranet.clock.due import Standing
from intranet.clock.handover import Line, Part
from intranet.clock.wording import month as month_words
from intranet.listing import listed

from . import deadlines, selectors

MONTHS = 12


def parts(now: datetime) -> Iterable[Part]:
    """The last twelve months, newest first; complete ones are left out. Five queries."""
    grid = selectors.grid(now, count=MONTHS)
    lines = []
    for place in reversed(range(len(grid.months))):
        month = grid.months[place]
        missing = [row.organization.name for row in grid.rows if row.months[place].is_awaited]
        if not missing:
            continue
        due = grid.today.due_on(month)
        late = due is not None and grid.today.day > due
        asked = grid.complete[place].asked
        step = deadlines.step_now(month, due, grid.today.day) if due is not None else None
        lines.append(
            Line(
                what=month_words(month),
                state=_("%(missing)s of %(asked)s not in: %(names)s")
                % {"missing": len(missing), "asked": asked, "names": listed(missing)},
                next=_("reminders go out by themselves") if step is not None else _("call the organizations"),
                last_day=due,
                url=reverse("board-month", args=[month]),
                standing=Standing.LATE if late else Standing.OPEN,
            )
        )
    nothing = _("No month of the last twelve is missing.")
    yield Part(_("Months that are missing"), tuple(lines), nothing, "§6.1", 20)
