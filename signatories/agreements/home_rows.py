"""What Home tells a UN agency about its agreements: assessments that expired, agreements that end soon."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.actors import Actor
from intranet.access.roles import FOCAL_POINTS, Capacity
from intranet.clock.due import DueRow, Standing
from signatories.days import network_day

from . import selectors

TOLD = FOCAL_POINTS | {Capacity.HEAD_OF_AGENCY}


def due(actor: Actor, now: datetime) -> Iterable[DueRow]:
    """For focal points and Head of Agency; network practice, so without a last day."""
    if actor.capacity not in TOLD or actor.organization_id is None:
        return
    found = selectors.attention(actor.organization_id, network_day(now))
    if found.expired:
        yield _row(
            ngettext(
                "Renew the capacity assessment of %s partner",
                "Renew the capacity assessments of %s partners",
                found.expired,
            )
            % found.expired,
            "expired",
            _("Assessment expired"),
            Standing.LATE,
        )
    if found.ends_soon:
        yield _row(
            ngettext(
                "Extend %s partner agreement or let it end",
                "Extend %s partner agreements or let them end",
                found.ends_soon,
            )
            % found.ends_soon,
            "ends_soon",
            _("Ends soon"),
            Standing.SOON,
        )


def _row(what: str, show: str, state: str, standing: Standing) -> DueRow:
    return DueRow(
        what=what,
        url=f"{reverse('agreements')}?show={show}",
        why="practice",
        last_day=None,
        state=state,
        standing=standing,
        do=_("Show"),
    )
