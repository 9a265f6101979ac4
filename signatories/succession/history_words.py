"""How the histories of a succession speak."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.workflow.registry import Said

from .models import IdentityCheck, Succession, SuccessionLetter, SuccessionObjection


def _page_of_part(part: Any, actor: Actor) -> str:
    return reverse("succession", args=[part.succession_id])


_PART = {"succession": _("succession of the signer")}
_RELATED = ("succession__organization", "succession__successor")
SAID = {
    Succession: Said(
        fields={
            "endorsement": _("endorsement that it is about"),
            "former": _("person who signed"),
            "former_name": _("name of the person who signed"),
            "former_title": _("title of the person who signed"),
            "former_email": _("e-mail of the person who signed"),
            "successor": _("successor"),
            "from_on": _("wanted from"),
            "letters": _("letters received"),
            "opened_at": _("opened at"),
            "counted_from": _("clock runs from"),
            "ends_at": _("clock ends at"),
            "last_day": _("last day to verify"),
            "completed_at": _("completed at"),
        },
        hidden=frozenset({"calendar_version"}),
        related=("organization", "successor"),
        page=lambda found, actor: reverse("succession", args=[found.pk]),
    ),
    SuccessionLetter: Said(
        fields=_PART
        | {
            "number": _("number of the letter"),
            "signed_by": _("signed by"),
            "signed_title": _("title of the person who signed"),
            "successor_name": _("name of the successor"),
            "successor_title": _("title of the successor"),
            "successor_email": _("e-mail of the successor"),
            "from_on": _("wanted from"),
            "instrument": _("instrument"),
            "instrument_file": _("file of the instrument"),
            "instrument_sha256": _("fingerprint of the instrument (SHA-256)"),
        },
        related=_RELATED,
        page=_page_of_part,
    ),
    IdentityCheck: Said(
        fields=_PART
        | {
            "letter": _("number of the letter"),
            "side": _("who verifies"),
            "verified": _("verified"),
            "how": _("how, or why not"),
        },
        related=_RELATED,
        page=_page_of_part,
    ),
    SuccessionObjection: Said(
        fields=_PART | {"letter": _("number of the letter"), "name": _("who objects")},
        related=_RELATED,
        page=_page_of_part,
    ),
}
