from django.apps import AppConfig


class PresenceConfig(AppConfig):
    """Every quarter one question to everybody with an account: is this still you?"""

    name = "signatories.presence"
    label = "presence"
    verbose_name = "Is this still you?"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register()
