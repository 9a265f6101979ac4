"""What this app plugs into the floors below."""

from __future__ import annotations

from intranet.access import inviters
from intranet.clock import due, pulse
from intranet.workflow import registry
from intranet.workflow.registry import GovernedObject

from . import deadlines, history_words, machine, policy, services
from .models import Recovery


def register() -> None:
    """Called once by the app's ``ready``."""
    registry.register(
        GovernedObject(Recovery, policy.may_view, lambda obj: str(obj.person), machine.RECOVERY)
    )
    registry.say(history_words.SAID)
    inviters.register(recoverer=policy.stands, used=services.link_used, closed=services.account_closed)
    pulse.register(deadlines.counts)
    due.register(
        due=deadlines.due,
        waiting=deadlines.waiting,
        jobs=[due.Job("recovery.expire", "D11", deadlines.note_the_end)],
    )
