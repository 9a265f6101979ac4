"""How to report: the page as a print, as a pocket card, and the way out of it in a hurry.

Every number and address comes from the one settings record (trap 46). No page here takes anything in.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from intranet.access.policy import screen
from intranet.clock.wording import AWAITING_TEXTS

CARDS_ON_A_SHEET = 4  # of A6


@require_safe
@screen(_("How to report, ready to print on A4"), superuser=True)
def sheet(request: HttpRequest) -> HttpResponse:
    """One A4 page in the language of the screen."""
    return render(request, "protocol_pages/channels_sheet.html", {"leave": settings.SAFE_EXIT_URL})


@require_safe
@screen(_("How to report, as pocket cards"), superuser=True)
def card(request: HttpRequest) -> HttpResponse:
    """One A4 sheet with cards to cut, each in every language that has a text."""
    languages = [code for code, _name in settings.LANGUAGES if code not in AWAITING_TEXTS]  # D4
    context = {"leave": settings.SAFE_EXIT_URL, "places": range(CARDS_ON_A_SHEET), "languages": languages}
    return render(request, "protocol_pages/channels_card.html", context)
