"""Is it still correct, is there a problem: small pages for owners, readers and editors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.clock import now
from intranet.clock.days import network_day
from intranet.workflow.runner import Refused

from .. import shelves
from ..visible import viewable_pages
from . import policy, selectors, services
from .forms import SettleForm, StillCorrectForm, TroubleForm
from .models import CheckState, PageCheck

ON_A_PAGE = 40  # resources of the matrix
AHEAD = timedelta(days=60)  # pages to look at again are listed so long before


def _page(request: Request, pk: int) -> Any:
    """A page that this person may open; 404 for every other one (W4)."""
    page = viewable_pages(request).filter(pk=pk, depth__gt=2).first()
    if page is None:
        raise Http404
    return page.specific


@require_safe
@screen(
    gettext_lazy("Care of pages: problems, broken addresses, pages to look at again"), policy.READERS, "D16"
)
def care(request: Request) -> HttpResponse:
    """What editors look after, and what they said before; for others no page that they may not open (W4)."""
    at = now()
    today, editing = network_day(at), request.actor.capacity in policy.EDITORS
    said = PageCheck.objects.exclude(state=CheckState.OPEN).order_by("-at")
    problems, broken, reviews = selectors.open_problems(), selectors.broken(), selectors.reviews(at)
    if not editing:
        opens = set(viewable_pages(request).values_list("pk", flat=True))
        said, problems = said.filter(page__in=opens), problems.filter(page__in=opens)
        broken = broken.filter(page__in=opens)
        reviews = [row for row in reviews if row.page.pk in opens]
    context = {
        "problems": problems,
        "broken": broken,
        "unread": selectors.unread() if editing else [],
        "reviews": [row for row in reviews if row.on <= today + AHEAD][:100],
        "settled": said[:20],
        "today": today,
        "editing": editing,
    }
    return render(request, "protocol_pages/care.html", context)


@require_safe
@screen(gettext_lazy("Which resource is there in which language"), policy.READERS, "D4")
def coverage(request: Request) -> HttpResponse:
    """A row a resource, a column a language; those with most gaps first."""
    rows = Paginator(shelves.coverage(request), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"rows": rows, "languages": shelves.languages()}
    return render(request, "protocol_pages/coverage.html", context)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Say that there is a problem with a page"), rule="D16")
def problem(request: Request, pk: int) -> HttpResponse:
    """Choices only; nothing about persons or incidents can be written here."""
    page = _page(request, pk)
    form = TroubleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.report(page, form.cleaned_data["trouble"], request.actor, now(), form.key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Thank you. An editor looks at the page."))
            return redirect(page.get_url(request))
    context = {"form": form, "page": page, "submit": _("Send"), "back": page.get_url(request)}
    return render(request, "protocol_pages/problem.html", context)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Say that a page of mine is still correct"), policy.EDITORS, "D16")
def still_correct(request: Request, pk: int) -> HttpResponse:
    """Only its owner; where it has none, any editor."""
    page = _page(request, pk)
    at = now()
    if not policy.may_confirm(request.actor, PageCheck(page=page.pk), at).allowed:
        raise Http404
    form = StillCorrectForm(
        request.POST or None, initial={"next_on": network_day(now()) + timedelta(days=365)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.confirm(page, form.cleaned_data["next_on"], request.actor, at, form.key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("page-care")
    context = {"form": form, "page": page, "submit": _("It is still correct"), "back": reverse("page-care")}
    return render(request, "protocol_pages/still_correct.html", context)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Settle a problem that a reader told"), policy.EDITORS, "D16")
def settle(request: Request, pk: UUID) -> HttpResponse:
    """Corrected, or nothing to correct with the reason."""
    check = PageCheck.objects.filter(pk=pk).exclude(state=CheckState.CONFIRMED).first()
    if check is None:
        raise Http404
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.settle(check, data["action"], request.actor, now(), data["note"], form.key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("page-care")
    context = {"form": form, "check": check, "submit": _("Save"), "back": reverse("page-care")}
    return render(request, "protocol_pages/settle.html", context)


@require_safe
@screen(gettext_lazy("Themes of the library across frameworks"), superuser=True)
def themes(request: Request) -> HttpResponse:
    """Areas as rows, frameworks as columns; each theme leads to its resources."""
    frameworks, rows = shelves.cross_walk()
    return render(request, "protocol_pages/themes.html", {"frameworks": frameworks, "rows": rows})
