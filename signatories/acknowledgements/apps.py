from django.apps import AppConfig


class AcknowledgementsConfig(AppConfig):
    """Read and understood: each account holder, on entry, reassignment, a new edition, and every year."""

    name = "signatories.acknowledgements"
    label = "acknowledgements"
    verbose_name = "Read and understood"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register()
