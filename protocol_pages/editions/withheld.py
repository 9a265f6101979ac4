"""What a person reads when a finished file did not prove itself and is therefore not given out."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger(__name__)


def page(request: HttpRequest, fault: Exception, back: str) -> HttpResponse:
    """The page instead of the file, with the way back; the log keeps what the proof said."""
    log.error("%s: not given out. %s", request.path, fault)
    return render(request, "protocol_pages/word/withheld.html", {"back": back}, status=500)
