""" "Why can't I release yet?": the letter beside its conditions, and the act itself (§7B.7)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from forms_app.common.letters.words import completeness_text, period_text
from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.clock import now
from intranet.files import gates, store
from intranet.forms import BaseForm
from intranet.workflow import access_log
from intranet.workflow.registry import subject_of
from intranet.workflow.runner import check_step_up

from .. import conditions, letter, services
from ..models import DataRequest, Release
from ..numbering import expected_label
from ..picture import Picture
from ..policy import READERS, coordinates
from ..tokens import RequestState
from .common import attempt, crumb, find_request, posted, requests_crumb

PAGES_WITH_ACTION = {"request-edit", "request-consult", "request-board", "request-decide"}


@require_http_methods(["GET", "HEAD", "POST"])
@screen(gettext_lazy("Why can't I release yet: the letter beside its conditions"), READERS, "§7B.7")
def release(request: Request, pk: UUID) -> HttpResponse:
    """Every condition with its clause and the way to its fix; POST releases."""
    at, actor = now(), request.actor
    found = find_request(actor, pk, at)
    made = Release.objects.filter(request=found).select_related("letter").first()
    form = BaseForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: services.release(found, actor, at, key=form.key))
    ):
        messages.success(request, _("The letter was released. The organizations were told."))
        return redirect("request-release", pk=found.pk)
    picture = Picture(found, at)
    items = [] if made else _items(found, picture)
    fresh = check_step_up(actor, at)
    if not made:
        items.append(
            {
                "ok": fresh.allowed,
                "text": _("Your code is not older than 15 minutes"),
                "clause": "D11",
                "detail": "",
                "url": "" if fresh.allowed else f"{_confirm()}?next={request.path}",
                "link": _("Enter a fresh code"),
            }
        )
    still_open = sum(1 for item in items if not item["ok"])
    context = _letter(picture, at, made)
    if context is not None:
        access_log.saw(
            actor,
            at,
            "data_request.preview",
            subject_of(found),
            of=None,
            clause="§7B.7",
            data={"data_set_sha256": context["sha256"]},
        )
    page = {
        "data_request": found,
        "form": form,
        "items": items,
        "open_count": still_open,
        "summary": _summary(still_open, len(items)),
        "made": made,
        "letter": context,
        "may_release": coordinates(actor, found, at).allowed,
        "ready": not made and still_open == 0 and found.state == RequestState.AUTHORIZED,
        "crumbs": [
            requests_crumb(reverse("requests")),
            crumb(found.reference, reverse("request-board", args=[found.pk])),
            crumb(_("Release")),
        ],
    }
    return render(request, "data_requests/release.html", page, status=400 if form.errors else 200)


def _confirm() -> str:
    try:
        return reverse("access:confirm")
    except NoReverseMatch:
        return reverse("home")


def _summary(still_open: int, count: int) -> str:
    if not still_open:
        return _("All %(n)s conditions are met.") % {"n": count}
    return ngettext(
        "%(open)s of %(n)s conditions is open.", "%(open)s of %(n)s conditions are open.", still_open
    ) % {"open": still_open, "n": count}


def _items(found: DataRequest, picture: Picture) -> list[dict[str, Any]]:
    items = []
    for line in conditions.lines(picture):
        condition, decision = line.condition, line.decision
        detail = ""
        if not decision.allowed:
            detail = str(decision.reason)
            if condition.waits_on:
                detail += " " + _("Waits on %(role)s.") % {"role": condition.waits_on}
        items.append(
            {
                "ok": decision.allowed,
                "text": condition.title,
                "clause": condition.rule,
                "detail": detail,
                "url": (
                    reverse(condition.page, args=[found.pk])
                    if condition.page in PAGES_WITH_ACTION and not decision.allowed
                    else ""
                ),
                "link": _("Go there"),
            }
        )
    return items


def _letter(picture: Picture, at: Any, made: Release | None) -> dict[str, Any] | None:
    """The letter's facts for the preview; None while a part is missing. Figures: coordination and office."""
    if made is not None:
        return None
    try:
        facts = letter.release_context(picture, expected_label("RL", at), at)
    except LookupError:
        return None
    return {
        "facts": facts,
        "period": period_text(facts.period, facts.language),
        "completeness": completeness_text(facts.completeness, facts.language),
        "sha256": facts.data_set_sha256,
        "dated": picture.authorization is not None,
        "rtl": facts.language == "ar",
    }


@require_safe
@screen(gettext_lazy("The released letter, the same bytes each time"), READERS, "§7B.7")
def download(request: Request, pk: UUID) -> HttpResponse:
    """The stored letter; each download is an event (D15)."""
    at, actor = now(), request.actor
    found = find_request(actor, pk, at)
    made = Release.objects.filter(request=found).select_related("letter").first()
    if made is None:
        raise Http404
    leaves = gates.may_leave(made, at)
    if not leaves.allowed:
        raise PermissionDenied(str(leaves.reason))
    content = store.read(made.letter)
    access_log.saw(
        actor,
        at,
        "release.download",
        subject_of(made),
        of=None,
        clause="§7B.7",
        download=True,
        data={"sha256": made.letter_sha256},
    )
    response = HttpResponse(content, content_type=made.letter.content_type)
    response["Content-Disposition"] = content_disposition_header(True, made.letter.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@screen(gettext_lazy("The register of releases"), READERS, "§7B.7")
def register(request: Request) -> HttpResponse:
    """Every released letter: number, recipient, date, hashes."""
    releases = list(Release.objects.select_related("request", "letter"))
    page = {
        "releases": releases,
        "crumbs": [requests_crumb(reverse("requests")), crumb(_("Register of releases"))],
    }
    return render(request, "data_requests/releases.html", page)
