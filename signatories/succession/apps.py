from django.apps import AppConfig


class SuccessionConfig(AppConfig):
    """Succession of the signer: the Head of Agency's letter, verified by two persons (§9.i, footnote 5)."""

    name = "signatories.succession"
    label = "succession"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register_all()
