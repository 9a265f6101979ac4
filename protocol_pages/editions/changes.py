"""New editions of the protocol, for everybody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.clock.changes import Change, Row, Source, columns

from .models import Edition


def editions(actor: Actor, since: datetime) -> QuerySet[Any]:
    """Editions adopted since."""
    return columns(Edition.objects.filter(adopted_at__gt=since), "adopted_at", ref="number", word="minor")


def show(row: Row) -> Change:
    """The edition by its label."""
    number, minor = int(row.ref), int(row.word)
    label = f"{number}.{minor}" if minor else str(number)
    url = reverse("protocol-edition", args=[(number, minor)])
    return Change(_("New edition of the protocol: %(label)s") % {"label": label}, url, row.at)


SOURCES = (Source("editions", editions, show),)
