from django.apps import AppConfig


class CareConfig(AppConfig):
    """Pages stay correct: owners are asked, readers say what is wrong, addresses are tried."""

    name = "protocol_pages.care"
    label = "page_care"
    verbose_name = "Care of published pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register()
