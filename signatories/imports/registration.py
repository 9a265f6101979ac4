"""What imports plug into the machinery: governed object and navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.access import navigation
from intranet.access.roles import COORDINATION
from intranet.workflow import registry

from . import history_words, machine, policy
from .models import ImportRun


def register_all() -> None:
    """Called once by the app's ``ready``."""
    registry.register(registry.GovernedObject(ImportRun, policy.may_see, str, machine.IMPORTS))
    registry.say({ImportRun: history_words.IMPORT})
    navigation.register(navigation.Entry("network", _("Import"), "imports", COORDINATION, order=85))
