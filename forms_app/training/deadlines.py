"""Home's rows of an organization: last year's return, and no session for too long. Derived, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.access.roles import FOCAL_POINTS
from intranet.clock.due import DueRow, Standing
from signatories.days import network_day

from . import selectors

DUE = (1, 31)  # month and day: the return of a year is due by 31 January of the next (network practice)
ASKED_UNTIL = 3  # month; afterwards the network's list shows the gap and Home stays quiet


def due_from(actor: Actor, now: datetime) -> Iterable[DueRow]:
    """For focal points. One query."""
    if actor.capacity not in FOCAL_POINTS or actor.organization_id is None:
        return
    today = network_day(now)
    own = selectors.own(actor.organization_id, today.year - 1)
    if today.month <= ASKED_UNTIL and not own.sent:
        last = date(today.year, *DUE)
        yield DueRow(
            what=_("Training return of %s") % (today.year - 1),
            url=reverse("training-return", args=[today.year - 1]),
            why="practice",
            last_day=last,
            state=_("Not sent"),
            standing=Standing.LATE if today > last else Standing.OPEN,
            do=_("Report"),
        )
    if own.last_session is not None and own.last_session < selectors.regular_since(today):
        yield DueRow(
            what=_("No training session for %s months") % settings.TRAINING_REGULARITY_MONTHS,
            url=reverse("training"),
            why="practice",
            last_day=None,
            state=_("Not regular"),
            standing=Standing.SOON,
            do=_("Show"),
        )
