"""What this app plugs into the machinery: machines, histories, navigation, library policies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.access import navigation
from intranet.clock import changes, handover
from intranet.workflow import registry
from intranet.workflow.machine import ALLOWED, Decision

from . import hand_over, history_words, practice
from .changes import SOURCES
from .machine import DRAFTS, keeper_of_the_text
from .models import Edition, EditionBlock, EditionDraft
from .notes import NOTES


def everybody(actor: Actor, obj: Any, now: datetime) -> Decision:
    """Every verified person may read an adopted edition."""
    return ALLOWED


def register() -> None:
    """Called once by the app's ``ready``."""
    changes.register(*SOURCES)
    registry.register(registry.GovernedObject(EditionDraft, keeper_of_the_text, str, DRAFTS))
    registry.register(registry.GovernedObject(Edition, everybody, str))
    registry.register(registry.GovernedObject(EditionBlock, everybody, str))
    registry.say(
        {
            EditionDraft: history_words.DRAFT,
            Edition: history_words.EDITION,
            EditionBlock: history_words.BLOCK,
        }
    )
    navigation.register(
        navigation.Entry("protocol", _("Protocol"), "protocol", order=10, main=True),
        navigation.Entry("protocol", _("Compare editions"), "protocol-compare-choose", order=20),
    )
    practice.register(*NOTES)
    handover.register(hand_over.parts)
