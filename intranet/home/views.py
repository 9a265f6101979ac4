"""Home: the ledger "what is due from me, why, by when, do it" and "waiting on others"."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from intranet.access import session
from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import COORDINATION
from intranet.clock import changes, due, now

from . import machine_room, style_guide

SHOWN = 7  # rows on Home; the rest is one link away
MOST_CHANGES = 200


def _ledger(request: Request) -> dict[str, Any]:
    actor, at = request.actor, now()
    rows, waiting = due.due_rows(actor, at), due.waiting_rows(actor, at)
    here = ngettext("%(n)s thing waits for you", "%(n)s things wait for you", len(rows)) % {"n": len(rows)}
    there = ngettext("%(n)s waits for others", "%(n)s wait for others", len(waiting)) % {"n": len(waiting)}
    if not rows:
        here = _("Nothing waits for you")
    if not waiting:
        there = _("nothing waits for others")
    return {
        "due": rows,
        "waiting": waiting,
        "practice_shown": any(row.why == "practice" for row in rows),
        "now": at,
        "summary": _("%(here)s; %(there)s.") % {"here": here, "there": there},
    }


@require_safe
@screen(gettext_lazy("Home: what is due from me"), superuser=True)
def home(request: Request) -> HttpResponse:
    """Rows for the actor's capacity, soonest first; the machine room for the Coordinator."""
    context = _ledger(request)
    context["due_shown"] = context["due"][:SHOWN]
    context |= _changes(request, context["now"], SHOWN)
    if request.actor.capacity in COORDINATION:
        context["machine"] = machine_room.state(request.actor, context["now"])
    return render(request, "home/home.html", context)


@require_safe
@screen(gettext_lazy("Everything that is due from me"), superuser=True)
def everything_due(request: Request) -> HttpResponse:
    """The whole ledger on one page."""
    return render(request, "home/due.html", _ledger(request))


@require_safe
@screen(gettext_lazy("What changed since my last visit"), superuser=True)
def changed(request: Request) -> HttpResponse:
    """The whole list on one page."""
    return render(request, "home/changed.html", _changes(request, now(), MOST_CHANGES))


def _changes(request: Request, at: datetime, shown: int) -> dict[str, Any]:
    """What changed for this capacity, newest first; one more is read to know whether there are more."""
    last_visit = session.last_visit(request)
    found = changes.since(request.actor, last_visit, at, shown + 1)
    return {"changes": found[:shown], "more_changes": len(found) > shown, "last_visit": last_visit}


@require_safe
@screen(gettext_lazy("Style guide: every component"), style_guide.READERS, superuser=True)
def styles(request: HttpRequest) -> HttpResponse:
    """Every component with invented content; the target of the accessibility tests."""
    return render(request, "home/style_guide.html", style_guide.samples(now()))
