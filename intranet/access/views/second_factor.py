"""The second factor: first enrolment, a new device, backup codes, the fresh code before grave acts (D11)."""

from __future__ import annotations

from base64 import b32encode
from typing import Any

import segno
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from django_otp import login as otp_login
from two_factor.forms import MethodForm
from two_factor.utils import default_device, get_otpauth_url
from two_factor.views import SetupView
from two_factor.views.utils import IdempotentSessionWizardView

from intranet.clock import now
from intranet.network.models import NetworkSettings

from .. import attempts, editors, second_factor, session
from ..devices import Authenticator, BackupDevice, derived_secrets
from ..forms import AuthenticatorForm, BackupCodeForm, CodeForm
from ..gate import is_verified
from ..http import Request
from ..models import User
from ..policy import Stage, screen
from ..step_up import fresh_code, is_fresh, to_confirm
from .sign_in import safe_next


@method_decorator(never_cache, name="dispatch")
class EnrolView(SetupView):
    """Set up an authenticator app: the first one from an invitation, a new one with a fresh code."""

    template_name = "two_factor/core/setup.html"
    form_list = (("method", MethodForm),)  # left out while there is one method; the library adds its form

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The gate says the same; here it holds for every method, also without the gate (A4)."""
        user = request.user
        if not isinstance(user, User):
            raise PermissionDenied
        if default_device(user) is None:
            if not user.may_enrol(now()):
                raise PermissionDenied(_("Ask the PSEA Coordinator for a new invitation."))
        elif not is_verified(request):
            raise PermissionDenied(_("Sign in with your second factor first."))
        elif not is_fresh(request):
            return to_confirm(request)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return IdempotentSessionWizardView.get(self, request, *args, **kwargs)

    def get_context_data(self, form: Any, **kwargs: Any) -> dict[str, Any]:
        """``secret`` in groups of four for typing, ``qr`` as an SVG image in the page; neither is stored."""
        context: dict[str, Any] = IdempotentSessionWizardView.get_context_data(self, form, **kwargs)
        secret = b32encode(next(derived_secrets(self.get_key("generator")))).decode()
        issuer = f"PSEA {NetworkSettings.current().country}"
        address = get_otpauth_url(self.request.user.email, secret, issuer)
        context.update(
            secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
            qr=segno.make(address, error="m").svg_data_uri(scale=5, border=3, light="#fff"),
            first=default_device(self.request.user) is None,
            server_time=now(),
        )
        return context

    def done(self, form_list: Any, **kwargs: Any) -> HttpResponse:
        """The device is saved, every other session ends, ten backup codes are shown this once."""
        request, at = self.request, now()
        user = request.user
        form = next(form for form in form_list if isinstance(form, AuthenticatorForm))
        first = default_device(user) is None
        actor = attempts.account_actor(user) if first else session.actor_of(request)
        device, codes = second_factor.enrol(user, form.device(), at, actor)
        update_session_auth_hash(
            request, user
        )  # a new key for this session (A15), an end for the others (A7)
        otp_login(request, device)
        session.begin(request, at)
        session.mark_verified(request, at)
        request._held_capacities = None
        editors.synchronize(user, at)
        if first:
            attempts.signed_in(request, session.actor_of(request), at, "enrolment")
        return render(request, "two_factor/core/backup_tokens.html", {"codes": codes, "first": first})


enrol = screen(_("Set up an authenticator app"), rule="D11", stage=Stage.ENROLLING, superuser=True)(
    EnrolView.as_view()
)


@require_http_methods(["GET", "POST"])
@screen(_("Confirm with a code"), rule="D11", superuser=True, any_capacity=True)
def confirm(request: Request) -> HttpResponse:
    """Step-up: a code of the app, or a backup code. The session gets a new key (A15)."""
    backup = request.POST.get("with", request.GET.get("with")) == "backup"
    device: Any = default_device(request.user)
    form_class: type[CodeForm] = CodeForm
    if backup:
        device = BackupDevice.objects.devices_for_user(request.user, confirmed=True).first()
        form_class = BackupCodeForm
    posted = request.POST if request.method == "POST" else None
    form = form_class(request.user, device, request, data=posted)
    if request.method == "POST" and form.is_valid():
        at = now()
        request.session.cycle_key()
        session.mark_verified(request, at)
        attempts.noted(session.actor_of(request), at, "access.step_up")
        return redirect(safe_next(request, "home"))
    context = {"form": form, "backup": backup, "next": safe_next(request, ""), "server_time": now()}
    return render(request, "access/confirm.html", context)


@require_GET
@screen(_("Your account and second factor"), rule="D11", superuser=True, any_capacity=True)
def profile(request: Request) -> HttpResponse:
    """What protects the account, and what can be changed."""
    codes = BackupDevice.objects.devices_for_user(request.user, confirmed=True).first()
    return render(
        request,
        "two_factor/profile/profile.html",
        {
            "device": Authenticator.objects.devices_for_user(request.user, confirmed=True).first(),
            "codes_left": codes.left() if codes else 0,
            "may_disable": second_factor.may_disable(request.user, now()).allowed,
            "signed_in_at": session.began_at(request),
            "ended": request.GET.get("ended") == "1",
        },
    )


@require_http_methods(["GET", "POST"])
@screen(_("New backup codes"), rule="D11", superuser=True, any_capacity=True)
@fresh_code
def backup_codes(request: Request) -> HttpResponse:
    """GET asks; POST makes ten new codes and shows them once. Never a list of codes in force."""
    if request.method == "GET":
        return render(request, "two_factor/core/backup_tokens.html", {"codes": [], "first": False})
    codes = second_factor.renew_codes(request.user, now(), request.actor)
    return render(request, "two_factor/core/backup_tokens.html", {"codes": codes, "first": False})


@require_http_methods(["GET", "POST"])
@screen(_("Remove the second factor, to set up another"), rule="D11", superuser=True, any_capacity=True)
@fresh_code
def disable(request: Request) -> HttpResponse:
    """Everybody but Coordinator, office and technical staff; a new one must be set up at once."""
    at = now()
    decision = second_factor.may_disable(request.user, at)
    if not decision.allowed:
        raise PermissionDenied(decision.reason)
    if request.method == "GET":
        return render(request, "two_factor/profile/disable.html")
    second_factor.disable(request.user, at, request.actor)
    return redirect(resolve_url("two_factor:login"))
