"""The question on Home, the list for those who look after posts, and the two jobs. Silence ends nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.actors import Actor
from intranet.access.roles import COORDINATION
from intranet.clock import pulse
from intranet.clock.due import DueRow, Standing
from intranet.notices.models import Notice

from ..days import network_day
from ..policy import KEEPERS
from . import notices, selectors
from .rounds import current


def counts(actor: Actor, now: datetime) -> dict[str, Any]:
    """``still_you``: the actor has to answer; ``unconfirmed``: people whose posts nobody confirmed."""
    round_ = current(network_day(now))
    wanted: dict[str, Any] = {}
    if actor.user_id is not None:
        own = selectors.silent(round_, now).filter(user=actor.user_id)
        wanted["still_you"] = pulse.number_of(own)
    if actor.capacity in KEEPERS:
        of = None if actor.capacity in COORDINATION else actor.organization_id
        wanted["unconfirmed"] = pulse.number_of(selectors.flagged(round_, now, of))
    return wanted


def due(actor: Actor, now: datetime) -> Iterable[DueRow]:
    """The own question; for keepers of posts the list."""
    if pulse.number("still_you", actor, now):
        round_ = current(network_day(now))
        over = round_.is_over(network_day(now))
        yield DueRow(
            what=_("Is this still you?"),
            url=reverse("still-you"),
            why="practice",
            last_day=round_.last_day,
            state=_("Not answered in time") if over else _("One question"),
            standing=Standing.LATE if over else Standing.OPEN,
            do=_("Answer"),
            personal=True,
        )
    if unconfirmed := pulse.number("unconfirmed", actor, now):
        yield DueRow(
            what=ngettext(
                "%s person has not confirmed a post, or said no",
                "%s people have not confirmed a post, or said no",
                unconfirmed,
            )
            % unconfirmed,
            url=reverse("still-you-list"),
            why="practice",
            last_day=None,
            state=_("To look after"),
            standing=Standing.SOON,
            do=_("Show"),
        )


def ask(now: datetime, dry_run: bool) -> Iterable[str]:
    """Write the round's question to everybody who has not answered, once; not after its last day."""
    today = network_day(now)
    round_ = current(today)
    if round_.is_over(today):
        return
    people = list(selectors.silent(round_, now))
    marks = {f"{notices.mark(round_, person)}:{person.language}" for person in people}
    done = set(Notice.objects.filter(once__in=marks).values_list("once", flat=True))
    waiting = [p for p in people if f"{notices.mark(round_, p)}:{p.language}" not in done]
    for person in waiting if not dry_run else ():
        notices.ask(round_, person, now)
    if waiting:
        yield f"{len(waiting)} people asked whether this is still them"


def flag(now: datetime, dry_run: bool) -> Iterable[str]:
    """After the last day: coordination and each Head of Agency hear once that posts are not confirmed."""
    today = network_day(now)
    round_ = current(today)
    if not round_.is_over(today):
        return
    if Notice.objects.filter(once__startswith=f"{notices.FLAG}:{round_.begins_on.isoformat()}:").exists():
        return
    found = [item for item in selectors.flags(now) if not item.reply]
    if not found:
        return
    organizations = {post.organization for item in found for post in item.posts}
    if not dry_run:
        notices.flag(round_, sorted(organizations, key=str), now)
    yield f"{len(found)} people have not confirmed their posts"
