"""What Home shows of §4.h: focal points whose organization has recorded no sharing of the edition in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.access.roles import FOCAL_POINTS
from intranet.clock.due import DueRow, Standing
from protocol_pages.editions.selectors import NoEdition, edition_in_force

from ..days import network_day
from ..selectors import organization_of, position
from .models import CascadeRecord


def due(actor: Actor, now: datetime) -> Iterable[DueRow]:
    """One row without a limit: the protocol sets no day."""
    if actor.capacity not in FOCAL_POINTS or actor.organization_id is None:
        return
    day = network_day(now)
    organization = organization_of(actor)
    if organization is None or not position(organization, day).member:
        return
    try:
        edition = edition_in_force(day)
    except NoEdition:
        return
    records = CascadeRecord.objects.filter(organization=organization, edition_number=edition.number)
    if records.exists():
        return
    yield DueRow(
        what=_("Share the standards inside your organization, and record it"),
        url=reverse("cascade"),
        why="§4.h",
        last_day=None,
        state=_("Nothing recorded"),
        standing=Standing.OPEN,
        do=_("Record"),
    )
