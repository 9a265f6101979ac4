"""What happened to requests since the last visit: whole for readers of the whole, else the own part alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import CharField, F, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.access.roles import ORGANIZATION_POSTS
from intranet.clock.changes import Change, Row, Source, columns, newest_events

from .models import Ask, DataRequest, MediaDecision
from .policy import READERS
from .tokens import ENDED, RequestState

ASKED = ("ask.ask", "ask.follow_up", "ask.send_again")
ANSWERED = (
    "ask.authorize",
    "ask.refuse",
    "ask.need_to_ask",
    "ask.record_no",
    "ask.record_yes",
    "ask.confirm_received",
    "ask.set_aside",
    "ask.accept_correction",
)


def whole(actor: Actor, since: datetime) -> QuerySet[Any] | None:
    """Requests whose state changed, each once, with the state that it has now."""
    if actor.capacity not in READERS:
        return None
    changed = Q(object_type="datarequest") & ~Q(state_before=F("state_after"))
    return newest_events(actor, since, changed, word="state_after")


def show_whole(row: Row) -> Change:
    """ "DR-2026-004: With the DSRSG/HC/RC office"."""
    state = RequestState(row.word).label
    return Change(f"{row.label}: {state}", reverse("request-board", args=[row.ref]), row.at)


def _own(actor: Actor) -> QuerySet[Ask] | None:
    if actor.capacity not in ORGANIZATION_POSTS or actor.organization_id is None:
        return None
    return Ask.objects.filter(organization_id=actor.organization_id)


def own_part(actor: Actor, since: datetime) -> QuerySet[Any] | None:
    """What was asked of the organization, and what was answered in its name by others."""
    own = _own(actor)
    if own is None:
        return None
    chosen = Q(object_type="ask", action__in=(*ASKED, *ANSWERED))
    return newest_events(actor, since, chosen & Q(object_id__in=own.values(as_text=Cast("pk", CharField()))))


def show_own(row: Row) -> Change:
    """Asked or answered: never by whom of another organization, never what."""
    sentence = (
        _("%(reference)s: your organization is asked")
        if row.word in ASKED
        else _("%(reference)s: an answer was entered for your organization")
    )
    return Change(sentence % {"reference": row.label}, reverse("ask-answer", args=[row.ref]), row.at)


def own_ended(actor: Actor, since: datetime) -> QuerySet[Any] | None:
    """Requests that asked the organization and have ended."""
    own = _own(actor)
    if own is None:
        return None
    requests = DataRequest.objects.filter(rounds__asks__in=own, state__in=ENDED)
    return columns(requests.distinct(), "ended_at", ref="pk", label="reference", word="state").filter(
        ended_at__gt=since
    )


def show_ended(row: Row) -> Change:
    """Released, or ended without a release; nothing more is anybody's business."""
    sentence = (
        _("%(reference)s: the data was released")
        if row.word == "released"
        else _("%(reference)s: this request has ended, nothing was released")
    )
    return Change(sentence % {"reference": row.label}, reverse("requests"), row.at)


def media(actor: Actor, since: datetime) -> QuerySet[Any]:
    """Decisions on media requests are for all members to read (§7A.3)."""
    rows = MediaDecision.objects.filter(at__gt=since)
    return columns(rows, "at", ref="request_id", label="request__reference")


def show_media(row: Row) -> Change:
    sentence = _("%(reference)s: a decision stands in the media register") % {"reference": row.label}
    return Change(sentence, reverse("media-register"), row.at)


SOURCES = (
    Source("requests", whole, show_whole),
    Source("own_requests", own_part, show_own),
    Source("own_requests_ended", own_ended, show_ended),
    Source("media", media, show_media),
)
