"""An organization's own months: the list, the form, the statement, the correction, the receipt."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.clock import now
from intranet.clock.wording import month as month_words
from intranet.workflow.runner import Refused
from signatories import selectors as register
from signatories.days import network_day
from signatories.models import Organization
from signatories.stops.recommendation import recommendation

from . import codes, content, guards, pages, policy, selectors, services
from .codes import Declaration
from .forms import CorrectionForm, CountsForm, NothingCorrectionForm, NothingForm, typed_with_zeros
from .models import MonthlyReport, ReportVersion

both = require_http_methods(["GET", "HEAD", "POST"])


def _own(request: Request) -> Organization:
    organization = register.organization_of(request.actor)
    if organization is None:
        raise Http404
    return organization


@require_GET
@screen(gettext_lazy("The months of the own organization"), policy.OWN_READERS, "§6.1")
def reports(request: Request) -> HttpResponse:
    """Each month with its word, due day and way to report; no figures."""
    organization, at = _own(request), now()
    months = selectors.own_months(organization, at)
    newest = next((row for row in months if row.is_asked), None)
    rows = [
        {
            "row": row,
            "first": row is newest,
            "words": pages.cell_words(row.cell),
            "standing": pages.STANDING.get(row.cell.word, "none"),
        }
        for row in months
    ]
    return render(
        request,
        "monthly_reports/reports.html",
        {
            "organization": organization,
            "rows": rows,
            "may_report": request.actor.capacity in policy.REPORTERS,
            **_stopped_flow(organization, at),
            "now": at,
        },
    )


def _stopped_flow(organization: Organization, at: datetime) -> dict[str, Any]:
    """§9.g: the recommendation, unless the office is involved in the breach."""
    today = network_day(at)
    stop = register.position(organization, today).flow_stop
    involved = bool(getattr(stop, "office_involved", False))
    return {
        "flow_stopped": stop is not None,
        "recommendation": "" if stop is None or involved else recommendation(today),
    }


@sensitive_post_parameters()
@both
@screen(
    gettext_lazy("A month of the own organization: report it, or read what was sent"),
    policy.OWN_READERS,
    "§6.1",
)
def report(request: Request, month: date) -> HttpResponse:
    """The form while nothing was sent, what was sent afterwards."""
    organization, at = _own(request), now()
    stored = selectors.report_for(organization, month)
    if request.method == "POST":
        return _post_figures(request, organization, month, at)
    if stored is not None:
        return _sent_page(request, stored, at)
    may = policy.may_report(request.actor, MonthlyReport(organization=organization, month=month), at)
    if may.allowed:
        may = guards.why_not(MonthlyReport(organization=organization, month=month), at)
    if not may.allowed:
        return _closed_page(request, organization, month, str(may.reason), may.rule, at)
    form = CountsForm(**_settings(request, organization, month, at))
    return _form_page(request, organization, month, form, at)


def _post_figures(request: Request, organization: Organization, month: date, at: datetime) -> HttpResponse:
    settings = _settings(request, organization, month, at)
    form, ready = typed_form(request, CountsForm, settings)
    if not ready:
        return _form_page(request, organization, month, form, at)
    try:
        services.report_figures(organization, month, form.counts, request.actor, at, form.key)
    except Refused as refused:
        form.refuse(refused)
        return _form_page(request, organization, month, form, at, status=409)
    return redirect("report-receipt", month=month)


@both
@screen(gettext_lazy("Sign that there is nothing to report for a month"), policy.REPORTERS, "§6.1")
def nothing(request: Request, month: date) -> HttpResponse:
    """The statement as it will be stored, and one button under it."""
    organization, at = _own(request), now()
    stored = selectors.report_for(organization, month)
    if stored is not None and request.method != "POST":
        return redirect("report", month=month)
    may = guards.why_not(stored or MonthlyReport(organization=organization, month=month), at)
    if not may.allowed and request.method != "POST":
        return _closed_page(request, organization, month, str(may.reason), may.rule, at)
    before = selectors.month_before(organization, month)
    still_open = content.open_at_end(selectors.counts_of(before)) if before is not None else 0
    form = NothingForm(request.POST or None, still_open=still_open)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            services.report_nothing(organization, month, request.actor, at, form.key)
        except Refused as refused:
            form.refuse(refused)
            status = 409
        else:
            return redirect("report-receipt", month=month)
    if still_open and before is not None:
        services.note_view(before, request.actor, at)
    context = {
        "form": form,
        "month": month,
        "statement": services.statement(Declaration.NOTHING, organization, month),
        "row": selectors.own_month(organization, month, at),
        "crumbs": pages.crumbs(
            request, (month_words(month), reverse("report", args=[month])), (_("Nothing to report"), "")
        ),
        "now": at,
    }
    return render(request, "monthly_reports/nothing.html", context, status=status)


@sensitive_post_parameters()
@both
@screen(gettext_lazy("Correct a month of the own organization"), policy.REPORTERS, "§6.1")
def correct(request: Request, month: date) -> HttpResponse:
    """The form again, filled with the newest version: a new version with a reason."""
    organization, at = _own(request), now()
    stored = selectors.report_for(organization, month)
    if stored is None:
        return redirect("report", month=month)
    if request.method != "POST" and (closed := _closed_to_corrections(request, stored, at)) is not None:
        return closed
    newest = selectors.versions_of(stored)[0]
    settings = _settings(request, organization, month, at)
    status = 200
    if request.method == "POST":
        form, ready = typed_form(request, CorrectionForm, settings)
        if ready:
            data = form.cleaned_data
            try:
                services.correct_report(
                    stored, form.counts, data["reason"], data["based_on"] or 0, request.actor, at, form.key
                )
            except Refused as refused:
                form.refuse(refused)
                status = 409
            else:
                return redirect("report-receipt", month=month)
    else:
        services.note_view(newest, request.actor, at)
        counts = {} if newest.is_nothing else selectors.counts_of(newest)
        form = CorrectionForm(initial={**counts, "based_on": newest.number}, **settings)
    return _form_page(request, organization, month, form, at, correcting=newest, status=status)


@both
@screen(
    gettext_lazy("Correct a month of the own organization to nothing to report"), policy.REPORTERS, "§6.1"
)
def correct_to_nothing(request: Request, month: date) -> HttpResponse:
    """Nothing to report after all: a further version with a reason."""
    organization, at = _own(request), now()
    stored = selectors.report_for(organization, month)
    if stored is None:
        return redirect("report-nothing", month=month)
    if request.method != "POST" and (closed := _closed_to_corrections(request, stored, at)) is not None:
        return closed
    newest = selectors.versions_of(stored)[0]
    form = NothingCorrectionForm(request.POST or None, initial={"based_on": newest.number})
    status = 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.correct_report(
                stored, None, data["reason"], data["based_on"] or 0, request.actor, at, form.key
            )
        except Refused as refused:
            form.refuse(refused)
            status = 409
        else:
            return redirect("report-receipt", month=month)
    context = {
        "form": form,
        "month": month,
        "correcting": newest,
        "statement": services.statement(Declaration.NOTHING, organization, month),
        "crumbs": pages.crumbs(
            request, (month_words(month), reverse("report", args=[month])), (_("Correction"), "")
        ),
        "now": at,
    }
    return render(request, "monthly_reports/nothing.html", context, status=status)


@require_GET
@screen(gettext_lazy("The receipt of a month that was sent"), policy.OWN_READERS, "§6.1")
def receipt(request: Request, month: date) -> HttpResponse:
    """What was sent when and by whom; no figures, so that it can be printed and kept."""
    organization = _own(request)
    stored = selectors.report_for(organization, month)
    if stored is None:
        raise Http404
    version = selectors.versions_of(stored)[0]
    context = {
        "month": month,
        "organization": organization,
        "version": version,
        "reference": f"{month:%Y-%m}/{version.number}/{str(version.pk)[:8]}",
        "declaration": Declaration(version.declaration).label,
        "reason": codes.reason_label(version.reason),
        "crumbs": pages.crumbs(
            request, (month_words(month), reverse("report", args=[month])), (_("Receipt"), "")
        ),
    }
    return render(request, "monthly_reports/receipt.html", context)


def _total_label(month: date) -> str:
    return _("How many reports of SEA did your organization receive in %s?") % month_words(month)


def _settings(request: Request, organization: Organization, month: date, at: datetime) -> dict[str, Any]:
    """What every form of a month is made with. Seeing last month's counts is an event like any other view."""
    made: dict[str, Any] = {"asked": content.MONTH, "label": _total_label(month)}
    before = selectors.month_before(organization, month)
    if before is not None:
        services.note_view(before, request.actor, at)
        made |= {"earlier": selectors.counts_of(before), "earlier_nothing": before.is_nothing}
    return made


