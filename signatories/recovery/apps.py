from django.apps import AppConfig


class RecoveryConfig(AppConfig):
    """A lost phone with lost codes: one person vouches, another confirms."""

    name = "signatories.recovery"
    label = "recovery"
    verbose_name = "Lost phones"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register()
