"""Word of reviewers' texts: the confirmed one for everybody, and a filled-in file on its way into a text."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.clock import now
from intranet.files.store import DOCX
from intranet.workflow.runner import Refused
from protocol_pages.editions import word_in
from protocol_pages.editions.life import WRITERS
from protocol_pages.editions.views import find_edition

from . import services
from . import word as files
from .forms import WordForm
from .views import demand, find


@require_safe
@screen(gettext_lazy("Protocol: a reviewer’s text in Word"), rule="D4")
def word(request: HttpRequest, label: tuple[int, int], language: str) -> HttpResponse:
    """What stands beside the edition now; 404 where nothing confirmed does."""
    edition = find_edition(label)
    try:
        content = files.word(edition, language)
    except files.NoText as nothing:
        raise Http404 from nothing
    response = HttpResponse(content, content_type=DOCX)
    name = f"protocol-{edition.slug}-{language}-unofficial.docx"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Take a reviewer’s words from a Word file"), WRITERS, "D4")
def fill(request: Request, pk: UUID) -> HttpResponse:
    """Blocks that are known by their ids become words of the text; what was left out is listed, not guessed."""
    text = find(request, pk)
    if request.method == "GET":
        demand("write", text, request.actor)
    form = WordForm(request.POST or None, request.FILES or None)
    context = {
        "text": text,
        "form": form,
        "submit": _("Read it"),
        "back": reverse("reviewed-text", args=[pk]),
    }
    if request.method == "POST" and form.is_valid():
        handed = form.cleaned_data["file"]
        try:
            found = files.filled(text, handed.name, handed.read())
            if found.words:
                services.write(text, found.words, request.actor, now(), form.key)
            return render(request, "protocol_pages/translations/filled.html", context | {"found": found})
        except word_in.FileRefused as refusal:
            form.add_error("file", str(refusal))
        except Refused as refusal:
            form.refuse(refusal)
    status = 400 if form.errors else 200
    return render(request, "protocol_pages/translations/fill.html", context, status=status)
