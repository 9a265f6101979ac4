from django.apps import AppConfig


class TranslationsConfig(AppConfig):
    """Reviewers' texts of the protocol in other languages, block by block beside the English (D4)."""

    name = "protocol_pages.translations"
    label = "translations"
    verbose_name = "Reviewers' texts in other languages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register()
