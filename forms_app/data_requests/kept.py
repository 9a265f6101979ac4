"""This slice as the keeper of requests, for the suspension of a receiving party (``forms_app.common.parties``)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse

from audit.actors import Actor
from forms_app.common.parties import OpenRequest, ReleasedTo
from signatories.days import network_day

from . import services
from .models import DataRequest, Release
from .selectors import on_the_ladder
from .tokens import BEFORE_RELEASE, RequestState

HOLDABLE = frozenset({RequestState.DRAFT, RequestState.CONSULTED, *BEFORE_RELEASE})


class KeptRequests:
    """Requests and releases by the name of who asked."""

    def hold(self, same: Callable[[str], bool], actor: Actor, now: datetime, note: str) -> int:
        """Each through the runner, so that its history and event say why."""
        held = 0
        for request in DataRequest.objects.filter(state__in=HOLDABLE).order_by("registered_at"):
            if same(request.requester_organization):
                services.hold_for_party(request, actor, now, note)
                held += 1
        return held

    def open(self) -> list[OpenRequest]:
        """Not ended, on hold included, oldest first. One query."""
        return [
            OpenRequest(row.reference, row.requester_organization, reverse("request-board", args=[row.pk]))
            for row in on_the_ladder()
        ]

    def released(self) -> list[ReleasedTo]:
        """Every release, newest first. One query, and the settings."""
        rows = Release.objects.order_by("-at").values_list("letter_number", "recipient", "at")
        return [ReleasedTo(number, party, network_day(at)) for number, party, at in rows]
