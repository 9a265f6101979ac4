"""The office's pages: consultation, decision with its printable memo, instruction, media decision (D20)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audit import ledger
from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import OFFICE, OFFICE_AND_ASSISTANTS, Capacity
from intranet.clock import now
from intranet.files.store import DOCX
from intranet.papers.faults import LetterFault, TemplateFault
from intranet.workflow.registry import subject_of
from signatories.selectors import office_people

from .. import conditions, letter, people, services
from ..forms import ClassifyForm, ConsultationForm, DecisionForm, InstructionForm
from ..models import DataRequest
from ..picture import Picture
from ..policy import READERS
from ..selectors import text_mark
from ..tokens import Classification, RequestState
from ..words import request_status
from .answering import shape_of, what_is_asked
from .common import attempt, crumb, find_request, posted, requests_crumb


def _crumbs(found: DataRequest, label: str) -> list[dict[str, object]]:
    return [
        requests_crumb(reverse("requests")),
        crumb(found.reference, reverse("request-board", args=[found.pk])),
        crumb(label),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@screen(gettext_lazy("The office's consultation before issue"), OFFICE_AND_ASSISTANTS, "§7B.0")
def consult(request: Request, pk: UUID) -> HttpResponse:
    """The office's own dated entry, or its assistant's record with the paper."""
    at, actor = now(), request.actor
    found = find_request(actor, pk, at)
    form = ConsultationForm(
        posted(request),
        request.FILES or None,
        on_paper=actor.capacity == Capacity.OFFICE_ASSISTANT,
        people=office_people(people.today(at)),
        initial={"on": people.today(at), "text_mark": text_mark(found)},
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: services.record_consultation(found, form.value(), actor, at, key=form.key))
    ):
        messages.success(request, _("The consultation was entered."))
        return redirect("request-board", pk=found.pk)
    page = {
        "data_request": found,
        "form": form,
        "rows": what_is_asked(found),
        "may_classify": found.is_of_un_family and actor.capacity in OFFICE,
        "submit": _("Enter the consultation"),
        "back": reverse("request-board", args=[found.pk]),
        "crumbs": _crumbs(found, _("Consultation")),
    }
    return render(request, "data_requests/consult.html", page, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(gettext_lazy("Classify a request of the UN family"), OFFICE, "D21")
def classify(request: Request, pk: UUID) -> HttpResponse:
    """The office's own entry: the full ladder, or another way, each with its reason."""
    at, actor = now(), request.actor
    found = find_request(actor, pk, at)
    if not found.is_of_un_family:
        raise Http404
    form = ClassifyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = Classification(data["classification"])
        if attempt(form, lambda: services.classify(found, chosen, actor, at, data["note"], key=form.key)):
            messages.success(request, _("The classification was entered."))
            return redirect("request-board", pk=found.pk)
    page = {
        "data_request": found,
        "form": form,
        "rows": what_is_asked(found),
        "before": list(found.classifyings.all()),
        "submit": _("Enter the classification"),
        "back": reverse("request-board", args=[found.pk]),
        "crumbs": _crumbs(found, _("Classification")),
    }
    return render(request, "data_requests/classify.html", page, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(gettext_lazy("The office's decision on a release"), OFFICE_AND_ASSISTANTS, "§7B.7")
def decide(request: Request, pk: UUID) -> HttpResponse:
    """One page: what is asked, what the organizations answered in numbers, the data set, the decision."""
    at, actor = now(), request.actor
    found = find_request(actor, pk, at)
    if found.state == RequestState.STOPPED:
        return _instruct(request, found, at)
    picture = Picture(found, at)
    current = picture.current
    sha256 = current.round.data_set_sha256 if current is not None else ""
    form = DecisionForm(
        posted(request),
        request.FILES or None,
        on_paper=actor.capacity == Capacity.OFFICE_ASSISTANT,
        people=office_people(people.today(at)),
        initial={"data_set_sha256": sha256, "decided_on": people.today(at)},
    )
    if request.method == "POST" and form.is_valid():
        act = services.authorize if form.cleaned_data["decision"] == "authorize" else services.decline
        if attempt(form, lambda: act(found, form.value(), actor, at, key=form.key)):
            messages.success(request, _("The decision of the office was recorded."))
            return redirect("request-board", pk=found.pk)
    word, standing = request_status(found.state)
    page = {
        "data_request": found,
        "form": form,
        "rows": what_is_asked(found),
        "shape": shape_of(found),
        "asked": len(current.asks) if current else 0,
        "agreed": len(current.authorized(at)) if current else 0,
        "silent": letter.silent_count(picture) if current else 0,
        "sha256": sha256,
        "word": word,
        "standing": standing,
        "may_decide": found.state in {RequestState.TO_OFFICE, RequestState.AUTHORIZED},
        "decision": picture.authorization,
        "void": conditions.consents_bind(picture) if current else None,
        "crumbs": _crumbs(found, _("Decision of the office")),
    }
    return render(request, "data_requests/decide.html", page, status=400 if form.errors else 200)


def _instruct(request: Request, found: DataRequest, at: datetime) -> HttpResponse:
    """D29: going on without those who refused is the office's own written instruction."""
    actor = request.actor
    picture = Picture(found, at)
    sha256 = picture.current.round.data_set_sha256 if picture.current is not None else ""
    form = InstructionForm(posted(request), on_paper=False, people=[])
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form, lambda: services.instruct_reopening(found, form.value(sha256), actor, at, key=form.key)
        )
    ):
        messages.success(request, _("The instruction was recorded."))
        return redirect("request-board", pk=found.pk)
    page = {
        "data_request": found,
        "form": form,
        "rows": what_is_asked(found),
        "instruction": picture.instruction,
        "submit": _("Give the instruction"),
        "back": reverse("request-board", args=[found.pk]),
        "crumbs": _crumbs(found, _("Instruction of the office")),
    }
    return render(request, "data_requests/instruct.html", page, status=400 if form.errors else 200)


@require_safe
@screen(gettext_lazy("The memo that the office signs on paper"), READERS, "§7B.7")
def memo(request: Request, pk: UUID) -> HttpResponse:
    """Word file with the request's number and the data-set hash; no figures (D20)."""
    at, actor = now(), request.actor
    found = find_request(actor, pk, at)
    if found.to_office_at is None:  # what is signed before all consents are in authorizes nothing (trap 15)
        raise Http404
    try:
        name, content = letter.memo(Picture(found, at), at, "ar" if get_language() == "ar" else "en")
    except (LookupError, LetterFault, TemplateFault) as fault:
        raise Http404(str(fault)) from fault
    ledger.record(
        now=at,
        actor=actor,
        action="data_request.memo",
        kind=ledger.Kind.DOWNLOAD,
        subject=subject_of(found),
        clause="§7B.7",
    )
    response = HttpResponse(content, content_type=DOCX)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
