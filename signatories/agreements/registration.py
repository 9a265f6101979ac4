"""What agreements plug into the machinery: governed object, navigation, Home rows."""

from __future__ import annotations

from intranet.workflow import registry

from . import machine, policy
from .models import PartnerAgreement


def register_all() -> None:
    """Called once by the app's ``ready``."""
    registry.register(registry.GovernedObject(PartnerAgreement, policy.may_see, str, machine.AGREEMENTS))
