"""What the annual review plugs into the machinery below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.access.navigation import Entry
from intranet.access.navigation import register as register_navigation
from intranet.clock import due, pulse
from intranet.workflow import registry
from intranet.workflow.registry import GovernedObject
from protocol_pages.editions.review import register_source

from . import deadlines, history_words, jobs, machine, policy, selectors
from .models import ReviewAnswer, ReviewComment, ReviewCycle, ReviewDecision


def register_all() -> None:
    """Called once by the app's ``ready``."""
    registry.register(GovernedObject(ReviewCycle, policy.everybody, str, machine.CYCLES))
    registry.register(GovernedObject(ReviewDecision, policy.everybody, str))
    registry.register(GovernedObject(ReviewAnswer, policy.may_view, str, machine.ANSWERS))
    registry.register(GovernedObject(ReviewComment, policy.may_view, str, machine.COMMENTS))
    registry.say(history_words.SAID)
    register_navigation(Entry("protocol", _("Annual review"), "reviews", order=50))
    register_source(selectors.recorded)
    pulse.register(deadlines.counts)
    due.register(due=deadlines.due, jobs=jobs.JOBS)
