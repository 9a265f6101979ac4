from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Written notices: the outbox row is the record, the mail is its delivery."""

    name = "intranet.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from intranet.workflow import registry

        from . import machine, policy
        from .models import ToldOtherwise

        registry.register(registry.GovernedObject(ToldOtherwise, policy.may_view, str, machine.TOLD))
