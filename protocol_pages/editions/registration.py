"""What this app plugs into the machinery: machines, histories, navigation, library policies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.access import navigation
from intranet.clock import changes, due, handover
from intranet.workflow import registry
from intranet.workflow.machine import ALLOWED, Decision

from . import deadlines, hand_over, history_words, practice
from .changes import SOURCES
from .life import may_view_draft
from .machine import DRAFTS
from .models import Edition, EditionBlock, EditionDraft, EditionFile
from .notes import NOTES


def everybody(actor: Actor, obj: Any, now: datetime) -> Decision:
    """Every verified person may read an adopted edition."""
    return ALLOWED


def register() -> None:
    """Called once by the app's ``ready``."""
    changes.register(*SOURCES)
    registry.register(registry.GovernedObject(EditionDraft, may_view_draft, str, DRAFTS))
    registry.register(registry.GovernedObject(Edition, everybody, str))
    registry.register(registry.GovernedObject(EditionBlock, everybody, str))
    registry.register(registry.GovernedObject(EditionFile, everybody, str))
    registry.say(
        {
            EditionDraft: history_words.DRAFT,
            Edition: history_words.EDITION,
            EditionBlock: history_words.BLOCK,
            EditionFile: history_words.FILE,
        }
    )
    navigation.register(
        navigation.Entry("protocol", _("Protocol"), "protocol", order=10, main=True),
        navigation.Entry("protocol", _("Compare editions"), "protocol-compare-choose", order=20),
        navigation.Entry("protocol", _("Editions and drafts"), "protocol-editions", order=25),
    )
    practice.register(*NOTES)
    handover.register(hand_over.parts)
    due.register(jobs=deadlines.JOBS)
