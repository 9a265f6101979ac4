from django.apps import AppConfig


class StopsConfig(AppConfig):
    """The stops an organization may make, what each does, and the acknowledgement of a withdrawal."""

    name = "signatories.stops"
    label = "stops"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register_all()
