"""Training: the own sessions and returns; for coordination and office the network's rates with chart and table."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import ORGANIZATION_POSTS, OVERSEERS
from intranet.clock import now
from intranet.files.sheets import XLSX
from intranet.files.store import FileRefused
from intranet.network.models import NetworkSettings
from intranet.workflow.runner import Refused
from signatories.days import network_day
from signatories.models import Organization
from signatories.selectors import organization_of

from . import chart, policy, selectors, services, sums, workbook
from .forms import ReturnForm, SessionForm, StrikeForm, UploadForm, YearForm
from .models import SessionState, TrainingSession

SHOWN = 50
YEARS_BACK = 5


def _own(request: Request) -> Organization:
    organization = organization_of(request.actor)
    if organization is None:
        raise Http404
    return organization


@require_safe
@screen(gettext_lazy("Training: sessions, yearly returns, rates"), policy.READERS, "practice")
def training(request: Request) -> HttpResponse:
    """Each capacity its own page."""
    today = network_day(now())
    asked = request.GET.get("year", "")
    offered = range(today.year - YEARS_BACK, today.year + 1)
    chosen = next((year for year in offered if str(year) == asked), today.year)
    whole = selectors.standing(chosen, today)
    context: dict[str, Any] = _frame(chosen, today) | {
        "whole": whole,
        "form": YearForm({"year": str(chosen)}, day=today),
    }
    if request.actor.capacity in OVERSEERS:
        given = [
            (str(row.organization.name), row.rate.percent or 0.0)
            for row in whole.rows
            if row.rate is not None
        ]
        context["bars"] = chart.bars(sorted(given, key=lambda pair: -pair[1]))
        return render(request, "training/network.html", context)
    return _of(request, _own(request), context, edits=True)


def _of(request: Request, organization: Organization, context: dict[str, Any], edits: bool) -> HttpResponse:
    rows = context["whole"].rows
    sessions = list(selectors.sessions_of(organization.pk)[:SHOWN])
    return render(
        request,
        "training/own.html",
        context
        | {
            "organization": organization,
            "own": next((row for row in rows if row.organization.pk == organization.pk), None),
            "sessions": sessions,
            "years": [
                year for year in (context["year"], context["year"] - 1) if year >= context["first_year"]
            ],
            "returns": [(row, sums.rate(row.figures)) for row in organization.training_returns.all()[:10]],
            "edits": edits,
        },
    )


@require_safe
@screen(gettext_lazy("Training of one organization"), OVERSEERS, "practice")
def organization(request: Request, pk: UUID) -> HttpResponse:
    """What an organization recorded, for those who oversee."""
    found = Organization.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    today = network_day(now())
    context = _frame(today.year, today) | {"whole": selectors.standing(today.year, today)}
    return _of(request, found, context, edits=False)


def _frame(year: int, today: date) -> dict[str, Any]:
    """The year shown and the settings that its sentences name."""
    return {
        "year": year,
        "first_year": today.year - YEARS_BACK,
        "months": int(settings.TRAINING_REGULARITY_MONTHS),
        "least": NetworkSettings.current().minimum_contributors,
    }


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Record a training session"), ORGANIZATION_POSTS, "practice")
def session(request: Request) -> HttpResponse:
    """Facts, the total, then its parts."""
    organization = _own(request)
    form = SessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_session(organization, form.facts, form.attended, request.actor, now(), form.key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The session is recorded."))
            return redirect("training")
    context = {"form": form, "submit": _("Record"), "back": reverse("training")}
    return render(request, "training/session.html", context)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Strike out a training session"), ORGANIZATION_POSTS, "practice")
def strike(request: Request, pk: UUID) -> HttpResponse:
    """404 for another organization's session (D10)."""
    found = TrainingSession.objects.filter(pk=pk, state=SessionState.RECORDED).first()
    if found is None or not policy.may_record(request.actor, found, now()).allowed:
        raise Http404
    form = StrikeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.strike_session(found, form.cleaned_data["reason"], request.actor, now(), form.key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("training")
    context = {"form": form, "session": found, "submit": _("Strike out"), "back": reverse("training")}
    return render(request, "training/strike.html", context)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Record training sessions from a workbook"), ORGANIZATION_POSTS, "practice")
def upload(request: Request) -> HttpResponse:
    """Every row stands, or nothing is recorded and each fault is told."""
    organization = _own(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["workbook"]
        try:
            found = workbook.read(sent.name, sent.read())
            faults = found.faults
            if not faults:
                made = services.record_sessions(organization, found.rows, request.actor, now())
                said = ngettext("%s session is recorded.", "%s sessions are recorded.", len(made)) % len(made)
                messages.success(request, said)
                return redirect("training")
        except services.RefusedAt as refusal:
            faults = [workbook.at_row(found.numbers[refusal.place], str(refusal))]
        except FileRefused as refusal:
            faults = [str(refusal)]
        for fault in faults[:50]:
            form.add_error(None, fault)
    context = {"form": form, "faults": faults, "submit": _("Check and record"), "back": reverse("training")}
    return render(request, "training/upload.html", context, status=422 if faults else 200)


@require_safe
@screen(gettext_lazy("Template for training sessions (.xlsx)"), ORGANIZATION_POSTS, "practice")
def template(request: Request) -> HttpResponse:
    """An empty workbook."""
    response = HttpResponse(workbook.template(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="training-sessions.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Send the training return of a year"), ORGANIZATION_POSTS, "practice")
def compliance(request: Request, year: int) -> HttpResponse:
    """The years on offer are the running one and five before."""
    organization, at = _own(request), now()
    today = network_day(at)
    if not today.year - YEARS_BACK <= year <= today.year:
        raise Http404
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.send_return(
                organization, year, form.cleaned_data["as_of"], form.figures, request.actor, at, form.key
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The return is sent."))
            return redirect("training")
    context = {"form": form, "year": year, "submit": _("Send"), "back": reverse("training")}
    return render(request, "training/return.html", context)
