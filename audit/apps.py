from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """The lowest floor: who acted, what changed, and the evidence for it."""

    name = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import history, protection

        history.connect()
        post_migrate.connect(protection.protect_after_migrate, dispatch_uid="audit.protection")
