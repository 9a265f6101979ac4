"""What this floor contributes to the network's state of play: standings, vacancies, confirmations, people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from intranet.clock.due import Standing as Shape
from intranet.clock.handover import Line, Part
from intranet.listing import listed
from protocol_pages.editions.selectors import NoEdition, edition_in_force

from .. import directory, selectors
from ..days import network_day
from ..models import EntryKind, Organization, ParticipationEntry
from ..presence.selectors import flags
from ..recovery.models import RecoveryState
from ..recovery.selectors import running
from ..selectors import Position, Standing
from ..standing import standing_of


def parts(now: datetime) -> Iterable[Part]:
    """Six parts; ten queries whatever the size."""
    day = network_day(now)
    organizations = list(directory.active_on(day))
    positions = selectors.positions_on(day)
    yield _standings(organizations, positions, day)
    left = {pk for pk, found in positions.items() if found.endorsement is not None and not found.member}
    yield _vacancies([item for item in organizations if item.pk not in left], day)
    yield _confirmations()
    yield _lost_phones(now)
    yield _unconfirmed(now)


def _edition_number(day: date) -> int | None:
    try:
        return edition_in_force(day).number
    except NoEdition:
        return None


def _standings(organizations: list[Organization], positions: dict[UUID, Position], day: date) -> Part:
    number = _edition_number(day)
    found: dict[Standing, list[str]] = defaultdict(list)
    due: list[str] = []
    for item in organizations:
        position = positions.get(item.pk, Position())
        found[standing_of(item, position, day)].append(item.name)
        signed = position.endorsement
        if position.member and isinstance(signed, ParticipationEntry) and number is not None:
            due += [item.name] if (signed.edition_number or 0) < number else []
    lines = [
        Line(
            what=f"{standing.label}: {len(found[standing])}",
            state=listed(sorted(found[standing])),
            next=_("Remind of the endorsement") if standing is Standing.INVITED else "",
            url=reverse("endorsements"),
        )
        for standing in Standing
        if found[standing] and standing is not Standing.NEVER
    ]
    if due:
        lines.append(
            Line(
                what=_("Endorsement of the newest edition is due: %s") % len(due),
                state=listed(sorted(due)),
                next=_("Remind of the endorsement"),
                url=reverse("endorsements"),
                standing=Shape.SOON,
            )
        )
    return Part(
        _("Organizations by standing"), tuple(lines), _("No organization is registered yet."), "§2", 10
    )


def _vacancies(organizations: list[Organization], day: date) -> Part:
    lines = []
    for pk, contacts in selectors.contacts_for(organizations, day).items():
        empty = [
            label
            for label, person in (
                (_("Primary focal point"), contacts.primary),
                (_("Secondary focal point"), contacts.secondary),
                (_("Head of Agency"), contacts.head_of_agency),
            )
            if person is None
        ]
        if empty:
            item = next(item for item in organizations if item.pk == pk)
            lines.append(
                Line(
                    what=item.name,
                    state=listed(empty),
                    next=_("Fill the post"),
                    url=reverse("organization", args=[pk]),
                    standing=Shape.SOON,
                )
            )
    return Part(_("Vacant posts"), tuple(lines), _("No post is vacant today."), "practice", 40)


def _confirmations() -> Part:
    """Without what the office may not read of a breach that involves it: it reads this page too (§9.g)."""
    lines = tuple(
        Line(
            what=f"{entry.noun}: {entry.organization.name}",
            state=_("recorded by %s") % entry.recorded_by,
            next=_("the signer or the office confirms")
            if entry.kind == EntryKind.WITHDRAWN
            else _("the organization or the office confirms"),
            url=reverse("participation-entry", args=[entry.pk]),
            standing=Shape.SOON,
        )
        for entry in selectors.waiting_entries()
        if not entry.office_involved
    )
    nothing = _("Nothing that arrived outside waits for a confirmation.")
    return Part(_("Received outside, waiting for a confirmation"), lines, nothing, "D17", 50)


def _lost_phones(now: datetime) -> Part:
    steps = {
        RecoveryState.OPEN.value: _("somebody vouches"),
        RecoveryState.VOUCHED.value: _("another person confirms"),
        RecoveryState.CONFIRMED.value: _("the person uses the link"),
    }
    lines = tuple(
        Line(
            what=row.person.name,
            state=row.get_state_display(),
            next=steps[row.state],
            last_day=network_day(row.expires_at),
            url=reverse("recovery", args=[row.pk]),
            standing=Shape.SOON,
        )
        for row in running(now)
    )
    return Part(_("Lost phones"), lines, _("No lost phone is under way."), "D11", 70)


def _unconfirmed(now: datetime) -> Part:
    lines = tuple(
        Line(
            what=flag.person.name,
            state=flag.words or _("no answer"),
            next=_("Look after the post"),
            url=reverse("still-you-list"),
            standing=Shape.SOON,
        )
        for flag in flags(now)
    )
    return Part(
        _("Posts that nobody confirmed"),
        lines,
        _("Every post that was asked for is confirmed."),
        "practice",
        60,
    )
