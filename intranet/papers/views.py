"""Is this the paper that the network issued? Behind the doors, for those who may see what it is about."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.clock import now

from .forms import CompareForm
from .models import IssuedPaper
from .policy import may_view


@require_http_methods(["GET", "HEAD", "POST"])
@screen(_("Compare a paper with the one that the network issued"), rule="D10")
def verify(request: Request, pk: UUID) -> HttpResponse:
    """Number, date, hashes; a file or a hash is compared and nothing of it is kept."""
    at = now()
    paper = IssuedPaper.objects.select_related("word", "pdf").filter(pk=pk).first()
    if paper is None or not may_view(request.actor, paper, at).allowed:
        raise Http404
    form = CompareForm(request.POST or None, request.FILES or None)
    asked = request.method == "POST" and form.is_valid()
    same = ""
    if asked:
        names = {paper.word_sha256: "word", paper.pdf_sha256: "pdf", paper.certifies_sha256: "text"}
        same = names.get(form.cleaned_data["sha256"], "")
    return render(
        request,
        "papers/verify.html",
        {"paper": paper, "form": form, "asked": asked, "same": same, "now": at},
        status=200 if request.method != "POST" or asked else 422,
    )
