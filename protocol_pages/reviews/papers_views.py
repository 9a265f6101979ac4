"""The review out in Word: the table of dispositions, and the redline from the text under review to its draft."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.clock import now
from intranet.files.store import DOCX
from intranet.network.models import NetworkSettings
from protocol_pages.editions import life, redline, withheld
from protocol_pages.editions import selectors as editions
from signatories.policy import OVERSEERS
from signatories.selectors import organization_of

from . import papers, selectors
from .views import OWN_OR_KEEPERS


def _word(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=DOCX)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@screen(gettext_lazy("Table of dispositions of a review, in Word"), OWN_OR_KEEPERS, "§8")
def dispositions(request: Request, year: int) -> HttpResponse:
    """All comments for those who keep or audit the review, the own ones for an organization."""
    cycle = selectors.of_year(year)
    if cycle is None or cycle.edition is None:
        raise Http404
    rows = selectors.comments(cycle)
    if request.actor.capacity not in OVERSEERS:
        own = organization_of(request.actor)
        rows = [row for row in rows if own is not None and row.organization_id == own.pk]
    return _word(papers.dispositions(cycle, rows, now()), f"review-{year}-dispositions.docx")


@require_safe
@screen(gettext_lazy("Redline from the text under review to its draft, in Word"), rule="§8")
def redline_file(request: Request, year: int) -> HttpResponse:
    """For whoever may read the draft; it proves itself each time it is made, or is not given out."""
    cycle = selectors.of_year(year)
    draft = cycle.draft if cycle is not None else None
    if cycle is None or cycle.edition is None or draft is None:
        raise Http404
    if not life.may_view_draft(request.actor, draft, now()).allowed:
        raise Http404
    try:
        data = redline.redline(
            redline.Side(cycle.edition.label, editions.blocks_of(cycle.edition)),
            redline.Side(f"{draft.label} (draft)", editions.blocks_of_draft(draft)),
            title=draft.title,
            day=cycle.due_on,
            author=NetworkSettings.current().letterhead_name,
        )
    except redline.RedlineFault as fault:
        return withheld.page(request, fault, reverse("review", args=[year]))
    return _word(data, f"review-{year}-redline.docx")
