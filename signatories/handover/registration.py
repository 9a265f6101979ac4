"""What this app plugs into the floors below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.access import navigation
from intranet.clock import handover
from intranet.papers import kinds
from intranet.workflow import registry
from intranet.workflow.registry import GovernedObject

from . import history_words, machine, papers, policy, state
from .models import HandOver


def register() -> None:
    """Called once by the app's ``ready``."""
    registry.register(GovernedObject(HandOver, policy.may_view, str, machine.HANDOVER))
    registry.say(history_words.SAID)
    kinds.register(kinds.PaperKind(papers.KIND, "HO", _("Hand-over")))
    handover.register(state.parts)
    navigation.register(
        navigation.Entry("network", _("Hand-over"), "hand-over", policy.NETWORK_READERS, order=95)
    )
