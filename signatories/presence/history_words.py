"""How the history of an answer to "is this still you?" speaks."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.workflow.registry import Said
from signatories.policy import OVERSEERS

from .models import PresenceAnswer


def _page(answer: PresenceAnswer, actor: Actor) -> str:
    if actor.capacity in OVERSEERS:
        return reverse("person", args=[answer.person_id])
    return reverse("still-you")


SAID = {
    PresenceAnswer: Said(
        fields={
            "round_on": _("first day of the round"),
            "number": _("number of the answer"),
            "reply": _("answer"),
            "by_capacity": _("in which capacity"),
        },
        related=("person",),
        page=_page,
    )
}
