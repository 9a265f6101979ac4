"""What this app plugs into the floors below."""

from __future__ import annotations

from intranet.clock import due, pulse
from intranet.workflow import registry
from intranet.workflow.registry import GovernedObject

from . import deadlines, history_words, machine, policy
from .models import PresenceAnswer


def register() -> None:
    """Called once by the app's ``ready``."""
    registry.register(
        GovernedObject(PresenceAnswer, policy.may_view, lambda obj: str(obj.person), machine.PRESENCE)
    )
    registry.say(history_words.SAID)
    pulse.register(deadlines.counts)
    due.register(
        due=deadlines.due,
        jobs=[
            due.Job("presence.ask", "practice", deadlines.ask),
            due.Job("presence.flag", "practice", deadlines.flag),
        ],
    )
