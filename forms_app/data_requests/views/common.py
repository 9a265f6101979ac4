"""What the views of this slice share: finding objects under their policy, and saying refusals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.files.store import FileRefused
from intranet.forms import BaseForm
from intranet.workflow.runner import Refused

from .. import policy
from ..inputs import Upload
from ..models import Ask, DataRequest
from ..picture import Picture


def find_request(actor: Actor, pk: UUID, now: datetime) -> DataRequest:
    """The request, or 404 as if there were none (D10)."""
    found = DataRequest.objects.select_related("guarantee").filter(pk=pk).first()
    if found is None or not policy.may_view_request(actor, found, now).allowed:
        raise Http404
    return found


def find_picture(actor: Actor, pk: UUID, now: datetime) -> Picture:
    """The request with everything around it, or 404 as if there were none (D10)."""
    found = Picture.of(pk, now)
    if found is None or not policy.may_view_request(actor, found.request, now).allowed:
        raise Http404
    return found


def find_ask(actor: Actor, pk: UUID, now: datetime) -> Ask:
    """The organization's part of a request, or 404 as if there were none (D10)."""
    found = (
        Ask.objects.select_related("round__request__guarantee", "organization", "notice")
        .filter(pk=pk)
        .first()
    )
    if found is None or not policy.may_view_ask(actor, found, now).allowed:
        raise Http404
    return found


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, None on GET: an empty POST is a POST, and its form says what is missing."""
    return request.POST if request.method == "POST" else None


def upload_of(handed: Any) -> Upload | None:
    """What a file field holds, as a plain value."""
    return None if not handed else Upload(handed.name, handed.read())


def attempt(form: BaseForm, act: Callable[[], Any]) -> bool:
    """Do the act; a refusal becomes a sentence on top of the form, which keeps what was typed.

    A missing fresh code goes up to the gate, which asks for one and comes back (D11).
    """
    try:
        act()
    except FileRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    except Refused as refusal:
        if refusal.code == "step_up":
            raise
        form.refuse(refusal, f"{refusal.reason} ({refusal.rule})")
        return False
    return True


def crumb(label: object, url: str = "") -> dict[str, object]:
    return {"label": label, "url": url}


def requests_crumb(url: str) -> dict[str, object]:
    return crumb(_("Data requests"), url)


def board_of(ask: Ask) -> str:
    """Address of the board of the ask's request."""
    return reverse("request-board", args=[ask.round.request_id])


def ask_crumbs(ask: Ask, label: object, seen_whole: bool) -> list[dict[str, object]]:
    """Requests, then the board for those who see the whole, the own part for the others."""
    reference = ask.round.request.reference
    middle = crumb(reference, board_of(ask) if seen_whole else reverse("ask-answer", args=[ask.pk]))
    return [requests_crumb(reverse("requests")), middle, crumb(label)]
