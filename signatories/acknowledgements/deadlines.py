"""The row on Home and the reminders; one mail a person in fourteen days at most."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.clock import pulse
from intranet.clock.due import DueRow, Standing
from intranet.notices.models import Notice

from ..days import network_day
from ..telling import Words, tell
from . import rules, selectors

KIND = "acknowledgement.ask"


def counts(actor: Actor, now: datetime) -> dict[str, Any]:
    """``to_acknowledge``: the actor has to confirm that the text is read and understood."""
    if actor.user_id is None:
        return {}
    return {"to_acknowledge": pulse.number_of(selectors.waiting(now).filter(user=actor.user_id))}


def due_from(actor: Actor, now: datetime) -> Iterable[DueRow]:
    """For everybody who is asked."""
    if pulse.number("to_acknowledge", actor, now):
        yield DueRow(
            what=_("Read the protocol and confirm that you have understood it"),
            url=reverse("acknowledge-text"),
            why="practice",
            last_day=None,
            state=_("Not confirmed"),
            standing=Standing.OPEN,
            do=_("Read and confirm"),
            personal=True,
        )


def remind(now: datetime, dry_run: bool) -> Iterable[str]:
    """Who is asked hears once in fourteen days."""
    span = network_day(now).toordinal() // rules.REMINDED_EVERY.days
    people = list(selectors.waiting(now))
    marks = {f"{KIND}:{person.pk}:{span}": person for person in people}
    done = set(
        Notice.objects.filter(once__in=[f"{m}:{p.language}" for m, p in marks.items()]).values_list(
            "once", flat=True
        )
    )
    told = 0
    for mark, person in marks.items():
        if f"{mark}:{person.language}" in done:
            continue
        told += 1 if dry_run else tell(KIND, [person], _words, now, rule="practice", once=mark)
    if told:
        yield f"{told} people asked to acknowledge the text"


def _words() -> Words:
    return Words(
        _("Read and understood"),
        _("Please read the protocol and confirm that you have understood it."),
        reverse("acknowledge-text"),
    )
