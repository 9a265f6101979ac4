from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Private files: stored once, hashed, given out only under the policy of what they belong to."""

    name = "intranet.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from intranet.workflow import registry

        from .models import StoredFile

        registry.register_name(StoredFile, lambda stored: stored.name)
