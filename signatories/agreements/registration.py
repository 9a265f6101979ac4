"""What agreements plug into the machinery: governed object, navigation, Home rows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.access import navigation
from intranet.clock import due, pulse
from intranet.workflow import registry

from . import history_words, home_rows, machine, policy
from .models import PartnerAgreement


def register_all() -> None:
    """Called once by the app's ``ready``."""
    registry.register(registry.GovernedObject(PartnerAgreement, policy.may_see, str, machine.AGREEMENTS))
    registry.say({PartnerAgreement: history_words.AGREEMENT})
    navigation.register(
        navigation.Entry("network", _("Partner agreements"), "agreements", policy.READERS, order=30)
    )
    pulse.register(home_rows.counts)
    due.register(due=home_rows.due)
