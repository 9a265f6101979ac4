from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Training returns: sessions with attendance by audience, yearly compliance. Counts, never names."""

    name = "forms_app.training"
    label = "training"
    verbose_name = "Training returns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register()
