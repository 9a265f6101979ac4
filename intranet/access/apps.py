from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    """Accounts, capacities, policies and the gate: doors closed by default."""

    name = "intranet.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import attempts, invitations, libraries, links, methods, navigation
        from .roles import COORDINATION

        attempts.connect()
        invitations.register()
        links.register()
        libraries.register()
        methods.register()
        navigation.register(
            navigation.Entry("network", _("Accounts"), "access:accounts", COORDINATION, order=90)
        )
