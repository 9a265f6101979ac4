"""Home's rows of an organization: last year's return, and no session for too long. Derived, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.access.roles import FOCAL_POINTS
from intranet.clock import pulse
from intranet.clock.due import DueRow, Standing
from signatories.days import network_day

from . import selectors
from .models import ComplianceReturn, SessionState, TrainingSession

DUE = (1, 31)  # month and day: the return of a year is due by 31 January of the next (network practice)
ASKED_UNTIL = 3  # month; afterwards the network's list shows the gap and Home stays quiet


def counts(actor: Actor, now: datetime) -> dict[str, Any]:
    """The own organization's: last year's ``training_return``, ``training_sessions`` ever and ``_lately``."""
    if actor.capacity not in FOCAL_POINTS or actor.organization_id is None:
        return {}
    today = network_day(now)
    own = TrainingSession.objects.filter(organization=actor.organization_id, state=SessionState.RECORDED)
    sent = ComplianceReturn.objects.filter(organization=actor.organization_id, year=today.year - 1)
    return {
        "training_return": pulse.number_of(sent),
        "training_sessions": pulse.number_of(own),
        "training_sessions_lately": pulse.number_of(own.filter(held_on__gte=selectors.regular_since(today))),
    }


def due_from(actor: Actor, now: datetime) -> Iterable[DueRow]:
    """For focal points."""
    if actor.capacity not in FOCAL_POINTS or actor.organization_id is None:
        return
    today = network_day(now)
    if today.month <= ASKED_UNTIL and not pulse.number("training_return", actor, now):
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
    sessions = pulse.number("training_sessions", actor, now)
    if sessions and not pulse.number("training_sessions_lately", actor, now):
        yield DueRow(
            what=_("No training session for %s months") % settings.TRAINING_REGULARITY_MONTHS,
            url=reverse("training"),
            why="practice",
            last_day=None,
            state=_("Not regular"),
            standing=Standing.SOON,
            do=_("Show"),
        )
