"""The answer page of focal points, Head of Agency and senior management (§7B.1-2, D24). GET never decides."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from audit.actors import Actor
from forms_app.common import figures
from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import ORGANIZATION_POSTS
from intranet.clock import now, wording

from .. import facts, people, services
from ..answer_forms import AnswerForm
from ..ask_guards import ANSWERABLE, by_other_hands
from ..facts import AskFacts, confirmation_of
from ..models import Answer, Ask, DataRequest
from ..models.requests import FIVE_ITEMS
from ..notices import months_in_words
from ..policy import READERS, speaks_for
from ..tokens import RequestState
from ..words import capacity_word, organization_status
from .common import attempt, board_of, crumb, find_ask, posted, requests_crumb


@require_http_methods(["GET", "HEAD", "POST"])
@screen(
    gettext_lazy("An organization's part of a data request: read it, answer it"),
    ORGANIZATION_POSTS | READERS,
    "§7B.1",
)
def answer(request: Request, pk: UUID) -> HttpResponse:
    """Five items and guarantee first, then three choices and what each does."""
    at, actor = now(), request.actor
    ask = find_ask(actor, pk, at)
    known = facts.of_ask(ask)
    may = speaks_for(actor, ask, at)
    form = AnswerForm(posted(request), initial={"data_set_sha256": ask.round.data_set_sha256})
    if request.method == "POST":
        if not may.allowed:
            form.is_valid()
            form.add_error(None, f"{may.reason} ({may.rule})")
        elif form.is_valid() and attempt(
            form,
            lambda: services.answer(
                ask,
                form.cleaned_data["choice"],
                actor,
                at,
                comment=form.cleaned_data["comment"],
                data_set_sha256=form.cleaned_data["data_set_sha256"],
                key=form.key,
            ),
        ):
            messages.success(
                request, _("Your answer was recorded. The other people of your organization see it.")
            )
            return redirect("ask-answer", pk=ask.pk)
        ask.refresh_from_db()
        known = facts.of_ask(ask)
    status = 400 if form.errors else 200
    return render(request, "data_requests/answer.html", _page(actor, ask, known, form, at), status=status)


def _page(actor: Actor, ask: Ask, known: AskFacts, form: AnswerForm, at: Any) -> dict[str, Any]:
    request: DataRequest = ask.round.request
    word, standing = organization_status(known, at)
    open_for_answers = request.state in ANSWERABLE and known.closed_at is None
    late = known.closed_at is not None and request.state in ANSWERABLE
    waiting = known.unconfirmed()
    out = known.closed_at is None and people.is_out(ask.organization, ask.round.issued_at, at)
    own = actor.organization_id == ask.organization_id
    asked = speaks_for(actor, ask, at).allowed and not out and (open_for_answers or late)
    hands = by_other_hands(actor, ask, at) if asked else None
    return {
        "ask": ask,
        "own": own,
        "facts": known,
        "data_request": request,
        "form": form,
        "now": at,
        "rows": what_is_asked(request),
        "shape": shape_of(request),
        "due": known.due(),
        "may_answer": hands is not None and hands.allowed,
        "why_not": hands.reason if hands is not None and not hands.allowed else "",
        "out": out,
        "on_hold": request.state == RequestState.ON_HOLD,
        "late": late,
        "open": open_for_answers,
        "word": word,
        "standing": standing,
        "answers": [answer_row(a, known) for a in known.answers],
        "waiting_answer": waiting,
        "crumbs": [
            requests_crumb(reverse("requests")),
            crumb(_("To answer") if own else request.reference, "" if own else board_of(ask)),
        ],
    }


def what_is_asked(request: DataRequest) -> list[dict[str, Any]]:
    """The five items word for word, as the receiving party wrote them (§7B.0)."""
    rows: list[dict[str, Any]] = [{"term": _("Who asks"), "text": request.requester_organization}]
    for name in FIVE_ITEMS:
        label = request._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        rows.append({"term": label, "text": getattr(request, name), "lang": "und"})
    found = request.guarantee
    if found is not None:
        rows.append(
            {
                "term": _("v. Written guarantee"),
                "text": found.text,
                "lang": "und",
                "detail": _("Signed by %(name)s, %(title)s, %(organization)s, on %(day)s.")
                % {
                    "name": found.signer_name,
                    "title": found.signer_title,
                    "organization": found.signer_organization,
                    "day": wording.plain_date(found.signed_on),
                },
                "url": reverse("file", args=[found.file_id]),
                "link": _("Read the signed paper"),
            }
        )
    rows.append({"term": _("Period"), "text": months_in_words(request)})
    optional = (
        (_("Outlets planned"), request.outlets),
        (_("Who inside will see it"), request.seen_by),
        (_("How it is stored"), request.storage),
        (_("Destroyed on"), wording.plain_date(request.destroyed_on) if request.destroyed_on else ""),
    )
    rows += [{"term": term, "text": text} for term, text in optional if text]
    return rows


def shape_of(request: DataRequest) -> list[dict[str, Any]]:
    """Shape of the tables, no figures (D31)."""
    provider = figures.provider()
    labels = provider.table_labels()
    return [
        {"title": labels.get(code, code), "rows": list(provider.row_labels(code).values())}
        for code in request.tables
    ]


def answer_row(found: Answer, known: AskFacts) -> dict[str, Any]:
    """One answer as the organization and the Coordinator see it; received outside looks different (D17)."""
    detail = []
    if found.received_outside:
        confirmed = confirmation_of(found)
        detail.append(
            _("received outside on %(day)s, recorded by %(who)s")
            % {"day": wording.plain_date(found.received_on), "who": found.recorded_by}  # type: ignore[arg-type]
        )
        if found.choice == "authorize" or confirmed is False:
            detail.append(
                {
                    True: _("confirmed"),
                    False: _("set aside, does not count"),
                    None: _("not confirmed yet, does not count"),
                }[confirmed]
            )
    if known.is_late(found):
        detail.append(_("late: changes nothing in this round"))
    return {
        "answer": found,
        "word": found.get_choice_display(),
        "who": found.person,
        "capacity": capacity_word(found.capacity),
        "outside": found.received_outside,
        "detail": "; ".join(str(part) for part in detail),
    }
