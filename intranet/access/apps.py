from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Accounts, capacities, policies and the gate: doors closed by default."""

    name = "intranet.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import attempts, libraries, methods

        attempts.connect()
        libraries.register()
        methods.register()
