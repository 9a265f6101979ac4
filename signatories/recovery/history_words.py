"""How the history of a lost phone speaks."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intranet.workflow.registry import Said

from .models import Recovery

SAID = {
    Recovery: Said(
        fields={
            "user": _("account"),
            "way": _("how it goes"),
            "opened_at": _("opened at"),
            "opened_by": _("opened by"),
            "expires_at": _("ends at"),
            "voucher": _("person who vouches"),
            "vouched_by": _("vouched for by"),
            "voucher_capacity": _("capacity of who vouches"),
            "vouched_at": _("vouched for at"),
            "channel": _("how the person was recognized"),
            "compared": _("what was compared"),
            "letter_from": _("letter from"),
            "letter_received_on": _("letter received on"),
            "confirmer": _("person who confirms"),
            "confirmed_by": _("confirmed by"),
            "confirmer_capacity": _("capacity of who confirms"),
            "confirmed_at": _("confirmed at"),
            "confirm_channel": _("how the confirmer recognized the person"),
            "confirm_compared": _("what the confirmer compared"),
            "invitation": _("invitation"),
            "ended_at": _("ended at"),
        },
        related=("person", "organization", "user"),
        page=lambda found, actor: reverse("recovery", args=[found.pk]),
    )
}
