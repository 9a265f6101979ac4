"""How the history of an acknowledgement speaks."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intranet.workflow.registry import Said

from .models import Acknowledgement

SAID = {
    Acknowledgement: Said(
        fields={"entry": _("withdrawal"), "side": _("whose acknowledgement")},
        related=("entry__organization",),
        page=lambda row, actor: reverse("participation-entry", args=[row.entry_id]),
    )
}
