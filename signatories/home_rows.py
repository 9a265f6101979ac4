"""What Home shows from this floor: endorsements due, confirmations waiting, vacancies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.actors import Actor
from intranet.access.roles import COORDINATION, OFFICE, ORGANIZATION_POSTS, Capacity
from intranet.clock import pulse
from intranet.clock.due import DueRow, Standing, WaitingRow
from protocol_pages.editions.selectors import NoEdition, edition_in_force

from . import directory, policy, selectors
from .accounts.selectors import came_back
from .days import network_day
from .invitations.selectors import still_asks
from .models import EntryKind, ParticipationEntry
from .open_things import What, open_things

_SIGNERS = {Capacity.HEAD_OF_AGENCY, Capacity.MEMBER}
SOON = 7  # calendar days before the day until which the organization was asked to endorse
ONE_BY_ONE = 5  # entries that stand on Home each with a line of its own


def due(actor: Actor, now: datetime) -> Iterable[DueRow]:
    """Rows of the actor's capacity."""
    if actor.capacity in ORGANIZATION_POSTS | _SIGNERS:
        yield from _endorsement(actor, now)
    if actor.capacity in policy.CONFIRMERS:
        yield from _confirmations(actor, now)
    if actor.capacity in COORDINATION:
        yield from _vacancies(pulse.number("vacancies", actor, now))
        yield from _repairs(pulse.number("repairs", actor, now))
    if pulse.number("came_back", actor, now):
        yield from _came_back(actor)


def _endorsement(actor: Actor, now: datetime) -> Iterable[DueRow]:
    """For who may sign: with the day where the organization is invited, without one where it is not."""
    day = network_day(now)
    invited = next((thing for thing in open_things(actor, now) if thing.what == What.INVITATION), None)
    if actor.capacity not in _SIGNERS and (invited is None or not invited.mine):
        return  # the holder of another post, whom no authority names
    organization = selectors.organization_of(actor)
    if organization is None or not organization.may_sign:
        return
    asked = _asked(day) if actor.capacity in _SIGNERS or invited is None else (invited.count, invited.name)
    position = selectors.position(organization, day)
    if asked is None or not directory.endorsement_due(position, asked[0]):
        return
    if selectors.leave_ahead(organization, day) is not None:
        return  # it endorses again after that day, if it will (§9.i)
    counts = invited is not None and invited.count == asked[0] and still_asks(position, invited.since)
    last_day = invited.day if invited is not None and counts else None
    if last_day is None and position.endorsement is not None and not position.member:
        return  # withdrawn: asked again only by an act of its own
    if not policy.may_endorse(actor, organization, now).allowed:
        return
    standing = Standing.OPEN
    if last_day is not None and (last_day - day).days <= SOON:
        standing = Standing.SOON if last_day >= day else Standing.LATE
    yield DueRow(
        what=_("Endorse edition %s of the protocol") % asked[1],
        url=reverse("endorse"),
        why="practice",
        last_day=last_day,
        state=_("Re-endorsement due") if position.member else _("Not endorsed yet"),
        standing=standing,
        do=_("Endorse"),
        detail=organization.name,
    )


def _asked(day: date) -> tuple[int, str] | None:
    """Number and label of the edition in force, None before the first."""
    try:
        edition = edition_in_force(day)
    except NoEdition:
        return None
    return edition.number, edition.label


def _confirmable(actor: Actor, now: datetime) -> list[ParticipationEntry]:
    if not pulse.number("papers_waiting", actor, now):
        return []
    return [
        entry
        for entry in selectors.papers_waiting()
        if (actor.capacity in OFFICE or entry.organization_id == actor.organization_id)
        and entry.recorded_by_id != actor.user_id
        and policy.may_see_entry(actor, entry, now).allowed
        and (
            entry.kind != EntryKind.WITHDRAWN
            or actor.capacity in OFFICE
            or (actor.capacity == Capacity.SIGNER and entry.signer and entry.signer.user_id == actor.user_id)
        )
    ]


def _confirmations(actor: Actor, now: datetime) -> Iterable[DueRow]:
    entries = _confirmable(actor, now)
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


def _vacancies(count: int) -> Iterable[DueRow]:
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


def _came_back(actor: Actor) -> Iterable[DueRow]:
    """Invitations to own people whose address refused the mail; coordination has its list of repairs."""
    for invitation in came_back(actor.organization_id):
        person = invitation.user.person
        yield DueRow(
            what=_("An invitation came back: correct the address"),
            url=reverse("person-address", args=[person.pk]),
            why="D10",
            last_day=None,
            state=_("Mail came back"),
            standing=Standing.LATE,
            do=_("Correct the address"),
            detail=person.name,
        )


def _repairs(count: int) -> Iterable[DueRow]:
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
    if actor.capacity not in policy.RECORDERS or not pulse.number("papers_waiting", actor, now):
        return
    seen = [e for e in selectors.papers_waiting() if policy.may_see_entry(actor, e, now).allowed]
    if len(seen) > ONE_BY_ONE:
        yield WaitingRow(
            what=_("%s papers received outside") % len(seen),
            url=reverse("entries-waiting"),
            waits_on=_("organization or office"),
            since=seen[0].recorded_at,
        )
        return
    for entry in seen:
        yield WaitingRow(
            what=_("%(kind)s received outside: %(organization)s")
            % {"kind": entry.noun, "organization": entry.organization.name},
            url=reverse("participation-entry", args=[entry.pk]),
            waits_on=_("signer or office")
            if entry.kind == EntryKind.WITHDRAWN
            else _("organization or office"),
            since=entry.recorded_at,
        )
