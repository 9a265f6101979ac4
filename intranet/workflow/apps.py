from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    """Transition tables and the one runner that writes a status."""

    name = "intranet.workflow"
    label = "workflow"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from intranet.access import navigation

        from . import access_log, event_log

        navigation.register(
            navigation.Entry("oversight", _("Event log"), "events", event_log.READERS, order=1, main=True),
            navigation.Entry(
                "oversight", _("Who saw which figure"), "access-log", access_log.READERS, order=10
            ),
            navigation.Entry(
                "reporting", _("Who saw our figures"), "own-access", access_log.OWN_READERS, order=70
            ),
        )
