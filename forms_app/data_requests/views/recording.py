"""What was received outside, its confirmation, and mail that came back (D17, trap 6)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import COORDINATION, OFFICE, ORGANIZATION_POSTS
from intranet.clock import now
from intranet.forms import BaseForm
from signatories.selectors import contacts

from .. import board_page, facts, people, policy, services
from ..answer_forms import ConfirmForm, OutsideForm
from ..forms import BounceForm
from ..models import Answer, Ask
from ..policy import READERS, RECORDERS
from .answering import answer_row
from .common import attempt, crumb, find_ask, posted, requests_crumb


def _board(ask: Ask) -> str:
    return reverse("request-board", args=[ask.round.request_id])


def _crumbs(ask: Ask, label: str, seen_whole: bool) -> list[dict[str, object]]:
    reference = ask.round.request.reference
    middle = crumb(reference, _board(ask) if seen_whole else reverse("ask-answer", args=[ask.pk]))
    return [requests_crumb(reverse("requests")), middle, crumb(label)]


@require_http_methods(["GET", "HEAD", "POST"])
@screen(gettext_lazy("Record an answer that was received outside the system"), RECORDERS, "D17")
def record(request: Request, pk: UUID) -> HttpResponse:
    """In whose name and capacity, when it arrived, the file; a yes then waits for its confirmation."""
    at, actor = now(), request.actor
    ask = find_ask(actor, pk, at)
    form = OutsideForm(posted(request), request.FILES or None, initial={"received_on": people.today(at)})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form, lambda: services.record_received_outside(ask, form.value(), actor, at, key=form.key)
        )
    ):
        messages.success(request, _("The answer was recorded as received outside."))
        return redirect(_board(ask))
    page = {
        "ask": ask,
        "form": form,
        "submit": _("Record the answer"),
        "back": _board(ask),
        "crumbs": _crumbs(ask, _("Record an answer"), seen_whole=True),
    }
    return render(request, "data_requests/record.html", page, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(
    gettext_lazy("Confirm an answer that was received outside, or set it aside"),
    ORGANIZATION_POSTS | OFFICE | READERS,
    "D17",
)
def confirm(request: Request, pk: UUID) -> HttpResponse:
    """The organization's own account, or an office person against the file."""
    at, actor = now(), request.actor
    answer = (
        Answer.objects.select_related("ask__round__request", "ask__organization", "file")
        .filter(pk=pk)
        .first()
    )
    if answer is None or not answer.received_outside:
        raise Http404
    ask = find_ask(actor, answer.ask_id, at)
    answer.ask = ask
    form = ConfirmForm(posted(request))
    if request.method == "POST" and form.is_valid():
        stands = form.cleaned_data["stands"] == "yes"

        def act() -> Any:
            if stands:
                return services.confirm_received(answer, actor, at, key=form.key)
            return services.set_aside_received(answer, actor, at, form.cleaned_data["note"], key=form.key)

        if attempt(form, act):
            messages.success(
                request, _("The answer was confirmed.") if stands else _("The answer was set aside.")
            )
            return redirect("ask-answer", pk=ask.pk)
    known = facts.of_ask(ask)
    may = policy.confirms(actor, ask, at)
    page = {
        "ask": ask,
        "answer": answer,
        "row": answer_row(answer, known),
        "form": form,
        "may_confirm": may.allowed and facts.confirmation_of(answer) is None,
        "why_not": may.reason,
        "submit": _("Send"),
        "crumbs": _crumbs(ask, _("Received outside"), seen_whole=actor.capacity in READERS),
    }
    return render(request, "data_requests/confirm.html", page, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(gettext_lazy("Mail that came back: record it, repair the contact, send again"), COORDINATION, "§7B.1")
def mail(request: Request, pk: UUID) -> HttpResponse:
    """A bounce is a contact to repair, not silence."""
    at, actor = now(), request.actor
    ask = find_ask(actor, pk, at)
    known = facts.of_ask(ask)
    again = known.position.bounced or ask.notice.is_stuck
    form: BaseForm = BaseForm(posted(request)) if again else BounceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> Any:
            if again:
                return services.send_again(ask, actor, at, key=form.key)
            return services.record_bounce(ask, form.cleaned_data["address"], actor, at, key=form.key)

        if attempt(form, act):
            messages.success(
                request, _("The message goes again.") if again else _("The bounce was recorded.")
            )
            return redirect(_board(ask))
    found = contacts(ask.organization, people.today(at))
    page = {
        "ask": ask,
        "form": form,
        "again": again,
        "people": board_page.people_lines(found),
        "vacant": board_page.vacancies(found),
        "submit": _("Send again") if again else _("Record the bounce"),
        "back": _board(ask),
        "crumbs": _crumbs(ask, _("Mail"), seen_whole=True),
    }
    return render(request, "data_requests/mail.html", page, status=400 if form.errors else 200)
