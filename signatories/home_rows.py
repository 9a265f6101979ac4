"""What Home shows from this floor: endorsements due, confirmations waiting, vacancies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.actors import Actor
from intranet.access.roles import COORDINATION, OFFICE, ORGANIZATION_POSTS, Capacity
from intranet.clock.due import DueRow, Standing, WaitingRow
from protocol_pages.editions.selectors import NoEdition, edition_in_force

from . import directory, policy, selectors
from .days import network_day
from .models import EntryKind, ParticipationEntry

_SIGNERS = {Capacity.HEAD_OF_AGENCY, Capacity.MEMBER}
ONE_BY_ONE = 5  # entries that stand on Home each with a line of its own
_CONFIRMERS = ORGANIZATION_POSTS | OFFICE | {Capacity.SIGNER}


def due(actor: Actor, now: datetime) -> Iterable[DueRow]:
    """Rows of the actor's capacity."""
    if actor.capacity in _SIGNERS:
        yield from _endorsement(actor, now)
    if actor.capacity in _CONFIRMERS:
        yield from _confirmations(actor, now)
    if actor.capacity in COORDINATION:
        yield from _vacancies(now)
        yield from _repairs()


def _endorsement(actor: Actor, now: datetime) -> Iterable[DueRow]:
    organization = selectors.organization_of(actor)
    if organization is None or not organization.may_sign:
        return
    day = network_day(now)
    try:
        edition = edition_in_force(day)
    except NoEdition:
        return
    signed = selectors.signer_of(organization, day)
    if signed is not None and (signed.edition_number or 0) >= edition.number:
        return
    if not policy.may_endorse(actor, organization, now).allowed:
        return
    yield DueRow(
        what=_("Endorse edition %s of the protocol") % edition.label,
        url=reverse("endorse"),
        why="practice",
        last_day=None,
        state=_("Not endorsed yet"),
        standing=Standing.OPEN,
        do=_("Endorse"),
        detail=organization.name,
    )


def _confirmable(actor: Actor) -> list[ParticipationEntry]:
    entries = selectors.waiting_entries()
    if actor.capacity not in OFFICE:
        own = actor.organization_id
        entries = entries.filter(organization=own) if own is not None else entries.none()
    return [
        entry
        for entry in entries
        if entry.recorded_by_id != actor.user_id
        and (
            entry.kind != EntryKind.WITHDRAWN
            or actor.capacity in OFFICE
            or (actor.capacity == Capacity.SIGNER and entry.signer and entry.signer.user_id == actor.user_id)
        )
    ]


def _confirmations(actor: Actor, now: datetime) -> Iterable[DueRow]:
    entries = _confirmable(actor)
    if actor.capacity in OFFICE and len(entries) > ONE_BY_ONE:
        yield DueRow(
            what=_("Confirm what arrived outside: %s papers") % len(entries),
            url=reverse("entries-waiting"),
            why="D17",
            last_day=None,
            state=_("Waiting for you"),
            standing=Standing.SOON,
            do=_("Look and confirm"),
        )
        return
    for entry in entries:
        yield DueRow(
            what=_("Confirm what arrived outside: %s") % entry.noun,
            url=reverse("participation-entry", args=[entry.pk]),
            why="D17",
            last_day=None,
            state=_("Waiting for you"),
            standing=Standing.SOON,
            do=_("Look and confirm"),
            detail=entry.organization.name,
        )


def _vacancies(now: datetime) -> Iterable[DueRow]:
    count = directory.vacancies(network_day(now))
    if count:
        yield DueRow(
            what=ngettext("Fill %s vacant post", "Fill %s vacant posts", count) % count,
            url=reverse("network") + "?vacant=1",
            why="practice",
            last_day=None,
            state=_("Vacant"),
            standing=Standing.OPEN,
            do=_("Show"),
        )


def _repairs() -> Iterable[DueRow]:
    count = selectors.failing_people().count()
    if count:
        yield DueRow(
            what=ngettext("Repair %s contact: mail comes back", "Repair %s contacts: mail comes back", count)
            % count,
            url=reverse("contact-repairs"),
            why="§7B.1",
            last_day=None,
            state=_("Mail bounced"),
            standing=Standing.LATE,
            do=_("Repair"),
        )


def waiting(actor: Actor, now: datetime) -> Iterable[WaitingRow]:
    """What coordination and assistants recorded and others have to confirm."""
    if actor.capacity not in policy.RECORDERS:
        return
    entries = list(selectors.waiting_entries())
    if len(entries) > ONE_BY_ONE:
        yield WaitingRow(
            what=_("%s papers received outside") % len(entries),
            url=reverse("entries-waiting"),
            waits_on=_("organization or office"),
            since=entries[0].recorded_at,
        )
        return
    for entry in entries:
        yield WaitingRow(
            what=_("%(kind)s received outside: %(organization)s")
            % {"kind": entry.noun, "organization": entry.organization.name},
            url=reverse("participation-entry", args=[entry.pk]),
            waits_on=_("signer or office")
            if entry.kind == EntryKind.WITHDRAWN
            else _("organization or office"),
            since=entry.recorded_at,
        )
