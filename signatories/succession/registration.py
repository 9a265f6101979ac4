"""What this app tells the machinery below: governed objects and jobs."""

from __future__ import annotations

from intranet.clock import due
from intranet.papers import kinds
from intranet.workflow import registry
from intranet.workflow.registry import GovernedObject

from . import history_words, jobs, machine, papers, policy
from .models import IdentityCheck, Succession, SuccessionLetter, SuccessionObjection


def register_all() -> None:
    """Called once by the app's ``ready``. Home's rows come with the floor's other open things."""
    registry.register(GovernedObject(Succession, policy.may_view, str, machine.SUCCESSIONS))
    for part in (SuccessionLetter, IdentityCheck, SuccessionObjection):
        registry.register(GovernedObject(part, policy.may_see_part, str))
    registry.say(history_words.SAID)
    due.register(jobs=jobs.JOBS)
    kinds.register(papers.KIND)
