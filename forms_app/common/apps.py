from django.apps import AppConfig


class CommonConfig(AppConfig):
    """What the form slices share: figures, release guards, letters."""

    name = "forms_app.common"
    label = "forms_common"
    default_auto_field = "django.db.models.BigAutoField"
