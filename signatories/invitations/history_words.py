"""How the histories of rounds of invitations speak."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intranet.workflow.registry import Said

from .models import EndorsementInvitation, InvitationRound

SAID = {
    InvitationRound: Said(
        fields={
            "due_on": _("answer wanted by"),
            "opened_at": _("opened at"),
            "opened_by": _("opened by"),
        },
        hidden=frozenset({"edition_number"}),
        page=lambda found, actor: reverse("invitation-round", args=[found.pk]),
    ),
    EndorsementInvitation: Said(
        fields={
            "round": _("round of invitations"),
            "invited_on": _("invited on"),
            "invited_at": _("invited at"),
            "invited_by": _("invited by"),
            "again": _("invited again after a withdrawal"),
            "why": _("why"),
        },
        related=("organization", "round"),
        page=lambda found, actor: reverse("invitation-round", args=[found.round_id]),
    ),
}
