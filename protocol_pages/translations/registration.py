"""What reviewers' texts plug into the machinery and into the reader."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.access import navigation
from intranet.clock import due, pulse
from intranet.workflow import registry
from protocol_pages.editions import beside

from . import deadlines, history_words, policy, selectors
from .machine import TEXTS
from .models import ReviewedBlock, ReviewedText


def register() -> None:
    """Called once by the app's ``ready``."""
    registry.register(registry.GovernedObject(ReviewedText, policy.may_see, str, TEXTS))
    registry.register(registry.GovernedObject(ReviewedBlock, policy.may_see_block, str))
    registry.say(history_words.SAID)
    beside.register(selectors.languages, selectors.beside)
    pulse.register(deadlines.counts)
    due.register(due=deadlines.due_from)
    navigation.register(
        navigation.Entry(
            "protocol", _("Texts in other languages"), "reviewed-texts", policy.READERS, order=30
        )
    )
