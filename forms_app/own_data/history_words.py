"""How the histories of own statistics speak."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intranet.workflow.registry import Said

OWN_NOTE = Said(
    fields={
        "months_reported": _("months with a report"),
        "made_at": _("made at"),
        "made_by": _("made by"),
        "made_capacity": _("made in which capacity"),
    },
    related=("organization",),
    page=lambda note, actor: reverse("own-note", args=[note.pk]),
)
