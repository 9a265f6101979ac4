"""Where the yearly review stands, for the network's state of play (§8, D6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from intranet.clock.days import network_day
from intranet.clock.due import Standing
from intranet.clock.handover import Line, Part
from intranet.listing import listed
from intranet.network.models import NetworkSettings

from . import review
from .selectors import NoEdition, edition_in_force


def parts(now: datetime) -> Iterable[Part]:
    """Years without a record, plainly, and the next day on which a review is due."""
    network = NetworkSettings.current()
    today = network_day(now)
    try:
        edition = edition_in_force(today)
    except NoEdition:
        yield Part(_("Yearly review"), (), _("No edition of the protocol is adopted yet."), "§8", 80)
        return
    approved = network.approval_date or edition.endorsed_on
    status = review.review_status(approved, today, review.recorded_reviews())
    missing = status.not_recorded
    words = listed(missing)
    line = Line(
        what=_("Review of the protocol"),
        state=_("not recorded: %s") % words if missing else _("recorded for every year"),
        next=_("Prepare the next review"),
        last_day=status.next_due,
        url=reverse("reviews"),
        standing=Standing.OPEN,
    )
    yield Part(_("Yearly review"), (line,), "", "§8", 80)
