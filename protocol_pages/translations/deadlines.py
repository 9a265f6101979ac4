"""A recorded text that waits for its second person stands on the keepers' Home. It has no last day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.actors import Actor
from intranet.clock import pulse
from intranet.clock.due import DueRow, Standing
from protocol_pages.editions.life import KEEPERS

from . import selectors


def counts(actor: Actor, now: datetime) -> dict[str, Any]:
    """For keepers of the text: ``reviewed_texts`` that others recorded."""
    if actor.capacity not in KEEPERS:
        return {}
    return {"reviewed_texts": pulse.number_of(selectors.waiting(actor.user_id))}


def due_from(actor: Actor, now: datetime) -> Iterable[DueRow]:
    """One row, whatever their number."""
    if actor.capacity not in KEEPERS:
        return
    number = pulse.number("reviewed_texts", actor, now)
    if number:
        what = ngettext(
            "%s text of a reviewer waits for your confirmation",
            "%s texts of reviewers wait for your confirmation",
            number,
        )
        yield DueRow(
            what=what % number,
            url=reverse("reviewed-texts"),
            why="D4",
            last_day=None,
            state=_("Recorded, waits for a confirmation"),
            standing=Standing.OPEN,
            do=_("Show"),
        )
