"""Verified by default: every URL needs password and second factor unless its policy says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django_otp import devices_for_user

from .policy import ScreenPolicy, Stage, may_open, policy_of
from .session import actor_of

STATIC_PREFIXES = (settings.STATIC_URL,)


class GateMiddleware:
    """Sets ``request.actor`` and closes every door that no policy opens (A1-A7 of the threat list)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = None  # type: ignore[attr-defined]
        response = self.get_response(request)
        if not request.path.startswith(STATIC_PREFIXES) and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        policy = policy_of(view, match.namespaces if match else ())
        if policy is not None and policy.stage == Stage.OPEN:
            if _verified(request):
                request.actor = actor_of(request)  # type: ignore[attr-defined]
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), str(settings.LOGIN_URL))
        if not _verified(request):
            return self._unverified(request, policy)
        request.actor = actor_of(request)  # type: ignore[attr-defined]
        if policy is None:
            return refuse(request, ScreenPolicyMissing)
        decision = may_open(policy, request)
        if not decision.allowed:
            return refuse(request, str(decision.reason), decision.rule)
        return None

    def _unverified(self, request: HttpRequest, policy: ScreenPolicy | None) -> HttpResponseBase | None:
        has_device = next(iter(devices_for_user(request.user)), None) is not None
        enrolling = policy is not None and policy.stage == Stage.ENROLLING
        if has_device:
            # A password-only session of an enrolled account may not reach enrolment, by any method (A4).
            if enrolling:
                return refuse(request, "", "D10")
            return redirect_to_login(request.get_full_path(), str(settings.LOGIN_URL))
        return None if enrolling else redirect("two_factor:setup")


ScreenPolicyMissing = "No policy opens this page, so it is closed."


def refuse(request: HttpRequest, reason: str, rule: str = "D10") -> HttpResponse:
    """403 with the reason (D10)."""
    return render(request, "403.html", {"reason": reason, "rule": rule}, status=403)


def _verified(request: HttpRequest) -> bool:
    user = request.user
    return bool(user.is_authenticated and user.is_active and getattr(user, "is_verified", lambda: False)())
