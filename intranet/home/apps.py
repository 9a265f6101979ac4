from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The ledger of what is due from me, and the wiring on top."""

    name = "intranet.home"
    label = "home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from intranet.access import navigation
        from intranet.clock import due, handover, pulse
        from intranet.workflow.event_log import CHAIN

        from . import docs, hand_over, living, machine_room, stops_docs

        docs.register(docs.roles)
        docs.register(docs.diagrams)
        docs.register(living.page)
        docs.register_part("stops", "effects matrix", stops_docs.matrix)

        navigation.register(navigation.Entry("home", _("Home"), "home", main=True, order=1))
        handover.register(hand_over.parts)
        pulse.register(machine_room.counts)
        due.register(jobs=[due.Job(CHAIN, "D15", machine_room.check_chain)])
