"""Recording what was received outside, and mail that came back (D17, trap 6)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import COORDINATION
from intranet.clock import now
from intranet.forms import BaseForm
from signatories.selectors import contacts

from .. import board_page, facts, people, services
from ..answer_forms import OutsideForm
from ..forms import BounceForm
from ..policy import RECORDERS
from .common import ask_crumbs, attempt, board_of, find_ask, posted


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
        return redirect(board_of(ask))
    page = {
        "ask": ask,
        "form": form,
        "submit": _("Record the answer"),
        "back": board_of(ask),
        "crumbs": ask_crumbs(ask, _("Record an answer"), seen_whole=True),
    }
    return render(request, "data_requests/record.html", page, status=400 if form.errors else 200)


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
            return redirect(board_of(ask))
    found = contacts(ask.organization, people.today(at), at)
    page = {
        "ask": ask,
        "form": form,
        "again": again,
        "people": board_page.people_lines(found),
        "vacant": board_page.vacancies(found),
        "submit": _("Send again") if again else _("Record the bounce"),
        "back": board_of(ask),
        "crumbs": ask_crumbs(ask, _("Mail"), seen_whole=True),
    }
    return render(request, "data_requests/mail.html", page, status=400 if form.errors else 200)
