"""How the histories of receiving parties speak."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.workflow.registry import Said

from .machine import SUSPENSIONS
from .models import PartyName, PartySuspension, Word


def _page_of_part(part: Any, actor: Actor) -> str:
    return reverse("party-suspension", args=[part.suspension_id])


def _act(action: str) -> str:
    """The words of the act's button."""
    rows = [row for row in SUSPENSIONS.transitions if row.action == action]
    return str(rows[0].label if rows else SUSPENSIONS.states.get(action, action))


_PART = {"suspension": _("suspension of a receiving party")}
SAID = {
    PartySuspension: Said(
        fields={
            "reference": _("number of the suspension"),
            "lifted_on": _("lifted on"),
            "opened_at": _("opened at"),
        },
        hidden=frozenset({"party_key"}),
        page=lambda found, actor: reverse("party-suspension", args=[found.pk]),
    ),
    Word: Said(
        fields=_PART | {"act": _("what was said"), "decided_on": _("decided on")},
        values={"act": _act},
        title=lambda word: f"{word.suspension.reference}: {_act(word.act)}",
        related=("suspension",),
        page=_page_of_part,
    ),
    PartyName: Said(
        fields=_PART | {"name": _("name"), "same": _("the same party")},
        hidden=frozenset({"name_key"}),
        related=("suspension",),
        page=_page_of_part,
    ),
}
