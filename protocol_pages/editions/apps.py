from django.apps import AppConfig


class EditionsConfig(AppConfig):
    """The governed text: frozen editions, their blocks and addresses."""

    name = "protocol_pages.editions"
    label = "editions"
    default_auto_field = "django.db.models.BigAutoField"
