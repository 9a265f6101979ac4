from datetime import datetime
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _

from audit.actors import Actor


class NetworkConfig(AppConfig):
    """What is a setting of the network (D42): dated, logged, with who changed it."""

    name = "intranet.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from intranet.access import navigation
        from intranet.access.roles import COORDINATION, OFFICE_AND_ASSISTANTS, Capacity
        from intranet.workflow import registry
        from intranet.workflow.machine import Decision

        from . import history_words
        from .models import NetworkSettings
        from .once import forget

        readers = COORDINATION | OFFICE_AND_ASSISTANTS | {Capacity.AUDITOR}

        def may_view(actor: Actor, obj: Any, now: datetime) -> Decision:
            return Decision(actor.capacity in readers, _("Settings are for coordination, office and audit."))

        registry.register(registry.GovernedObject(NetworkSettings, may_view, str))
        registry.say({NetworkSettings: history_words.SETTINGS})
        navigation.register(
            navigation.Entry("network", _("Settings"), "settings", frozenset(COORDINATION), order=90)
        )
        post_save.connect(forget, sender=NetworkSettings, dispatch_uid="once.NetworkSettings")
