"""The register of any day: the page, the printable annex, exports, one organization through time, its year."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audit import ledger
from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import Capacity
from intranet.clock import now
from intranet.files import store
from intranet.files.tables import csv_response
from intranet.network.models import NetworkSettings
from intranet.papers import pdf, sheets, word
from intranet.papers.letterhead import Language

from .. import policy
from ..days import network_day
from ..models import Organization
from ..views.common import done_by, find, own_organization
from ..views.reading import current_edition
from . import annex_paper, shown, year
from .forms import YearForm, read_day
from .timeline import timeline


@require_safe
@screen(gettext_lazy("Who has endorsed which edition"), rule="D19")
def endorsements(request: Request) -> HttpResponse:
    """The register of any day (``?on=``), for every member; suspensions only for those who are told."""
    today = network_day(now())
    asked = request.GET.get("on", "")[:20]
    day, problem = read_day(asked, today)
    edition = current_edition(day)
    rows = shown.shown_on(request.actor, day, edition.number if edition else None)
    context = {
        "rows": rows,
        "signed": sum(row.row.member for row in rows),
        "standings": shown.by_standing(rows),
        "editions": shown.by_edition(rows),
        "edition": edition,
        "day": day,
        "today": today,
        "asked": asked,
        "problem": problem,
        "overseer": request.actor.capacity in policy.OVERSEERS,
        "quick": _quick_days(today),
        "on": urlencode({"on": day.isoformat()}),
    }
    return render(request, "signatories/endorsements.html", context)


def _quick_days(today: date) -> list[date]:
    """Days that people ask for: the ends of the last month and of the last two years."""
    ends = [
        today.replace(day=1) - timedelta(days=1),
        date(today.year - 1, 12, 31),
        date(today.year - 2, 12, 31),
    ]
    return list(dict.fromkeys(ends))


@require_safe
@screen(gettext_lazy("Print the list of signatories of any day"), rule="D7")
def annex(request: Request, ending: str) -> HttpResponseBase:
    """The annex of a day as Word or PDF, in the language of the page; the download is an event."""
    at = now()
    today = network_day(at)
    day, problem = read_day(request.GET.get("on", ""), today)
    if problem:
        return _back(request, problem)
    language: Language = "ar" if get_language() == "ar" else "en"
    paper = annex_paper.annex(day, current_edition(day), language, today)
    name = f"signatories-{day.isoformat()}.{ending}"
    if ending == "docx":
        return _given(request, at, "register.annex", day, name, word.render(paper), store.DOCX)
    try:
        content = pdf.render(paper)
    except pdf.PdfUnavailable as trouble:
        return _back(request, str(trouble))
    return _given(request, at, "register.annex", day, name, content, "application/pdf")


@require_safe
@screen(gettext_lazy("Export the register of any day"), policy.OVERSEERS, "D17")
def export(request: Request, ending: str) -> HttpResponseBase:
    """The register as CSV or XLSX, for those who see all of it; no cell is ever a formula (T12)."""
    at = now()
    day, problem = read_day(request.GET.get("on", ""), network_day(at))
    if problem:
        return _back(request, problem)
    rows = shown.sheet_rows(shown.shown_on(request.actor, day, None))
    name = f"register-{day.isoformat()}.{ending}"
    if ending == "csv":
        content = csv_response(name, [shown.sheet_head(), *rows])
        return _noted(request, at, "register.export", day, content)
    sender = NetworkSettings.current()
    sheet = sheets.Sheet(
        title=_("Register of %(day)s") % {"day": day.isoformat()},
        author=f"{sender.letterhead_name}, {sender.letterhead_office}",
        day=day,
        language="ar-IQ" if get_language() == "ar" else "en-GB",
        head=shown.sheet_head(),
        rows=rows,
    )
    return _given(request, at, "register.export", day, name, sheets.workbook(sheet), sheets.XLSX)


def _given(
    request: Request, at: datetime, action: str, day: date, name: str, content: bytes, kind: str
) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return _noted(request, at, action, day, response)


def _noted(request: Request, at: datetime, action: str, day: date, response: HttpResponse) -> HttpResponse:
    if request.method == "GET":
        ledger.record(
            now=at,
            actor=request.actor,
            action=action,
            kind=ledger.Kind.DOWNLOAD,
            data={"on": day.isoformat(), "format": request.path.rstrip("/").rsplit("/", 1)[1]},
        )
    return response


def _back(request: Request, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect("endorsements")


@require_safe
@screen(gettext_lazy("One organization through time: ledger and posts"), rule="D17")
def through_time(request: Request, pk: UUID) -> HttpResponse:
    """Every entry with its mark, and posts; 404 for those who may not see the organization."""
    found = find(request, Organization, pk)
    at = now()
    moments = timeline(found, request.actor, at, network_day(at))
    return render(request, "signatories/timeline.html", {"organization": found, "moments": moments})


@require_http_methods(["GET", "HEAD", "POST"])
@screen(gettext_lazy("The own organization's year on paper"), {Capacity.HEAD_OF_AGENCY}, "D10")
def own_year(request: Request) -> HttpResponse:
    """Choose a year; it is issued once a request, as Word and PDF."""
    organization, at = own_organization(request), now()
    years = year.years_of(organization, at)
    initial = {"language": "ar" if get_language() == "ar" else "en"}
    form = YearForm(request.POST or None, years=years, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            made = done_by(
                form,
                lambda: year.request_year(
                    organization, data["year"], data["language"], request.actor, at, form.key
                ),
            )
            if made is not None:
                messages.success(request, _("%(number)s was issued.") % {"number": made.number})
                return redirect(reverse("own-year"))
            status = 409
    context = {
        "form": form,
        "submit": _("Issue the paper"),
        "organization": organization,
        "papers": year.issued_to(organization),
    }
    return render(request, "signatories/own_year.html", context, status=status)
