"""The page around the text, remembered for one person for a minute; the text itself is shared (``reader``).

Everything personal that the frame shows is part of its key, so no frame is ever given to somebody else. The
form token is never remembered: each answer gets its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django.contrib.messages import get_messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from audit.models import Event
from intranet.access.session import held_capacities
from intranet.compiled import Statement

_LAST_EVENT = Statement(lambda: Event.objects.order_by("-sequence").values_list("sequence")[:1])
SECONDS = 60
TEMPLATE = "protocol_pages/reader/page.html"
# Random for each process: no text from outside can hold them.
_BODY, _TOKEN = f"body-{uuid4().hex}", f"token-{uuid4().hex}"


def whole_page(
    request: HttpRequest,
    context: Mapping[str, Any],
    body: SafeString,
    personal: Callable[[], Mapping[str, Any]] = dict,
) -> HttpResponse:
    """The reader's page with ``body`` in the person's frame. ``personal``: more of the frame, costly to ask for."""
    key = None if request.GET or len(get_messages(request)) else _key(request, context)
    kept: tuple[str, str, str] | None = cache.get(key) if key else None
    if kept is None:
        marked = {**context, **personal(), "body": mark_safe(_BODY), "csrf_token": _TOKEN}  # noqa: S308 - our own mark
        head, _, tail = render_to_string(TEMPLATE, marked, request).partition(_BODY)
        kept = (head, tail, _TOKEN)
        if key:
            cache.set(key, kept, SECONDS)
    head, tail, mark = kept
    token = get_token(request)
    return HttpResponse(head.replace(mark, token) + body + tail.replace(mark, token))


def _key(request: HttpRequest, context: Mapping[str, Any]) -> str:
    """All that the frame depends on: the person, what they hold and chose, the words, the settings, the day.

    And the last event of the ledger: whatever anybody did since may have ended or made a task.
    """
    actor, network = getattr(request, "actor", None), context["network"]
    parts = (
        request.user.pk,
        actor and (actor.label, actor.capacity, actor.organization_id, actor.organization),
        [held.key for held in held_capacities(request)] if actor else "",
        getattr(request.user, "is_superuser", False),
        get_language(),
        request.path,
        context["edition"].pk,
        "defaults" if network._state.adding else network.pk,
        context["today"],
        context["review"],
        _LAST_EVENT.rows(),
    )
    return "protocol-frame:" + hashlib.sha256(repr(parts).encode()).hexdigest()