def typed_form(request: Request, kind: type[CountsForm], settings: dict[str, Any]) -> tuple[CountsForm, bool]:
    """The form as typed, and whether it may be sent: only "send", valid, every question confirmed."""
    typed = request.POST.dict()
    did = request.POST.get("do", "")
    section = codes.SECTIONS.get(did.removeprefix("zero-")) if did.startswith("zero-") else None
    if section is not None:
        return kind(initial=typed_with_zeros(typed, section), **settings), False
    form = kind(request.POST, **settings)
    if did == "total" and codes.RECEIVED not in form.errors:
        return kind(initial=typed, **settings), False
    if form.asks_only_the_total or not form.is_valid():
        return form, False
    form.open_questions = form.questions()
    return form, did == "send" and not form.open_questions


def _form_page(
    request: Request,
    organization: Organization,
    month: date,
    form: CountsForm,
    at: datetime,
    correcting: ReportVersion | None = None,
    status: int = 200,
) -> HttpResponse:
    own = (month_words(month), reverse("report", args=[month]) if correcting else "")
    context = {
        "form": form,
        "month": month,
        "organization": organization,
        "row": selectors.own_month(organization, month, at),
        "statement": services.statement(Declaration.FIGURES, organization, month),
        "correcting": correcting,
        "crumbs": pages.crumbs(request, own, *([(_("Correction"), "")] if correcting else [])),
        "now": at,
    }
    return render(request, "monthly_reports/form.html", context, status=status)


