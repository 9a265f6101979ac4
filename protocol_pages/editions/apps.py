from django.apps import AppConfig


class EditionsConfig(AppConfig):
    """The governed text: blocks, frozen editions, the reader."""

    name = "protocol_pages.editions"
    label = "editions"
    verbose_name = "Editions of the protocol"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register()
