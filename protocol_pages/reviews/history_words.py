"""How the histories of the annual review speak."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intranet.workflow.registry import Said

from .models import ReviewAnswer, ReviewComment, ReviewCycle, ReviewDecision

_WRITTEN = {"cycle": _("annual review"), "at": _("written at")}
_HIDDEN = frozenset({"by", "by_id", "capacity"})
SAID = {
    ReviewCycle: Said(
        fields={
            "edition": _("text under review"),
            "draft": _("draft of the next edition"),
            "opened_at": _("opened at"),
        },
        page=lambda cycle, actor: reverse("review", args=[cycle.year]),
    ),
    ReviewDecision: Said(
        fields=_WRITTEN | {"minutes": _("minutes")},
        hidden=_HIDDEN,
        related=("cycle",),
        page=lambda decision, actor: reverse("review", args=[decision.cycle.year]),
    ),
    ReviewAnswer: Said(
        fields=_WRITTEN
        | {
            "received_how": _("how it arrived"),
            "received_on": _("received on"),
            "name": _("in whose name"),
            "title": _("in which title"),
        },
        hidden=_HIDDEN,
        related=("cycle", "organization"),
        page=lambda answer, actor: reverse("review-answer", args=[answer.pk]),
    ),
    ReviewComment: Said(
        fields=_WRITTEN
        | {
            "answer": _("answer that it belongs to"),
            "address": _("clause"),
            "today_text": _("text of the clause then"),
            "reason": _("reason of the disposition"),
            "wording": _("wording for the draft"),
            "disposed_at": _("disposition written at"),
            "disposed_by": _("disposition written by"),
        },
        hidden=_HIDDEN | {"block_id"},
        related=("cycle", "organization", "answer__organization", "answer__cycle"),
        page=lambda comment, actor: reverse("review-comment", args=[comment.pk]),
    ),
}
