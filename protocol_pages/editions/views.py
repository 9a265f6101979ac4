"""The reader: current text, fixed editions, clauses, text on a date, plain text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import parse_etags, quote_etag
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from intranet.access.policy import screen
from intranet.clock import now, wording
from intranet.clock.days import network_day
from intranet.network.models import NetworkSettings

from . import beside as others
from . import frame, reader, review, selectors, tasks
from .blocks import ClauseNotFound
from .models import Edition

LONGEST_QUERY = 100  # characters


def _capacity(request: HttpRequest) -> str:
    actor = getattr(request, "actor", None)
    return actor.capacity if actor is not None else ""


def find_edition(label: tuple[int, int]) -> Edition:
    """The edition of an address; 404 where no such edition was adopted."""
    try:
        return selectors.edition_by_label(*label)
    except selectors.NoEdition as error:
        raise Http404 from error


def _frame(edition: Edition, network: NetworkSettings, today: date) -> dict[str, Any]:
    """What every page of the reader shows around the text: editions, review line, print footer."""
    approved = network.approval_date or edition.endorsed_on
    status = review.review_status(approved, today, review.recorded_reviews())
    return {
        "network": network,
        "edition": edition,
        "today": today,
        "review": status,
        "approved_on": approved,
        "since": wording.plain_date(edition.effective_from),
        "endorsed": wording.plain_date(edition.endorsed_on),
        "next_due": wording.plain_date(status.next_due),
    }


def _words(edition: Edition) -> str:
    return " ".join(block.text for block in selectors.blocks_of(edition))


def _page(request: HttpRequest, edition: Edition, network: NetworkSettings, **extra: Any) -> HttpResponse:
    capacity, at = _capacity(request), now()
    today = network_day(at)
    in_force = bool(extra.get("is_current")) or _in_force(edition, today)
    q = " ".join(request.GET.get("q", "").split())[:LONGEST_QUERY]
    asked = request.GET.get("beside", "")
    text = others.beside(edition, asked) if asked else None
    context = _frame(edition, network, today) | {
        "q": q,
        "asked_beside": asked,
        "beside": text,
        # Both are asked when the frame is made, not for each reader.
        "languages_beside": partial(others.languages, edition),
        "words": partial(_words, edition),
    }
    context |= extra
    if q:
        context["hits"] = reader.search(edition, q, capacity, in_force, text)
        return render(request, "protocol_pages/reader/page.html", context)
    body = reader.body(edition, capacity, in_force, text)
    return frame.whole_page(request, context, body, _open_tasks(request, edition, at) if in_force else dict)


@require_safe
@screen(_("Protocol: current text"))
def protocol(request: HttpRequest) -> HttpResponse:
    """The text in force today, ``?q=`` filters its clauses, ``?beside=ar`` shows a reviewer's text beside it."""
    network = NetworkSettings.current()
    try:
        edition = selectors.edition_in_force(network_day(now()))
    except selectors.NoEdition:
        return render(request, "protocol_pages/reader/no_edition.html", {"network": network})
    return _page(request, edition, network, is_current=True)


@require_safe
@screen(_("Protocol: one edition"))
def protocol_edition(request: HttpRequest, label: tuple[int, int]) -> HttpResponse:
    """One edition by its number; never another text than that."""
    return _page(request, find_edition(label), NetworkSettings.current())


@require_safe
@screen(_("Protocol: text in force on a date"))
def protocol_on(request: HttpRequest, on: date) -> HttpResponse:
    """The text that was in force on a day (network's time zone)."""
    network = NetworkSettings.current()
    try:
        edition = selectors.edition_in_force(on)
    except selectors.NoEdition:
        context = {"network": network, "on_text": wording.plain_date(on)}
        return render(request, "protocol_pages/reader/no_edition.html", context, status=404)
    return _page(request, edition, network, on_text=wording.plain_date(on))


@require_safe
@screen(_("Protocol: one clause"))
def protocol_clause(request: HttpRequest, label: tuple[int, int], address: str) -> HttpResponse:
    """One clause of one edition: the address to cite, it never breaks."""
    edition = find_edition(label)
    try:
        block = selectors.clause(edition, address)
    except ClauseNotFound as error:
        raise Http404 from error
    network = NetworkSettings.current()
    capacity = _capacity(request)
    all_blocks = selectors.blocks_of(edition)
    by_id = {item.id: item for item in all_blocks}
    members = [item for item in all_blocks if item.section.startswith(block.section) and item.section]
    rows = members[members.index(block) :] if block.kind == "heading" else [block]
    before, after = reader.neighbours(edition, block)
    at = now()
    today = network_day(at)
    in_force = _in_force(edition, today)
    texts = others.all_beside(edition)
    shown = partial(reader.shown, edition, by_id=by_id, capacity=capacity, in_force=in_force, beside=texts)
    context = _frame(edition, network, today) | {
        "shown": shown(block),
        "texts": [text for text in texts if any(item.id in text.twins for item in rows)],
        "tasks": tasks.under(request, block.addresses, at) if in_force else None,
        "block_row": edition.block_rows.filter(block_id=block.id).first(),
        "rows": [shown(item) for item in rows],
        "words": " ".join(item.text for item in rows),
        "heading": next((i for i in all_blocks if i.kind == "heading" and i.section == block.section), None),
        "before": shown(before) if before else None,
        "after": shown(after) if after else None,
    }
    return render(request, "protocol_pages/reader/clause.html", context)


def _in_force(edition: Edition, today: date) -> bool:
    """Whether it is today's text: only that one asks anybody for anything."""
    try:
        return selectors.edition_in_force(today).pk == edition.pk
    except selectors.NoEdition:
        return False


def _open_tasks(request: HttpRequest, edition: Edition, at: datetime) -> Callable[[], dict[str, Any]]:
    """What the reader has to do, by clause; asked for only where the frame is made anew."""
    return lambda: {"my_tasks": tasks.by_clause(request, selectors.blocks_of(edition), at)}


@require_safe
@screen(_("Protocol: one clause of the current text"))
def protocol_current_clause(request: HttpRequest, address: str) -> HttpResponse:
    """A clause of today's text: leads to its fixed address in the edition in force."""
    try:
        edition = selectors.edition_in_force(network_day(now()))
        block = selectors.clause(edition, address)
    except (selectors.NoEdition, ClauseNotFound) as error:
        raise Http404 from error
    return redirect(reader.clause_url(edition, block, address))


@require_safe
@screen(_("Protocol: plain text of an edition"))
def protocol_text(request: HttpRequest, label: tuple[int, int]) -> HttpResponse:
    """The canonical text, byte for byte what the fingerprint is made of (D1)."""
    edition = find_edition(label)
    etag = quote_etag(edition.sha256)
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers={"ETag": etag})
    response = HttpResponse(edition.canonical_text.encode("utf-8"), content_type="text/plain; charset=utf-8")
    response.headers["ETag"] = etag
    response.headers["X-Content-SHA256"] = edition.sha256
    response.headers["Content-Disposition"] = f'inline; filename="protocol-{edition.slug}.txt"'
    return response
