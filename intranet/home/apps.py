from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The ledger of what is due from me, and the wiring on top."""

    name = "intranet.home"
    label = "home"
    default_auto_field = "django.db.models.BigAutoField"
