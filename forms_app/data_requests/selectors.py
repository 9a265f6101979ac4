"""Lists of requests for each capacity; the number of queries does not grow with the network."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from uuid import UUID

from audit.actors import Actor
from intranet.access.roles import ORGANIZATION_POSTS
from intranet.network.once import once

from .models import Ask, DataRequest, MediaDecision
from .models.requests import FIVE_ITEMS
from .tokens import ENDED, RequestState

OPEN = tuple(state.value for state in RequestState if state not in ENDED)


def text_mark(request: DataRequest) -> str:
    """SHA-256 of what the receiving party wrote: another text, another mark (§7B.0)."""
    names = [
        *FIVE_ITEMS,
        *("kind", "requester_organization", "requester_kind", "period_first", "period_last", "tables"),
        *("outlets", "seen_by", "storage", "destroyed_on", "guarantee_id"),
    ]
    text = json.dumps([str(getattr(request, name)) for name in names])
    return hashlib.sha256(text.encode()).hexdigest()


def open_requests() -> list[DataRequest]:
    """Requests on the ladder, newest first."""
    return on_the_ladder()[::-1]


def on_the_ladder() -> list[DataRequest]:
    """Requests that have not ended, on hold included, oldest first. One query, read once a page."""
    rows = DataRequest.objects.filter(state__in=OPEN).select_related("guarantee").order_by("registered_at")
    return once("requests on the ladder", lambda: list(rows))


def ended_requests(limit: int = 50) -> list[DataRequest]:
    """Requests that ended, media ones apart, newest first. One query."""
    states = [s.value for s in ENDED if s != RequestState.MEDIA]
    return list(DataRequest.objects.filter(state__in=states).order_by("-registered_at")[:limit])


def media_requests() -> list[tuple[DataRequest, list[MediaDecision]]]:
    """The media register: each request with its decisions. Two queries."""
    rows = list(DataRequest.objects.filter(state=RequestState.MEDIA).order_by("-registered_at"))
    decisions: dict[UUID, list[MediaDecision]] = {}
    for decision in MediaDecision.objects.filter(request__in=rows).order_by("at"):
        decisions.setdefault(decision.request_id, []).append(decision)
    return [(row, decisions.get(row.pk, [])) for row in rows]


def forwarded_by(actor: Actor) -> list[DataRequest]:
    """What the person forwarded, newest first. One query."""
    if actor.user_id is None:
        return []
    return list(DataRequest.objects.filter(forwarded_by_user_id=actor.user_id).order_by("-registered_at"))


def own_asks(actor: Actor) -> list[Ask]:
    """The organization's part of every request, newest first, one query; empty for others."""
    if actor.capacity not in ORGANIZATION_POSTS or actor.organization_id is None:
        return []
    return list(
        Ask.objects.filter(organization_id=actor.organization_id)
        .select_related("round__request", "organization", "notice")
        .order_by("-asked_at")
    )


def newest_rounds(asks: Iterable[Ask]) -> dict[UUID, int]:
    """The newest round's number of each request in ``asks``. One query."""
    from django.db.models import Max

    ids = {ask.round.request_id for ask in asks}
    rows = DataRequest.objects.filter(pk__in=ids).annotate(newest=Max("rounds__number"))
    return {row.pk: row.newest or 0 for row in rows}
