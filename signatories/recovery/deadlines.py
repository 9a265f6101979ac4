"""Rows on Home for those who vouch, confirm, or are concerned; the job that notes what ended unused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.access.roles import COORDINATION, OFFICE_AND_ASSISTANTS
from intranet.clock import pulse
from intranet.clock.due import DueRow, Standing, WaitingRow
from intranet.network.once import once

from ..days import network_day
from . import policy, selectors, services
from .models import Recovery, RecoveryState


def counts(actor: Actor, now: datetime) -> dict[str, Any]:
    """``lost_phones``: recoveries under way that may concern the actor."""
    running = selectors.running(now)
    if actor.capacity not in COORDINATION | OFFICE_AND_ASSISTANTS:
        running = selectors.near(running, actor)
    return {"lost_phones": pulse.number_of(running)}


def _live(actor: Actor, now: datetime) -> list[Recovery]:
    if not pulse.number("lost_phones", actor, now):
        return []
    return once(("lost phones", now), lambda: list(selectors.running(now)))


def due(actor: Actor, now: datetime) -> Iterable[DueRow]:
    """Nothing is read while nothing is under way."""
    for recovery in _live(actor, now):
        row = _own(recovery) if actor.user_id == recovery.user_id else _asked(recovery, actor, now)
        if row is not None:
            yield row


def _own(recovery: Recovery) -> DueRow:
    return DueRow(
        what=_("A lost phone was reported for your account"),
        url=reverse("recovery", args=[recovery.pk]),
        why="D11",
        last_day=None,
        state=recovery.get_state_display(),
        standing=Standing.LATE,
        do=_("Is it so?"),
        detail=_("You are signed in with your phone. If nothing is lost, stop it."),
        personal=True,
    )


def _asked(recovery: Recovery, actor: Actor, now: datetime) -> DueRow | None:
    vouches = recovery.state == RecoveryState.OPEN and policy.may_vouch(actor, recovery, now).allowed
    confirms = recovery.state == RecoveryState.VOUCHED and policy.may_confirm(actor, recovery, now).allowed
    same = recovery.voucher is not None and recovery.voucher.user_id == actor.user_id
    if not vouches and not (confirms and not same):
        return None
    return DueRow(
        what=_("Lost phone: vouch for the person") if vouches else _("Lost phone: confirm it"),
        url=reverse("recovery", args=[recovery.pk]),
        why="D11",
        last_day=network_day(recovery.expires_at),
        state=_("Waiting for you"),
        standing=Standing.SOON,
        do=_("Vouch") if vouches else _("Look and confirm"),
        detail=recovery.person.name,
    )


def waiting(actor: Actor, now: datetime) -> Iterable[WaitingRow]:
    """For coordination: on whom each one waits."""
    if actor.capacity not in COORDINATION:
        return
    for recovery in _live(actor, now):
        if recovery.user_id == actor.user_id or _asked(recovery, actor, now) is not None:
            continue
        on = {
            RecoveryState.OPEN.value: _("somebody who vouches"),
            RecoveryState.VOUCHED.value: _("another person who confirms"),
            RecoveryState.CONFIRMED.value: _("the person, by the link"),
        }[recovery.state]
        yield WaitingRow(
            what=_("Lost phone: %s") % recovery.person.name,
            url=reverse("recovery", args=[recovery.pk]),
            waits_on=on,
            since=recovery.confirmed_at or recovery.vouched_at or recovery.opened_at,
            last_day=network_day(recovery.expires_at),
        )


def note_the_end(now: datetime, dry_run: bool) -> Iterable[str]:
    """Note what ended unused, once; nobody waits for this job, since the end is derived."""
    for recovery in selectors.over(now):
        if not dry_run:
            services.expire(recovery, now)
        yield "a lost phone ended unused"
