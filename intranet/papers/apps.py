from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Papers that people keep: Word and PDF from the same facts, numbered, stored, comparable."""

    name = "intranet.papers"
    label = "papers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from intranet.workflow import registry

        from . import history_words
        from .models import IssuedPaper
        from .policy import may_view

        registry.register(registry.GovernedObject(IssuedPaper, may_view, str))
        registry.say({IssuedPaper: history_words.PAPER})
