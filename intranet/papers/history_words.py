"""How the history of an issued paper speaks."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intranet.workflow.registry import Said

from .kinds import kind_of

PAPER = Said(
    fields={
        "certifies_sha256": _("fingerprint of the text that it certifies (SHA-256)"),
        "word": _("Word file"),
        "word_sha256": _("fingerprint of the Word file (SHA-256)"),
        "pdf": _("PDF file"),
        "pdf_sha256": _("fingerprint of the PDF file (SHA-256)"),
        "pdf_missing": _("why there is no PDF"),
        "issued_capacity": _("issued in which capacity"),
    },
    values={"kind": lambda kind: str(kind_of(kind).label)},
    hidden=frozenset({"series", "sequence", "about_type", "act"}),
    page=lambda paper, actor: reverse("paper-verify", args=[paper.pk]),
)
