from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """What is a setting of the network (D42): dated, logged, with who changed it."""

    name = "intranet.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"
