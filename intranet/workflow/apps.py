from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """Transition tables and the one runner that writes a status."""

    name = "intranet.workflow"
    label = "workflow"
    default_auto_field = "django.db.models.BigAutoField"
