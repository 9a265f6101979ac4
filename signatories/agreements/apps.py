from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Agreements between implementing partners and UN agencies (§4.b, §5)."""

    name = "signatories.agreements"
    label = "agreements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register_all()
