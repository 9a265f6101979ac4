"""Home's rows for the open things of this floor: verify, confirm, send again, invitations under way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from audit.actors import Actor
from intranet.access.roles import COORDINATION, OFFICE, ORGANIZATION_POSTS, Capacity
from intranet.clock.calendars import calendar_for
from intranet.clock.due import DueRow, Standing, WaitingRow

from .days import network_day
from .open_things import OpenThing, What, open_things
from .policy import RECORDERS
from .succession import deadlines
from .succession.models import Succession, SuccessionState
from .succession.policy import VERIFIERS

_OWN = ORGANIZATION_POSTS | {Capacity.SIGNER}
_STOPPED = {SuccessionState.HELD, SuccessionState.NOT_VERIFIED}


def due(actor: Actor, now: datetime) -> Iterable[DueRow]:
    """Rows of the actor's capacity."""
    if actor.capacity not in VERIFIERS | _OWN:
        return
    for thing in open_things(actor, now):
        row = _row(thing, actor, now)
        if row is not None:
            yield row


def _row(thing: OpenThing, actor: Actor, now: datetime) -> DueRow | None:
    own = actor.capacity in _OWN
    if thing.what == What.INVITATION:
        return None  # part of the row that asks to endorse
    if thing.what == What.ROUND:
        return _round(thing, now) if actor.capacity in COORDINATION else None
    if thing.what == What.AUTHORITY:
        confirms = (own or actor.capacity in OFFICE) and not thing.mine
        return _authority(thing) if confirms else None
    if thing.state == SuccessionState.RECORDED:
        confirms = (own or actor.capacity in OFFICE) and not thing.mine
        return (
            _simple(thing, _("Confirm a letter on the signer’s successor"), _("Look and confirm"), "D17")
            if confirms
            else None
        )
    if thing.state == SuccessionState.VERIFYING:
        if actor.capacity in VERIFIERS and not thing.mine and not thing.done:
            return _verify(thing, now)
        if actor.capacity == Capacity.SIGNER:
            return _simple(thing, _("A succession of the signer is under way"), _("Look"), "practice")
        return None
    if actor.capacity == Capacity.HEAD_OF_AGENCY:
        return _simple(
            thing, _("Send a new letter on the signer’s successor"), pgettext("button", "Open"), "practice"
        )
    return None


def _simple(thing: OpenThing, what: str, do: str, why: str) -> DueRow:
    return DueRow(
        what=what,
        url=reverse("succession", args=[thing.pk]),
        why=why,
        last_day=None,
        state=SuccessionState(thing.state).label,
        standing=Standing.LATE if thing.state in _STOPPED else Standing.SOON,
        do=do,
        detail=thing.name,
    )


def _as_succession(thing: OpenThing) -> Succession:
    """The facts that the clock reads, without another query."""
    return Succession(state=thing.state, counted_from=thing.since, ends_at=thing.ends_at, last_day=thing.day)


def _verify(thing: OpenThing, now: datetime) -> DueRow:
    clock = deadlines.due(_as_succession(thing), calendar_for(), now)
    overdue = clock is not None and clock.overdue
    return DueRow(
        what=_("Verify who succeeds the signer"),
        url=reverse("succession", args=[thing.pk]),
        why="practice",
        last_day=clock.last_day if clock else None,
        state=_("Overdue") if overdue else _("Waiting for you"),
        standing=Standing.LATE if overdue else Standing.SOON,
        do=_("Look and verify"),
        detail=thing.name,
        counted=clock.counted if clock else None,
    )


def _authority(thing: OpenThing) -> DueRow:
    return DueRow(
        what=_("Confirm an authority to sign that arrived outside"),
        url=reverse("organization", args=[thing.pk]),
        why="D17",
        last_day=None,
        state=_("Waiting for you"),
        standing=Standing.SOON,
        do=_("Look and confirm"),
        detail=thing.name,
    )


def _round(thing: OpenThing, now: datetime) -> DueRow:
    assert thing.day is not None
    complete, late = thing.count >= thing.total, network_day(now) > thing.day
    return DueRow(
        what=_("Endorsements of edition %s") % thing.name,
        url=reverse("invitation-round", args=[thing.pk]),
        why="practice",
        last_day=thing.day,
        state=_("%(signed)d of %(asked)d have endorsed") % {"signed": thing.count, "asked": thing.total},
        standing=Standing.DONE if complete else Standing.LATE if late else Standing.OPEN,
        do=_("Open the round"),
    )


def waiting(actor: Actor, now: datetime) -> Iterable[WaitingRow]:
    """What others have to say: a recorded letter or authority, a verification."""
    head = actor.capacity == Capacity.HEAD_OF_AGENCY
    if actor.capacity not in RECORDERS | VERIFIERS and not head:
        return
    for thing in open_things(actor, now):
        row = _waiting(thing, actor)
        if row is not None:
            yield row


def _waiting(thing: OpenThing, actor: Actor) -> WaitingRow | None:
    outside = actor.capacity in RECORDERS
    if thing.what == What.AUTHORITY and outside:
        what, waits_on = _("Authority to sign received outside"), _("organization or office")
        url, day = reverse("organization", args=[thing.pk]), None
    elif thing.what != What.SUCCESSION:
        return None
    elif thing.state == SuccessionState.RECORDED and outside:
        what, waits_on = _("Letter on a signer’s successor received outside"), _("organization or office")
        url, day = reverse("succession", args=[thing.pk]), None
    elif thing.state == SuccessionState.VERIFYING and (
        actor.capacity == Capacity.HEAD_OF_AGENCY or thing.done or thing.mine
    ):
        what, waits_on = _("Verification of a signer’s successor"), _("PSEA Coordinator or office")
        url, day = reverse("succession", args=[thing.pk]), thing.day
    elif thing.state in _STOPPED and actor.capacity in COORDINATION:
        what, waits_on = _("New letter on a signer’s successor"), _("Head of Agency")
        url, day = reverse("succession", args=[thing.pk]), None
    else:
        return None
    return WaitingRow(
        what=f"{what}: {thing.name}", url=url, waits_on=waits_on, since=thing.since, last_day=day
    )
