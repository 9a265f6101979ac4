from django.apps import AppConfig


class CascadeConfig(AppConfig):
    """How focal points shared the standards inside their organizations (§4.h)."""

    name = "signatories.cascade"
    label = "cascade"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register_all()
