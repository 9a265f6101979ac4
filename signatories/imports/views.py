"""The Coordinator's import: template, check, import, and the workbook that comes back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import COORDINATION
from intranet.clock import now
from intranet.files import sheets
from intranet.files.store import FileRefused
from intranet.workflow.runner import Refused
from signatories.views.common import confirm_url, with_code

from . import policy, services, workbook
from .columns import SHEETS
from .forms import LARGEST_REQUEST, ImportForm, ScansHandler
from .models import ImportRun
from .run import Report, Verdict

FIRST_FAULTS = 20
FIRST_LINES = 200


@csrf_exempt  # the files need their own handler before anything reads the form; checked right after
@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Import organizations, people, posts, agreements and signatures"), COORDINATION, "D18")
@with_code
def imports(request: Request) -> HttpResponse:
    """The form; POST checks or imports. Nothing is ever half done."""
    if request.method == "POST":
        request.upload_handlers = [ScansHandler(request)]
    return _imports(request)


@csrf_protect
def _imports(request: Request) -> HttpResponse:
    if request.method != "POST":
        return _page(request, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST:
        form = ImportForm({})
        form.add_error(
            None, _("The files are larger than 60 MB together. Send fewer scans, or split the workbook.")
        )
    if not form.is_valid():
        return _page(request, form, status=400)
    sent, at = form.sent, now()
    try:
        if request.POST.get("do") != "import":
            report = services.check(sent, request.actor, at)
            run = None
        else:
            result = services.import_workbook(sent, request.actor, at, form.key)
            report, run = result.report, result.run
    except FileRefused as refusal:
        form.add_error("workbook", str(refusal))
        return _page(request, form, status=400)
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        form.needs_code = refusal.code == "step_up"  # type: ignore[attr-defined]
        return _page(request, form, status=409)
    if run is not None:
        return redirect("import-run", pk=run.pk)
    returned = None if report.ok else services.give_back(sent, report, request.actor, at)
    return _page(request, ImportForm(), report, returned, status=200 if report.ok else 422)


def _page(
    request: Request,
    form: ImportForm,
    report: Report | None = None,
    returned: ImportRun | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "sheets": SHEETS,
        "runs": ImportRun.objects.select_related("file")[:10],
        "confirm_url": confirm_url(request),
    }
    if report is not None:
        problems = report.problems
        context |= {
            "report": report,
            "returned": returned,
            "errors": [{"text": str(problem), "target": ""} for problem in problems[:FIRST_FAULTS]],
            "more": max(len(problems) - FIRST_FAULTS, 0),
            "groups": groups(report),
        }
    return render(request, "imports/import.html", context, status=status)


def groups(report: Report) -> list[dict[str, Any]]:
    """What would be created, changed and left, each with its first rows."""
    heads = {
        Verdict.CREATED: _("Created"),
        Verdict.CHANGED: _("Changed"),
        Verdict.LEFT: _("Stands there already"),
    }
    found = []
    for verdict, head in heads.items():
        lines = report.of(verdict)
        if lines:
            found.append(
                {
                    "head": head,
                    "count": len(lines),
                    "lines": lines[:FIRST_LINES],
                    "more": max(len(lines) - FIRST_LINES, 0),
                }
            )
    return found


@require_safe
@screen(gettext_lazy("The template of the import"), policy.READERS, "D18")
def template(request: Request) -> HttpResponse:
    """An empty workbook in the page's language, with headings in English and Arabic."""
    response = HttpResponse(workbook.template(now()), content_type=sheets.XLSX)
    response["Content-Disposition"] = 'attachment; filename="network-template.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@screen(gettext_lazy("One import: what it created, changed and left"), policy.READERS, "D18")
def run(request: Request, pk: UUID) -> HttpResponse:
    """The record of an import, or of a workbook that came back."""
    found = ImportRun.objects.select_related("file").filter(pk=pk).first()
    if found is None or not policy.may_see(request.actor, found, now()).allowed:
        raise Http404
    words = {
        Verdict.CREATED.value: _("created"),
        Verdict.CHANGED.value: _("changed"),
        Verdict.LEFT.value: _("left as it was"),
    }
    lines = [
        {"sheet": sheet, "row": row, "word": words[verdict], "label": label, "changes": changes}
        for sheet, row, verdict, label, changes in found.lines
        if verdict != Verdict.LEFT.value
    ]
    context = {
        "run": found,
        "lines": lines[:FIRST_LINES],
        "more": max(len(lines) - FIRST_LINES, 0),
        "signatures": sum(1 for line in lines if line["sheet"] == "signatures"),
    }
    return render(request, "imports/run.html", context)
