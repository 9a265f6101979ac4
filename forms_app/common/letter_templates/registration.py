"""What this package tells the floors below: its governed object and its place in the navigation."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intranet.access import navigation
from intranet.workflow import registry

from . import machine, policy
from .models import LetterTemplate


def register_all() -> None:
    """Called once by the app's ``ready``."""
    registry.register(registry.GovernedObject(LetterTemplate, policy.may_view, str, machine.LETTER_TEMPLATES))
    registry.say(
        {
            LetterTemplate: registry.Said(
                page=lambda found, actor: reverse("letter-template", args=[found.kind, found.language])
            )
        }
    )
    navigation.register(
        navigation.Entry("requests", _("Letter templates"), "letter-templates", policy.READERS, 60)
    )
