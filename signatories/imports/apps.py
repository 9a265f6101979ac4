from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Import of the past and of the network from a workbook (D18)."""

    name = "signatories.imports"
    label = "imports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register_all()
