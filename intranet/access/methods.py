"""The one second-factor method that django-two-factor-auth offers here: our authenticator app."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from two_factor.plugins.registry import GeneratorMethod, registry

from .devices import Authenticator


class AuthenticatorMethod(GeneratorMethod):
    """Takes the place of the shipped generator, whose device keeps its secret in clear (A10)."""

    verbose_name = _("Authenticator app")

    def get_devices(self, user: Any) -> Any:
        return Authenticator.objects.devices_for_user(user, confirmed=True)

    def recognize_device(self, device: Any) -> bool:
        return isinstance(device, Authenticator)

    def get_setup_forms(self, *args: Any) -> dict[str, Any]:
        from .forms import AuthenticatorForm

        return {"generator": AuthenticatorForm}

    def get_token_form_class(self) -> Any:
        from .forms import CodeForm

        return CodeForm

    def get_action(self, device: Any) -> Any:
        return _("Enter the code of your authenticator app")

    get_verbose_action = get_action


def register() -> None:
    """Called once by the app's ``ready``."""
    registry.unregister("generator")
    registry.register(AuthenticatorMethod())
