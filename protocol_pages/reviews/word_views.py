"""A marked-up Word copy becomes comments: an organization's own one, or one that arrived outside (D17)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import ORGANIZATION_POSTS
from intranet.clock import now
from intranet.forms import BaseForm
from protocol_pages.editions import word_in
from protocol_pages.editions.models import Edition
from signatories.days import network_day
from signatories.models import Organization
from signatories.policy import RECORDERS
from signatories.views.common import done_by, find, own_organization

from . import forms, marked_up, services
from .marked_up import MarkedUp
from .models import ReviewAnswer, ReviewCycle
from .views import act_page, both, cycle_of


@both
@screen(
    gettext_lazy("Comment for my organization by a Word copy with tracked changes"), ORGANIZATION_POSTS, "§8"
)
def own_copy(request: Request, year: int) -> HttpResponse:
    """Each change and remark becomes a comment of the organization at its clause."""
    cycle, organization = cycle_of(year), own_organization(request)
    form = forms.CopyForm(request.POST or None, request.FILES or None)

    def act(found: MarkedUp) -> ReviewAnswer:
        return services.comment_all(cycle, organization, found.proposals, request.actor, now(), form.key)

    return _page(request, cycle, form, act, _("Comment by a marked-up Word copy"), "")


@both
@screen(gettext_lazy("Record a Word copy with tracked changes that arrived outside"), RECORDERS, "D17")
def record_copy(request: Request, year: int, pk: UUID) -> HttpResponse:
    """The copy is the file of the record, and each change and remark in it a comment."""
    cycle, organization = cycle_of(year), find(request, Organization, pk)
    form = forms.OutsideCopyForm(
        request.POST or None, request.FILES or None, initial={"received_on": network_day(now())}
    )

    def act(found: MarkedUp) -> ReviewAnswer:
        return services.record_all(
            cycle, organization, form.outside(), found.proposals, request.actor, now(), form.key
        )

    heading = _("Record a marked-up Word copy that arrived outside")
    return _page(request, cycle, form, act, heading, organization.name)


def _page(
    request: Request,
    cycle: ReviewCycle,
    form: forms.CopyForm | forms.OutsideCopyForm,
    act: Callable[[MarkedUp], ReviewAnswer],
    heading: str,
    whose: str,
) -> HttpResponse:
    if cycle.edition is None:
        raise Http404
    if request.method == "POST" and form.is_valid():
        name, content, _kind = form.cleaned_data["file"]
        found = _read(form, cycle.edition, name, content)
        made = done_by(form, lambda: act(found)) if found is not None else None
        if found is not None and made is not None:
            _tell(request, found)
            return redirect("review-answer", made.pk)
    lead = _(
        "Take the Word file of the text under review, change it with tracked changes and comments, and send it here."
    )
    back = reverse("review", args=[cycle.year])
    return act_page(
        request, form, lambda: None, heading, back, f"{whose} {lead}".strip(), submit=_("Read it and record"),
        outside=bool(whose), edition=cycle.edition,
    )  # fmt: skip


def _read(form: BaseForm, edition: Edition, name: str, content: bytes) -> MarkedUp | None:
    try:
        found = marked_up.read(edition, name, content)
    except word_in.FileRefused as refusal:
        form.add_error("file", str(refusal))
        return None
    if not found.proposals:
        form.add_error(
            "file",
            _("File: no tracked change and no comment was found at a clause of the text under review."),
        )
        return None
    return found


def _tell(request: Request, found: MarkedUp) -> None:
    """How many comments it became, and what stands at no clause: that is to be commented by hand."""
    count = len(found.proposals)
    messages.success(
        request, ngettext("%s comment was recorded.", "%s comments were recorded.", count) % count
    )
    for words in found.left_out:
        messages.warning(request, _("Left out, it stands at no clause of the text under review: %s") % words)
