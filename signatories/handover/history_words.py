"""How the history of a hand-over speaks."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intranet.workflow.registry import Said

from .models import HandOver

SAID = {
    HandOver: Said(
        fields={
            "scope": _("what is handed over"),
            "made_at": _("made at"),
            "made_by": _("made by"),
            "made_capacity": _("made in which capacity"),
        },
        related=("person", "organization"),
        page=lambda found, actor: reverse("hand-over-kept", args=[found.pk]),
    )
}
