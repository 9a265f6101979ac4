"""What Home tells a UN agency about its agreements: assessments that expired, agreements that end soon."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.actors import Actor
from intranet.access.roles import FOCAL_POINTS, Capacity
from intranet.clock import pulse
from intranet.clock.due import DueRow, Standing
from signatories.days import network_day

from . import selectors

TOLD = FOCAL_POINTS | {Capacity.HEAD_OF_AGENCY}


def counts(actor: Actor, now: datetime) -> dict[str, Any]:
    """Agreements in force of the own agency: ``assessments_expired``, ``agreements_end_soon``."""
    if actor.capacity not in TOLD or actor.organization_id is None:
        return {}
    day = network_day(now)
    own = selectors.in_force(day).filter(agency=actor.organization_id)
    return {
        "assessments_expired": pulse.number_of(own.filter(selectors.expired(day))),
        "agreements_end_soon": pulse.number_of(own.filter(selectors.ends_soon(day))),
    }


def due(actor: Actor, now: datetime) -> Iterable[DueRow]:
    """For focal points and Head of Agency; network practice, so without a last day."""
    if expired := pulse.number("assessments_expired", actor, now):
        yield _row(
            ngettext(
                "Renew the capacity assessment of %s partner",
                "Renew the capacity assessments of %s partners",
                expired,
            )
            % expired,
            "expired",
            _("Assessment expired"),
            Standing.LATE,
        )
    if ends_soon := pulse.number("agreements_end_soon", actor, now):
        yield _row(
            ngettext(
                "Extend %s partner agreement or let it end",
                "Extend %s partner agreements or let them end",
                ends_soon,
            )
            % ends_soon,
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
