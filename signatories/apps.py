from django.apps import AppConfig


class SignatoriesConfig(AppConfig):
    """Organizations, people and posts, signing authority, the participation ledger."""

    name = "signatories"
    label = "signatories"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register_all()
