"""How the histories of reviewers' texts speak."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intranet.workflow.registry import Said

from .models import ReviewedBlock, ReviewedText

_HIDDEN = frozenset({"by", "by_id", "capacity"})
SAID = {
    ReviewedText: Said(
        fields={
            "edition": _("edition"),
            "file": _("file that the reviewer sent"),
            "at": _("recorded at"),
            "sha256": _("fingerprint of the text (SHA-256)"),
            "confirmed_at": _("confirmed at"),
            "confirmed_by": _("confirmed by"),
        },
        hidden=_HIDDEN,
        related=("edition",),
        page=lambda text, actor: reverse("reviewed-text", args=[text.pk]),
    ),
    ReviewedBlock: Said(
        fields={"reviewed": _("reviewer’s text"), "at": _("recorded at")},
        hidden=_HIDDEN | {"block_id", "english_sha256"},
        related=("reviewed__edition",),
        page=lambda block, actor: reverse("reviewed-text", args=[block.reviewed_id]),
        series=lambda block: ReviewedBlock.objects.filter(
            reviewed=block.reviewed_id, block_id=block.block_id
        ),
    ),
}
