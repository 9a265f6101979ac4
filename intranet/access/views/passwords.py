"""Invitation, forgotten password, changed password."""

from __future__ import annotations

from django import forms
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from intranet.clock import now
from intranet.forms.base import Manners
from intranet.workflow.runner import Refused

from .. import accounts, attempts, invitations, passwords, session
from ..forms import ChangePasswordForm, NewPasswordForm
from ..http import Request
from ..policy import Stage, screen
from ..step_up import fresh_code

BACKEND = "django.contrib.auth.backends.ModelBackend"


class ForgottenForm(Manners, forms.Form):
    """The address of the account."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "dir": "ltr"}),
    )


def _not_valid(request: HttpRequest) -> HttpResponse:
    return render(request, "access/link_not_valid.html", status=404)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@screen(_("Use an invitation"), (), "D10", Stage.OPEN)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """GET changes nothing, so a mail scanner cannot use the link up. POST sets the password."""
    at = now()
    found = invitations.find(token)
    if found is None or not invitations.is_usable(found, at):
        return _not_valid(request)
    form = NewPasswordForm(found.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = accounts.accept(found, form.cleaned_data["password"], at)
        except Refused:
            return _not_valid(request)
        logout(request)
        login(request, user, BACKEND)
        session.begin(request, at)
        return redirect("two_factor:setup")
    return render(request, "access/invitation.html", {"form": form, "account": found.user})


@require_http_methods(["GET", "HEAD", "POST"])
@screen(_("Password forgotten"), (), "D10", Stage.OPEN)
def forgotten(request: HttpRequest) -> HttpResponse:
    """The same page whether the account exists or not."""
    form = ForgottenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        passwords.ask_for_reset(form.cleaned_data["email"], now())
        return render(request, "access/password_asked.html")
    return render(request, "access/password_forgotten.html", {"form": form})


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@screen(_("Choose a new password from a mail"), (), "D10", Stage.OPEN)
def reset(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Neither signs in nor touches the second factor (A6); GET changes nothing."""
    at = now()
    user = passwords.account_of(uid, token, at)
    if user is None:
        return _not_valid(request)
    form = NewPasswordForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actor = attempts.account_actor(user)
        passwords.set_password(user, form.cleaned_data["password"], at, actor, "access.password_reset")
        return render(request, "access/password_done.html")
    return render(request, "access/password_new.html", {"form": form, "account": user})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@screen(_("Change your password"), rule="D11", superuser=True, any_capacity=True)
@fresh_code
def change(request: Request) -> HttpResponse:
    """With the present password and a fresh code; this session goes on under a new key."""
    form = ChangePasswordForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = request.user
        passwords.set_password(
            user, form.cleaned_data["password"], now(), request.actor, "access.password_changed"
        )
        update_session_auth_hash(request, user)
        return redirect("two_factor:profile")
    return render(request, "access/password_change.html", {"form": form})
