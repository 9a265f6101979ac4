from django.apps import AppConfig


class MonthlyReportsConfig(AppConfig):
    """The monthly report of a signatory (§6)."""

    name = "forms_app.monthly_reports"
    label = "monthly_reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register_all()
