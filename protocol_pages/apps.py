from django.apps import AppConfig


class ProtocolPagesConfig(AppConfig):
    """The published site: Wagtail pages around the governed text."""

    name = "protocol_pages"
    label = "protocol_pages"
    verbose_name = "Published pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register()