def _closed_to_corrections(request: Request, stored: MonthlyReport, at: datetime) -> HttpResponse | None:
    """The page that says why not, before anything is typed; None where a correction may be sent."""
    may = guards.why_not(stored, at)
    if may.allowed:
        return None
    return _closed_page(request, stored.organization, stored.month, str(may.reason), may.rule, at, sent=True)


def _sent_page(request: Request, stored: MonthlyReport, at: datetime) -> HttpResponse:
    versions = selectors.versions_of(stored)
    version = pages.chosen(versions, request.GET.get("version"))
    services.note_view(version, request.actor, at)
    return render(
        request,
        "monthly_reports/sent.html",
        {
            **pages.version_context(version, content.MONTH),
            "month": stored.month,
            "organization": stored.organization,
            "report": stored,
            "versions": versions,
            "state": codes.State(stored.state).label,
            "may_correct": request.actor.capacity in policy.REPORTERS and guards.why_not(stored, at).allowed,
            "crumbs": pages.crumbs(request, (month_words(stored.month), "")),
            "here": reverse("report", args=[stored.month]),
            "now": at,
        },
    )


def _closed_page(
    request: Request,
    organization: Organization,
    month: date,
    reason: str,
    rule: str,
    at: datetime,
    sent: bool = False,
) -> HttpResponse:
    context = {
        "month": month,
        "organization": organization,
        "reason": reason,
        "rule": rule,
        "sent": sent,
        "crumbs": pages.crumbs(request, (month_words(month), "")),
        "now": at,
    }
    return render(request, "monthly_reports/closed.html", context)
