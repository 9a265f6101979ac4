from django.apps import AppConfig


class OwnDataConfig(AppConfig):
    """A member's own statistics with the caveat of §7A."""

    name = "forms_app.own_data"
    label = "own_data"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register_all()
