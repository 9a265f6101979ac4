from django.apps import AppConfig


class LetterTemplatesConfig(AppConfig):
    """The office's own Word templates of the letters."""

    name = "forms_app.common.letter_templates"
    label = "letter_templates"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register_all()
