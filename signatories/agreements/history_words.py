"""How the history of a partner agreement speaks."""

from __future__ import annotations

from django.urls import reverse

from intranet.workflow.registry import Said

AGREEMENT = Said(
    related=("partner", "agency"),
    page=lambda agreement, actor: reverse("agreement", args=[agreement.pk]),
)
