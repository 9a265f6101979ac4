"""What this app tells the machinery below: governed objects, navigation, jobs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.access.navigation import Entry
from intranet.access.navigation import register as register_navigation
from intranet.clock import due
from intranet.workflow import registry
from intranet.workflow.registry import GovernedObject
from signatories.policy import OVERSEERS

from . import history_words, jobs, machine, policy
from .models import EndorsementInvitation, InvitationRound


def register_all() -> None:
    """Called once by the app's ``ready``. Home's rows come with the floor's other open things."""
    registry.register(GovernedObject(InvitationRound, policy.may_view, str, machine.ROUNDS))
    registry.register(GovernedObject(EndorsementInvitation, policy.may_view, str))
    registry.say(history_words.SAID)
    register_navigation(
        Entry("protocol", _("Invitations to endorse"), "invitation-rounds", OVERSEERS, order=45)
    )
    due.register(jobs=jobs.JOBS)
