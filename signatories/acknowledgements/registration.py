"""What acknowledgements plug into the machinery."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.access import navigation
from intranet.clock import due, pulse
from intranet.workflow import registry

from ..policy import KEEPERS, OVERSEERS
from . import deadlines, policy
from .machine import ACKNOWLEDGEMENT
from .models import TextAcknowledgement


def register() -> None:
    """Called once by the app's ``ready``."""
    registry.register(registry.GovernedObject(TextAcknowledgement, policy.may_see, str, ACKNOWLEDGEMENT))
    registry.say({TextAcknowledgement: registry.Said(related=("person", "edition"))})
    pulse.register(deadlines.counts)
    due.register(due=deadlines.due_from, jobs=(due.Job("acknowledgements", "practice", deadlines.remind),))
    navigation.register(
        navigation.Entry("protocol", _("Read and understood"), "acknowledge-text", order=70),
        navigation.Entry(
            "network", _("Read and understood: rates"), "acknowledgement-rates", KEEPERS | OVERSEERS, order=72
        ),
    )
