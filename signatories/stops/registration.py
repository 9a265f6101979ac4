"""What this slice tells the machinery: the governed acknowledgement, Home's rows, the reminder."""

from __future__ import annotations

from intranet.clock import due, pulse
from intranet.workflow import registry
from intranet.workflow.registry import GovernedObject

from . import deadlines, history_words, papers, policy
from .machine import ACKNOWLEDGEMENTS
from .models import Acknowledgement


def register_all() -> None:
    """Called once by the app's ``ready``."""
    registry.register(GovernedObject(Acknowledgement, policy.may_see, str, ACKNOWLEDGEMENTS))
    registry.say(history_words.SAID)
    papers.register()
    pulse.register(deadlines.counts)
    due.register(due=deadlines.due, waiting=deadlines.waiting, jobs=deadlines.JOBS)
