"""Taking a redacted page's earlier revisions away for good: an act of two people (W5).

Wagtail keeps every revision, so words that should never have been written stay readable in the history
after they were edited out. Titles stay in the append-only page log: a title names nobody, ever.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from audit import ledger
from audit.actors import Actor
from intranet.access.roles import COORDINATION, Capacity


class RedactionRefused(ValueError):
    """The sentence says who or what is missing."""


def redact(page: Page, asked_by: Actor, agreed_by: Actor, reason: str, now: datetime) -> int:
    """Delete all revisions of ``page`` but the newest, which must be live; returns how many.

    ``asked_by`` edits content, ``agreed_by`` is another person and the Coordinator. ``now``: UTC.
    Raises RedactionRefused; then nothing has changed.
    """
    if asked_by.capacity != Capacity.CONTENT_EDITOR:
        raise RedactionRefused(_("Asked by: a content editor asks for it."))
    if agreed_by.capacity not in COORDINATION or agreed_by.user_id == asked_by.user_id:
        raise RedactionRefused(_("Agreed by: the PSEA Coordinator agrees, and is another person."))
    if not reason.strip():
        raise RedactionRefused(_("Reason: write why, without repeating the words."))
    if page.has_unpublished_changes or page.live_revision_id is None:
        raise RedactionRefused(_("Page: publish the redacted text first; its newest revision must be live."))
    with transaction.atomic():
        older = Revision.objects.for_instance(page).exclude(pk=page.live_revision_id)
        count = 0
        for revision in older:
            revision.delete()
            count += 1
        ledger.record(
            now=now,
            actor=asked_by,
            action="page.redact",
            subject=ledger.Subject("page", str(page.pk), f"page {page.pk}"),
            clause="§4.g",
            reason=reason.strip(),
            data={"revisions": count, "agreed_by": agreed_by.label},
        )
    return count
