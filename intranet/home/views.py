"""Home: the ledger "what is due from me, why, by when, do it" and "waiting on others"."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.clock import due, now


@screen(_("Home: what is due from me"), superuser=True)
def home(request: Request) -> HttpResponse:
    """Rows for the actor's capacity, soonest first."""
    actor, at = request.actor, now()
    return render(
        request,
        "home/home.html",
        {"due": due.due_rows(actor, at), "waiting": due.waiting_rows(actor, at), "now": at},
    )
