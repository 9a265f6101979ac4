"""Does a record from outside stand? Its confirmation, its denial, and the recorder's own correction (D17)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from audit.actors import Actor
from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import OFFICE, ORGANIZATION_POSTS
from intranet.clock import now
from intranet.files.opened import was_read
from intranet.forms import BaseForm

from .. import facts, policy, services
from ..answer_forms import ConfirmForm, CorrectionForm, CorrectionReplyForm, DenyForm
from ..models import Answer, Correction
from ..policy import READERS, RECORDERS
from ..tokens import Choice
from .answering import answer_row
from .common import ask_crumbs, attempt, board_of, find_ask, posted


def _find_answer(actor: Actor, pk: UUID, at: datetime) -> Answer:
    """A record from outside, or 404 as if there were none (D10)."""
    answer = (
        Answer.objects.select_related("ask__round__request", "ask__organization", "file")
        .filter(pk=pk)
        .first()
    )
    if answer is None or not answer.received_outside:
        raise Http404
    answer.ask = find_ask(actor, answer.ask_id, at)
    return answer


def _page(answer: Answer, actor: Actor, label: str) -> dict[str, Any]:
    return {
        "ask": answer.ask,
        "answer": answer,
        "row": answer_row(answer, facts.of_ask(answer.ask)),
        "corrections": list(answer.corrections.select_related("reply")),
        "crumbs": ask_crumbs(answer.ask, label, seen_whole=actor.capacity in READERS),
    }


def _file_was_read(form: BaseForm, actor: Actor, answer: Answer) -> bool:
    """D17: the office answers against the file, so she opened it."""
    return actor.capacity not in OFFICE or answer.file is None or was_read(form, actor, answer.file)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(
    gettext_lazy("Confirm an answer that was received outside, or set it aside"),
    ORGANIZATION_POSTS | OFFICE | READERS,
    "D17",
)
def confirm(request: Request, pk: UUID) -> HttpResponse:
    """The organization's own account, or an office person against the file. A no counts at once: it can
    only be denied, by the Head of Agency or in the capacity in which it was given (D24)."""
    at, actor = now(), request.actor
    answer = _find_answer(actor, pk, at)
    ask = answer.ask
    a_no = answer.choice == Choice.REFUSE
    form: BaseForm = DenyForm(posted(request)) if a_no else ConfirmForm(posted(request))
    if request.method == "POST" and form.is_valid():
        stands = not a_no and form.cleaned_data["stands"] == "yes"

        def act() -> Any:
            if stands:
                return services.confirm_received(answer, actor, at, key=form.key)
            return services.set_aside_received(answer, actor, at, form.cleaned_data["note"], key=form.key)

        if _file_was_read(form, actor, answer) and attempt(form, act):
            messages.success(
                request, _("The answer was confirmed.") if stands else _("The answer was set aside.")
            )
            return redirect("ask-answer", pk=ask.pk)
    may = policy.confirms(actor, ask, at)
    office_on_a_no = a_no and actor.capacity in OFFICE
    page = _page(answer, actor, _("Received outside")) | {
        "form": form,
        "a_no": a_no,
        "may_confirm": may.allowed and not office_on_a_no and facts.confirmation_of(answer) is None,
        "may_correct": a_no and actor.capacity in RECORDERS and facts.confirmation_of(answer) is None,
        "why_not": "" if may.allowed else may.reason,
        "submit": _("Deny this record") if a_no else _("Send"),
    }
    return render(request, "data_requests/confirm.html", page, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(gettext_lazy("Correct a no that was recorded wrongly"), RECORDERS, "D17")
def correct(request: Request, pk: UUID) -> HttpResponse:
    """A new entry with a reason; another person, of the office, confirms it against the file."""
    at, actor = now(), request.actor
    answer = _find_answer(actor, pk, at)
    if answer.choice != Choice.REFUSE:
        raise Http404
    form = CorrectionForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: services.correct_record(answer, actor, at, form.cleaned_data["note"], key=form.key),
        )
    ):
        messages.success(request, _("The correction was entered; the office confirms it."))
        return redirect("request-board", pk=answer.ask.round.request_id)
    page = _page(answer, actor, _("Correct the record")) | {
        "form": form,
        "submit": _("Enter the correction"),
        "back": board_of(answer.ask),
    }
    return render(request, "data_requests/correct.html", page, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(gettext_lazy("Confirm or reject the correction of a record"), OFFICE, "D17")
def correction(request: Request, pk: UUID) -> HttpResponse:
    """The file and the reason side by side; the office says which holds."""
    at, actor = now(), request.actor
    found = Correction.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    answer = _find_answer(actor, found.answer_id, at)
    found.answer = answer
    form = CorrectionReplyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        accepted = form.cleaned_data["accepted"] == "yes"

        def act() -> Any:
            if accepted:
                return services.accept_correction(found, actor, at, key=form.key)
            return services.reject_correction(found, actor, at, form.cleaned_data["note"], key=form.key)

        if _file_was_read(form, actor, answer) and attempt(form, act):
            messages.success(
                request,
                _("The record does not count any more.") if accepted else _("The record stands."),
            )
            return redirect("request-board", pk=answer.ask.round.request_id)
    waits = facts.confirmation_of(answer) is None and getattr(found, "reply", None) is None
    page = _page(answer, actor, _("A correction")) | {
        "form": form,
        "correction": found,
        "waits": waits,
        "submit": _("Send"),
        "back": board_of(answer.ask),
    }
    return render(request, "data_requests/correction.html", page, status=400 if form.errors else 200)
