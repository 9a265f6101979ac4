from django.apps import AppConfig


class RehearsalConfig(AppConfig):
    """An invented network played through the real services on a moving clock (D41). Never in production."""

    name = "intranet.rehearsal"
    label = "rehearsal"
