"""Home's rows: what the office has to decide, which near names a person has to settle."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from audit.actors import Actor
from intranet.access.roles import COORDINATION, OFFICE, OFFICE_AND_ASSISTANTS
from intranet.clock import pulse
from intranet.clock.due import DueRow, Standing, WaitingRow

from . import policy, selectors
from .models import IN_FORCE, PartySuspension, State


def counts(actor: Actor, now: datetime) -> dict[str, Any]:
    """``parties_kept_back``: suspensions proposed or in force, for those who decide and settle."""
    if actor.capacity not in OFFICE_AND_ASSISTANTS | policy.SETTLERS:
        return {}
    return {"parties_kept_back": pulse.number_of(PartySuspension.objects.filter(state__in=IN_FORCE))}


def due(actor: Actor, now: datetime) -> Iterable[DueRow]:
    """For the office and the coordination; nothing for anybody else."""
    if not pulse.number("parties_kept_back", actor, now):
        return
    if actor.capacity in OFFICE_AND_ASSISTANTS:
        yield from _to_decide(actor)
    if actor.capacity in policy.SETTLERS:
        yield from _to_settle()


def _to_decide(actor: Actor) -> Iterable[DueRow]:
    for row in selectors.waiting_for_the_office():
        if row.state == State.LIFT_WAITS and actor.capacity not in OFFICE:
            continue
        yield DueRow(
            what=_("Decide on the suspension of a receiving party: %s") % row.reference
            if row.state == State.PROPOSED
            else _("Confirm the lifting of a suspension: %s") % row.reference,
            url=reverse("party-suspension", args=[row.pk]),
            why="§7B.6",
            last_day=None,
            state=_("Waiting for you"),
            standing=Standing.SOON,
            do=pgettext("button", "Open"),
            detail=row.party,
        )


def _to_settle() -> Iterable[DueRow]:
    for known, request in selectors.to_settle():
        yield DueRow(
            what=_("%s: is this the suspended receiving party?") % request.reference,
            url=reverse("party-suspension", args=[known.suspension.pk]),
            why="practice",
            last_day=None,
            state=_("Waiting for you"),
            standing=Standing.SOON,
            do=_("Say"),
            detail=_("“%(name)s”, near “%(party)s”. Nothing goes on meanwhile.")
            % {"name": request.party, "party": known.suspension.party},
        )


def waiting(actor: Actor, now: datetime) -> Iterable[WaitingRow]:
    """What the Coordinator proposed and the office has not decided."""
    if actor.capacity not in COORDINATION or not pulse.number("parties_kept_back", actor, now):
        return
    for row in selectors.waiting_for_the_office():
        yield WaitingRow(
            what=_("Suspension of a receiving party: %s") % row.reference,
            url=reverse("party-suspension", args=[row.pk]),
            waits_on=_("the DSRSG/HC/RC office"),
            since=row.opened_at,
        )
