from django.apps import AppConfig


class ClockConfig(AppConfig):
    """Business calendar, deadlines and jobs."""

    name = "intranet.clock"
    label = "clock"
    default_auto_field = "django.db.models.BigAutoField"
