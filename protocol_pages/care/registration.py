"""What the care of pages plugs into the machinery."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intranet.access import navigation
from intranet.clock import due, pulse
from intranet.workflow import registry

from . import deadlines, policy
from .machine import CARE
from .models import PageCheck


def register() -> None:
    """Called once by the app's ``ready``."""
    registry.register(registry.GovernedObject(PageCheck, policy.may_see, str, CARE))
    registry.say({PageCheck: registry.Said(page=lambda check, actor: reverse("page-care"))})
    pulse.register(deadlines.counts)
    due.register(due=deadlines.due_from, jobs=deadlines.JOBS)
    navigation.register(
        navigation.Entry("network", _("Care of pages"), "page-care", policy.READERS, order=46)
    )
