from django.apps import AppConfig


class HandoverConfig(AppConfig):
    """Hand-over: the state of play of the network, and the papers that leavers leave behind."""

    name = "signatories.handover"
    label = "handover"
    verbose_name = "Hand-over"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register()
