from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    """Transition tables and the one runner that writes a status."""

    name = "intranet.workflow"
    label = "workflow"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from intranet.access import navigation

        from .event_log import READERS

        navigation.register(
            navigation.Entry("oversight", _("Event log"), "events", READERS, order=1, main=True)
        )
