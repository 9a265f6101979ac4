from django.apps import AppConfig


class DataRequestsConfig(AppConfig):
    """Requests for consolidated data and the consent ladder (§7B)."""

    name = "forms_app.data_requests"
    label = "data_requests"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register()
