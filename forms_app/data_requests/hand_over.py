"""Every open request with its state, its clock and its single next action, for the state of play."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from intranet.clock.due import Standing
from intranet.clock.handover import Line, Part

from .deadlines import open_steps


def parts(now: datetime) -> Iterable[Part]:
    """All requests on the ladder, oldest first."""
    lines = tuple(
        Line(
            what=f"{request.reference}: {request.requester_organization}",
            state=request.get_state_display(),
            next=f"{step.heading} ({step.waits_on})" if step.waits_on else step.heading,
            last_day=step.last_day,
            url=reverse("request-board", args=[request.pk]),
            standing=Standing.SOON,
        )
        for request, step in open_steps(now)
    )
    yield Part(_("Requests for data"), lines, _("No request is open."), "§7B", 30)
