from django.apps import AppConfig


class ProtocolPagesConfig(AppConfig):
    """Wagtail pages: the protocol, guidance, resources, news, reporting channels."""

    name = "protocol_pages"
    label = "protocol_pages"
    default_auto_field = "django.db.models.BigAutoField"
