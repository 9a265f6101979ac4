"""The Coordinator's and the office's pages: the month grid, one month, one report, the shared channel."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import COORDINATION
from intranet.clock import now
from intranet.clock.wording import month as month_words
from intranet.clock.wording import month_name
from intranet.workflow.runner import Refused

from . import codes, content, deadlines, pages, policy, selectors, services
from .forms import CorrectionForm, CountsForm
from .models import MonthlyReport
from .months import MonthConverter
from .views import typed_form

MONTHS = 6


@require_GET
@screen(gettext_lazy("The month grid: who has reported, in words"), policy.GRID_READERS, "§6.1")
def board(request: Request) -> HttpResponse:
    """Months by organizations; ``?until=2025-12`` goes back. No figure, so no view is recorded."""
    at = now()
    grid = selectors.grid(at, newest=_until(request.GET.get("until", "")), count=MONTHS)
    newest_open = deadlines.newest_open(grid.today.day)
    last = grid.months[-1]
    later = min(deadlines.shifted(last, MONTHS), newest_open)
    context = {
        "columns": [
            {"month": m, "name": month_name(m.month), "year": m.year, "complete": complete}
            for m, complete in zip(grid.months, grid.complete, strict=True)
        ],
        "rows": [
            {
                "organization": row.organization,
                "cells": [{**_cell(item), "name": month_name(item.month.month)} for item in row.months],
            }
            for row in grid.rows
        ],
        "last": last,
        "due": grid.today.due_on(last),
        "missing": grid.complete[-1].missing,
        "earlier": f"{deadlines.shifted(last, -MONTHS):%Y-%m}",
        "later": f"{later:%Y-%m}" if later > last else "",
        "now": at,
    }
    return render(request, "monthly_reports/board.html", context)


@require_GET
@screen(gettext_lazy("One month of all organizations"), policy.GRID_READERS, "§6.1")
def board_month(request: Request, month: date) -> HttpResponse:
    """Each organization's word; totals for those whom §6.1 names, and that view is an event."""
    at = now()
    grid = selectors.grid(at, newest=month, count=1)
    reads_figures = request.actor.capacity in policy.RECEIVERS
    totals = None
    if reads_figures:
        totals = selectors.month_totals(month)
        services.note_totals_view(month, request.actor, at)
    context = {
        "month": month,
        "rows": [
            {"organization": row.organization, "row": row.months[0], **_cell(row.months[0])}
            for row in grid.rows
        ],
        "complete": grid.complete[0],
        "due": grid.today.due_on(month),
        "totals": totals,
        "sections": pages.shown(content.MONTH, totals.counts) if totals else [],
        "reads_figures": reads_figures,
        "keeps_intake": request.actor.capacity in COORDINATION,
        "crumbs": pages.crumbs(request, (_("Months"), reverse("board")), (month_words(month), "")),
        "now": at,
    }
    return render(request, "monthly_reports/board_month.html", context)


@require_GET
@screen(gettext_lazy("One organization's report as received"), policy.RECEIVERS, "§6.1")
def board_report(request: Request, pk: UUID) -> HttpResponse:
    """A report with all its versions; every view is an event."""
    at = now()
    stored = MonthlyReport.objects.select_related("organization").filter(pk=pk).first()
    if stored is None or not policy.may_read(request.actor, stored, at).allowed:
        raise Http404
    versions = selectors.versions_of(stored)
    version = pages.chosen(versions, request.GET.get("version"))
    services.note_view(version, request.actor, at)
    context = {
        **pages.version_context(version, content.MONTH),
        "month": stored.month,
        "organization": stored.organization,
        "report": stored,
        "versions": versions,
        "state": codes.State(stored.state).label,
        "crumbs": pages.crumbs(
            request,
            (_("Months"), reverse("board")),
            (month_words(stored.month), reverse("board-month", args=[stored.month])),
            (stored.organization.name, ""),
        ),
        "here": reverse("board-report", args=[stored.pk]),
        "now": at,
    }
    return render(request, "monthly_reports/sent.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@screen(gettext_lazy("What the inter-agency channel received in a month"), policy.RECEIVERS, "§4.c")
def intake(request: Request, month: date) -> HttpResponse:
    """The Coordinator records or corrects it; the office reads it (D35)."""
    at = now()
    versions = selectors.intake_versions(month)
    settings: dict[str, Any] = {
        "asked": content.INTAKE,
        "label": _("How many reports came through the inter-agency e-mail and hotline in %s?")
        % month_words(month),
    }
    may = policy.may_record_intake(request.actor, None, at).allowed
    kind = CorrectionForm if versions else CountsForm
    form: CountsForm | None = None
    status = 200
    if request.method == "POST":
        form, ready = typed_form(request, kind, settings)
        if ready:
            data = form.cleaned_data
            try:
                services.record_intake(
                    month,
                    form.counts,
                    request.actor,
                    at,
                    reason=data.get("reason", ""),
                    based_on=data.get("based_on") or 0,
                    key=form.key,
                )
            except Refused as refused:
                form.refuse(refused)
                status = 409
            else:
                return redirect("board-month", month=month)
    elif may:
        initial = {}
        if versions:
            initial = {**content.counts(versions[0].payload), "based_on": versions[0].number}
        form = kind(initial=initial, **settings)
    if versions:
        services.note_view(versions[0], request.actor, at)
    context = {
        **(pages.version_context(versions[0], content.INTAKE) if versions else {}),
        "form": form,
        "month": month,
        "versions": versions,
        "crumbs": pages.crumbs(
            request,
            (_("Months"), reverse("board")),
            (month_words(month), reverse("board-month", args=[month])),
            (_("Inter-agency channel"), ""),
        ),
        "now": at,
    }
    return render(request, "monthly_reports/intake.html", context, status=status)


def _cell(row: selectors.MonthRow) -> dict[str, Any]:
    return {
        "words": pages.cell_words(row.cell),
        "style": pages.STYLE[row.cell.word],
        "standing": pages.STANDING.get(row.cell.word, "none"),
        "late_days": row.cell.late_days,
        "url": reverse("board-report", args=[row.report.pk]) if row.report else "",
    }


def _until(value: str) -> date | None:
    return MonthConverter().to_python(value) if re.fullmatch(MonthConverter.regex, value) else None
