"""The one login path, for the site, the Wagtail admin and Django's admin; signing out; choosing a capacity."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from django_otp.models import Device
from two_factor.utils import default_device
from two_factor.views import LoginView

from intranet.clock import now

from .. import attempts, editors, session
from ..devices import BackupDevice
from ..forms import BackupCodeForm, CodeForm, SignInForm
from ..gate import is_verified
from ..http import Request
from ..models import User
from ..policy import Stage, screen
from ..session_store import SessionStore


def safe_next(request: HttpRequest, fallback: str) -> str:
    """Where to go afterwards: ``next`` when it is a path of ours, else ``fallback`` (a path or URL name)."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if not wanted.startswith("/"):  # a bare word is no path, and to look for a page of that name would fail
        return fallback
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return fallback


class SignInView(LoginView):
    """Password, then a code or a backup code. A session begins only after the code (or for enrolment)."""

    template_name = "two_factor/core/login.html"
    form_list = (
        (LoginView.AUTH_STEP, SignInForm),
        (LoginView.TOKEN_STEP, CodeForm),
        (LoginView.BACKUP_STEP, BackupCodeForm),
    )

    def get_device(self, step: str | None = None) -> Device | None:
        """Never what the request names: the authenticator, or the backup codes on their own step."""
        user = self.get_user()
        if (step or self.steps.current) == self.BACKUP_STEP:
            return BackupDevice.objects.devices_for_user(user, confirmed=True).first()
        return default_device(user)

    def get_context_data(self, form: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(form, **kwargs)
        user = self.get_user()
        codes = BackupDevice.objects.devices_for_user(user).first() if user else None
        context.update(
            backup_tokens=codes.left() if codes else 0, next=safe_next(self.request, ""), server_time=now()
        )
        return context

    def done(self, form_list: Any, **kwargs: Any) -> HttpResponse:
        """Signed in; with an accepted code this counts as confirmed (D11)."""
        before = self.get_user().last_login
        response: HttpResponse = super().done(form_list, **kwargs)
        at, user = now(), self.get_user()
        session.begin(self.request, at, before)
        SessionStore.clear_expired()
        device = getattr(user, "otp_device", None)
        if device is not None:
            session.mark_verified(self.request, at)
            editors.synchronize(user, at)
            how = "backup code" if isinstance(device, BackupDevice) else "code"
            attempts.signed_in(self.request, session.actor_of(self.request), at, how)
        return response


sign_in = screen(_("Sign in"), (), "D10", Stage.OPEN)(SignInView.as_view())


@require_POST
@screen(_("Sign out"), (), "D10", Stage.OPEN)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session. Only by POST: a link in a mail cannot sign anybody out."""
    if isinstance(request.user, User) and is_verified(request):
        attempts.noted(session.actor_of(request), now(), "access.sign_out")
    logout(request)
    return redirect("two_factor:login")


@require_http_methods(["GET", "POST"])
@screen(_("Choose the capacity to act in"), rule="D9", superuser=True, any_capacity=True)
def choose_capacity(request: Request) -> HttpResponse:
    """One person acts in one capacity at a time."""
    held = session.held_capacities(request)
    problem = ""
    if request.method == "POST":
        if session.choose_capacity(request, request.POST.get("capacity", "")):
            at = now()
            editors.synchronize(request.user, at)
            attempts.noted(session.actor_of(request), at, "access.capacity")
            return redirect(safe_next(request, "home"))
        problem = str(_("Capacity: choose one that you hold now."))
    return render(
        request,
        "access/capacity.html",
        {
            "held": held,
            "chosen": session.chosen_capacity(request),
            "problem": problem,
            "next": safe_next(request, ""),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@screen(_("Sign-in pages of the libraries: sent to the one login"), (), "D10", Stage.OPEN)
def shadow(request: HttpRequest) -> HttpResponse:
    """In the place of every other login or password page: to the one login, whatever was posted (A1, A2)."""
    if is_verified(request):
        return redirect(safe_next(request, "two_factor:profile"))
    return redirect_to_login(safe_next(request, reverse("home")), reverse("two_factor:login"))
