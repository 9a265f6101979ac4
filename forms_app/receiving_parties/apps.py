from django.apps import AppConfig


class ReceivingPartiesConfig(AppConfig):
    """Suspension of a receiving party that did not comply with the caveat (§7A, §7B.7 C3)."""

    name = "forms_app.receiving_parties"
    label = "receiving_parties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register_all()
