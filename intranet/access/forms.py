"""Forms of the doors: password, code, backup code, first enrolment, new password."""

from __future__ import annotations

import time
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device
from two_factor.forms import AuthenticationTokenForm, TOTPDeviceForm

from intranet.clock import now
from intranet.forms.base import Manners

from . import attempts
from .devices import DIGITS, TOLERANCE, Authenticator, derived_secrets, generator
from .models import User

CODE_ATTRIBUTES = {"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}


class SignInForm(Manners, AuthenticationForm):
    """E-mail and password. The answer is the same for a wrong password and an unknown address."""

    error_messages = {
        "invalid_login": _("E-mail or password is not right. Check both and try again."),
        "inactive": _("E-mail or password is not right. Check both and try again."),
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].widget = forms.EmailInput(
            attrs={"autocomplete": "username", "dir": "ltr", "maxlength": 254}
        )
        self.fields["username"].label = _("E-mail")

    def confirm_login_allowed(self, user: Any) -> None:
        """A leaver's hour has come: the same answer as for a wrong password."""
        super().confirm_login_allowed(user)
        if not user.is_open(now()):
            raise self.get_invalid_login_error()


class CodeForm(Manners, AuthenticationTokenForm):
    """A code of the authenticator app, checked with the device's row locked (no replay in a race)."""

    otp_token = forms.RegexField(
        label=_("Code from your authenticator app"),
        regex=rf"^\s*[0-9]{{3}}\s?[0-9]{{{DIGITS - 3}}}\s*$",
        error_messages={"invalid": _("Code: write the 6 digits that your authenticator app shows now.")},
        widget=forms.TextInput(attrs=CODE_ATTRIBUTES),
    )
    otp_error_messages = {
        **AuthenticationTokenForm.otp_error_messages,
        "invalid_token": _(
            "This code is not right, or was used already. Wait for the next one and try again."
        ),
        "n_failed_attempts": _("Too many wrong codes: wait a moment, then try again."),
    }

    def __init__(self, user: User, initial_device: Device, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(user=user, initial_device=initial_device, **kwargs)
        self.request = request

    def clean_otp_token(self) -> str:
        return "".join(str(self.cleaned_data["otp_token"]).split())

    def clean(self) -> dict[str, Any]:
        if not AxesProxyHandler.is_allowed(self.request, {"username": self.user.email}):
            self.request.axes_locked_out = True  # type: ignore[attr-defined]
            raise forms.ValidationError(_("Too many failed attempts: wait half an hour, then try again."))
        if not self.cleaned_data.get("otp_token"):
            return dict(self.cleaned_data)
        try:
            self.clean_otp(self.user)
        except forms.ValidationError:
            attempts.wrong_code(self.request, self.user)
            raise
        return dict(self.cleaned_data)

    def _chosen_device(self, user: User) -> Device | None:
        device = self.initial_device
        if device is None:
            return None
        locked = type(device)._default_manager.select_for_update().filter(pk=device.pk, user_id=user.pk)
        found: Device | None = locked.first()
        return found


class BackupCodeForm(CodeForm):
    """One of the printed backup codes; each works once."""

    otp_token = forms.CharField(  # type: ignore[assignment]
        label=_("Backup code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "spellcheck": "false"}),
    )
    otp_error_messages = {
        **CodeForm.otp_error_messages,
        "invalid_token": _("This backup code is not right, or was used already."),
        "device_required": _("This account has no backup codes."),
    }


class AuthenticatorForm(Manners, TOTPDeviceForm):
    """First code of a new authenticator app. ``key`` is the salt that the secret is derived from."""

    key: str = ""  # type: ignore[assignment]
    token = forms.RegexField(
        label=_("Code that the app shows now"),
        regex=rf"^\s*[0-9]{{3}}\s?[0-9]{{{DIGITS - 3}}}\s*$",
        error_messages={"invalid": _("Code: write the 6 digits that your authenticator app shows now.")},
        widget=forms.TextInput(attrs=CODE_ATTRIBUTES),
    )

    def __init__(self, key: str, user: User, metadata: Any = None, **kwargs: Any) -> None:
        super().__init__(key=key, user=user, metadata=metadata, **kwargs)
        self.last_step = -1

    def clean_token(self) -> str:
        token = "".join(str(self.cleaned_data["token"]).split())
        totp = generator(next(derived_secrets(self.key)), time.time())
        if not totp.verify(int(token), TOLERANCE):
            raise forms.ValidationError(_("This code is not right. Wait for the next one and try again."))
        self.drift, self.last_step = totp.drift, totp.t()
        return token

    def device(self) -> Authenticator:
        """The new device, not saved; the code just used cannot be used again (A11)."""
        return Authenticator(
            user=self.user, name="default", salt=self.key, drift=self.drift, last_step=self.last_step
        )


class NewPasswordForm(Manners, forms.Form):
    """A password of one's own, typed twice."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least 12 characters. A few words that belong together only for you are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )
    again = forms.CharField(
        label=_("New password, once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "password" in data and data.get("again") != data["password"]:
            self.add_error("again", _("New password, once more: it differs from the first one."))
        return data


class ChangePasswordForm(NewPasswordForm):
    """The present password first."""

    present = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "dir": "ltr"}),
    )
    field_order = ("present", "password", "again")

    def clean_present(self) -> str:
        present = str(self.cleaned_data["present"])
        if not self.user.check_password(present):
            raise forms.ValidationError(_("Present password: it is not right."))
        return present
