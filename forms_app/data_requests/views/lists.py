"""Lists: what is to answer, the Coordinator's requests, the office's decisions, the media register."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import EVERYBODY
from intranet.clock import now

from .. import people, selectors, services
from ..facts import confirmation_of
from ..forms import MediaForm
from ..models import Answer, Ask, Consultation, DataRequest, FollowUp, OfficeDecision
from ..policy import FORWARDERS, READERS, REGISTRARS, decides_media
from ..tokens import UNANSWERED, AskState, MediaOutcome, RequestState
from ..words import request_status
from .answering import shape_of, what_is_asked
from .common import attempt, crumb, find_request, posted, requests_crumb


@require_safe
@screen(gettext_lazy("Data requests: what is mine to do"), EVERYBODY, "§7B")
def index(request: Request) -> HttpResponse:
    """Readers of the whole see all requests; organizations what is asked of them; others what they forwarded."""
    actor, at = request.actor, now()
    whole = actor.capacity in READERS
    asks = selectors.own_asks(actor)
    newest = selectors.newest_rounds(asks)
    page = {
        "whole": whole,
        "open": [_request_row(r) for r in selectors.open_requests()] if whole else [],
        "ended": [_request_row(r) for r in selectors.ended_requests()] if whole else [],
        "to_answer": [_ask_row(a) for a in asks if _is_open(a, newest, at)],
        "answered": [_ask_row(a) for a in asks if not _is_open(a, newest, at)],
        "forwarded": [] if whole else selectors.forwarded_by(actor),
        "may_register": actor.capacity in REGISTRARS,
        "may_forward": actor.capacity in FORWARDERS,
        "asks": bool(asks),
        "crumbs": [crumb(_("Data requests"))],
    }
    return render(request, "data_requests/index.html", page)


def _request_row(found: DataRequest) -> dict[str, Any]:
    word, standing = request_status(found.state)
    return {"request": found, "word": word, "standing": standing}


def _is_open(ask: Ask, newest: dict[UUID, int], at: datetime) -> bool:
    current = newest.get(ask.round.request_id) == ask.round.number
    running = ask.round.request.state in {RequestState.ROUND_1.value, RequestState.ROUND_2.value}
    unanswered = ask.state in UNANSWERED or ask.state == AskState.CONFLICT
    return current and running and unanswered and not people.is_out(ask.organization, ask.round.issued_at, at)


def _ask_row(ask: Ask) -> dict[str, Any]:
    return {"ask": ask, "request": ask.round.request, "word": AskState(ask.state).label}


@require_safe
@screen(gettext_lazy("One request: items, consultation, decisions, earlier rounds"), READERS, "§7B")
def whole(request: Request, pk: UUID) -> HttpResponse:
    """Everything that is on file about a request, without figures."""
    at, actor = now(), request.actor
    found = find_request(actor, pk, at)
    asks = list(
        Ask.objects.filter(round__request=found)
        .select_related("round", "organization")
        .order_by("round__number", "organization__name_en")
    )
    answers: dict[UUID, list[dict[str, Any]]] = {}
    for answer in (
        Answer.objects.filter(ask__in=asks).select_related("confirmation", "file").order_by("number")
    ):
        answers.setdefault(answer.ask_id, []).append(
            {"answer": answer, "confirmed": confirmation_of(answer), "word": answer.get_choice_display()}
        )
    sent_to_management = list(FollowUp.objects.filter(round__request=found))
    rounds: dict[int, dict[str, Any]] = {}
    for ask in asks:
        entry = rounds.setdefault(
            ask.round.number,
            {
                "round": ask.round,
                "rows": [],
                "follow_ups": [sent for sent in sent_to_management if sent.round_id == ask.round_id],
            },
        )
        silent_later = any(str(ask.pk) in other.round.silent for other in asks)
        word = AskState.NO_RESPONSE.label if silent_later else AskState(ask.state).label
        entry["rows"].append({"ask": ask, "word": word, "answers": answers.get(ask.pk, [])})
    page = {
        "data_request": found,
        "rows": what_is_asked(found),
        "shape": shape_of(found),
        "consultations": list(Consultation.objects.filter(request=found).select_related("file")),
        "classifyings": list(found.classifyings.all()),
        "decisions": list(OfficeDecision.objects.filter(request=found).select_related("file")),
        "rounds": list(rounds.values()),
        "crumbs": [
            requests_crumb(reverse("requests")),
            crumb(found.reference, reverse("request-board", args=[found.pk])),
            crumb(_("On file")),
        ],
    }
    return render(request, "data_requests/whole.html", page)


@require_safe
@screen(gettext_lazy("The media register, for all members"), EVERYBODY, "§7A.3")
def media_register(request: Request) -> HttpResponse:
    """Media requests with decision and reason; no figures leave through here."""
    at, actor = now(), request.actor
    rows = [
        {
            "request": found,
            "decisions": decisions,
            "may_decide": decides_media(actor, found, at).allowed,
        }
        for found, decisions in selectors.media_requests()
    ]
    page = {
        "rows": rows,
        "crumbs": [requests_crumb(reverse("requests")), crumb(_("Media requests"))],
    }
    return render(request, "data_requests/media.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(gettext_lazy("Decide on a media request"), EVERYBODY, "§7A.3")
def media_decide(request: Request, pk: UUID) -> HttpResponse:
    """By the office, or by the agency that was asked."""
    at, actor = now(), request.actor
    found = DataRequest.objects.filter(pk=pk, state=RequestState.MEDIA).first()
    if found is None:
        raise Http404
    may = decides_media(actor, found, at)
    form = MediaForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt(
            form,
            lambda: services.decide_media(
                found, MediaOutcome(data["outcome"]), data["reason"], actor, at, key=form.key
            ),
        ):
            messages.success(request, _("The decision stands in the media register."))
            return redirect("media-register")
    page = {
        "data_request": found,
        "form": form,
        "may_decide": may.allowed,
        "why_not": may.reason,
        "submit": _("Enter the decision"),
        "back": reverse("media-register"),
        "crumbs": [
            requests_crumb(reverse("requests")),
            crumb(_("Media requests"), reverse("media-register")),
            crumb(found.reference),
        ],
    }
    return render(request, "data_requests/media_decide.html", page, status=400 if form.errors else 200)
