"""What this slice plugs into the floors below: the guard (D33), the keeper, papers, Home, navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from forms_app.common import parties, release_guards
from intranet.access import navigation
from intranet.access.navigation import Entry
from intranet.clock import due, pulse
from intranet.workflow import registry
from intranet.workflow.registry import GovernedObject

from . import due_rows, history_words, keeping, papers, policy
from .machine import SUSPENSIONS
from .models import PartyName, PartySuspension, Word


def register_all() -> None:
    """Called once by the app's ``ready``."""
    registry.register(GovernedObject(PartySuspension, policy.may_view, str, SUSPENSIONS))
    registry.register(GovernedObject(Word, policy.may_view_part, str))
    registry.register(GovernedObject(PartyName, policy.may_view_part, str))
    registry.say(history_words.SAID)
    papers.register()
    parties.register_keeper(keeping.PartyKeeper())
    release_guards.register(keeping.GUARD)
    pulse.register(due_rows.counts)
    due.register(due=due_rows.due, waiting=due_rows.waiting)
    navigation.register(Entry("requests", _("Receiving parties"), "parties", policy.READERS, 35))
