"""Giving out a private file: always an attachment, never cached, under its owner's policy."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from audit import ledger
from audit.actors import Actor
from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.clock import now
from intranet.workflow import access_log, registry

from . import gates, store
from .models import StoredFile


@require_GET
@screen(_("Download a file that belongs to something you may see"), rule="D10")
def download(request: Request, pk: UUID) -> HttpResponse:
    """404 whenever the owner does not exist for the actor (D10); 403 while something keeps its files back."""
    stored = StoredFile.objects.filter(pk=pk).first()
    governed = registry.find(stored.owner_type) if stored else None
    if stored is None or governed is None:
        raise Http404
    at, actor = now(), request.actor
    owner = governed.model._default_manager.filter(pk=stored.owner_id).first()
    if owner is None or not governed.may_view(actor, owner, at).allowed:
        raise Http404
    leaves = gates.may_leave(owner, at)
    if not leaves.allowed:
        raise PermissionDenied(str(leaves.reason))
    content = store.read(stored)
    _note(stored, owner, actor, at)
    response = HttpResponse(content, content_type=stored.content_type)
    response.headers["Content-Disposition"] = _attachment(stored.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _note(stored: StoredFile, owner: Any, actor: Actor, at: datetime) -> None:
    """Every download is an event; one with figures says whose they are (D15)."""
    subject = registry.subject_of(owner)
    facts = {"file": str(stored.pk), "sha256": stored.sha256}
    if stored.holds_figures:
        of = getattr(owner, "organization_id", None)
        access_log.saw(actor, at, "files.download", subject, of=of, download=True, data=facts)
        return
    ledger.record(
        now=at, actor=actor, action="files.download", kind=ledger.Kind.DOWNLOAD, subject=subject, data=facts
    )


def _attachment(name: str) -> str:
    from django.utils.http import content_disposition_header

    return content_disposition_header(True, name) or "attachment"
