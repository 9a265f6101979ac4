"""Verified by default: every URL needs password and second factor unless its policy says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django_otp import user_has_device

from audit import ledger
from audit.actors import Actor
from intranet.clock import now
from intranet.workflow.runner import Refused

from . import session
from .models import User
from .policy import ScreenPolicy, Stage, may_open, policy_of

STATIC_PREFIXES = (settings.STATIC_URL,)
ADMIN_PREFIXES = ("/admin/",)  # the prefixes that the strict policy leaves out


class GateMiddleware:
    """Sets ``request.actor`` and closes every door that no policy opens (A1-A7 of the threat list)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = None  # type: ignore[attr-defined]
        response = self.get_response(request)
        if not request.path.startswith(STATIC_PREFIXES) and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        if request.path.startswith(ADMIN_PREFIXES):
            response.headers.setdefault("Content-Security-Policy", settings.ADMIN_CONTENT_SECURITY_POLICY)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        policy = policy_of(view, match.namespaces if match else ())
        at = now()
        user = request.user
        if user.is_authenticated and (session.is_over(request, at) or not user.is_open(at)):
            logout(request)
        if request.user.is_authenticated:
            session.seen(request, at)
        if policy is not None and policy.stage == Stage.OPEN:
            if is_verified(request):
                request.actor = session.actor_of(request)  # type: ignore[attr-defined]
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), str(settings.LOGIN_URL))
        if not is_verified(request):
            return self._unverified(request, policy)
        request.actor = session.actor_of(request)  # type: ignore[attr-defined]
        refused = self._verified(request, policy)
        if refused is None and any("\0" in str(value) for value in kwargs.values()):
            raise Http404  # no text of the database can hold it, so no address names a thing by it
        return refused

    def _unverified(self, request: HttpRequest, policy: ScreenPolicy | None) -> HttpResponseBase | None:
        """Password only: first enrolment from an invitation that still holds, and nothing else (D10)."""
        assert isinstance(request.user, User)
        enrolling = policy is not None and policy.stage == Stage.ENROLLING
        if user_has_device(request.user):
            # A password-only session of an enrolled account may not reach enrolment, by any method (A4).
            if enrolling:
                return refuse(request, _("Sign in with your second factor first."))
            return redirect_to_login(request.get_full_path(), str(settings.LOGIN_URL))
        if not request.user.may_enrol(now()):
            reason = _("Your invitation is no longer valid. Ask the PSEA Coordinator for a new one.")
            return refuse(request, reason)
        return None if enrolling else redirect("two_factor:setup")

    def _verified(self, request: HttpRequest, policy: ScreenPolicy | None) -> HttpResponseBase | None:
        if policy is None:
            return refuse(request, _("No policy opens this page, so it is closed."))
        held = session.held_capacities(request)
        if not held and not request.user.is_superuser:
            reason = _("You hold no post in the network now, so nothing is open to you.")
            return refuse(request, reason, "D9")
        if len(held) > 1 and session.chosen_capacity(request) is None and not policy.any_capacity:
            return redirect_with_next("access:capacity", request.get_full_path())
        decision = may_open(policy, request)
        if not decision.allowed:
            return refuse(request, str(decision.reason), decision.rule)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """A refusal that the view let pass: a fresh code is asked for (D11), any other one is said with its reason."""
        if not isinstance(error, Refused) or not is_verified(request):
            return None
        if error.code == "step_up":
            back = request.get_full_path() if request.method == "GET" else referring_path(request)
            return redirect_with_next("access:confirm", back)
        said = {"reason": error.reason, "rule": error.rule, "back": referring_path(request)}
        return render(request, "refused.html", said, status=403 if error.code == "policy" else 409)


def redirect_with_next(url_name: str, back: str) -> HttpResponse:
    """To a page of the doors, and back to ``back`` (a path of ours) afterwards."""
    return redirect(f"{reverse(url_name)}?{urlencode({'next': back}, safe='/')}")


def referring_path(request: HttpRequest) -> str:
    """The page of ours that a form was sent from, Home where unknown."""
    parts = urlsplit(request.headers.get("referer", ""))
    if parts.netloc != request.get_host():
        return "/"
    return parts.path + (f"?{parts.query}" if parts.query else "")


def refuse(request: HttpRequest, reason: str, rule: str = "D10") -> HttpResponse:
    """403 with the reason (D10), and an event (D15)."""
    known: Actor | None = request.actor  # type: ignore[attr-defined]
    actor = known or Actor(
        label=getattr(request.user, "label", "unknown"), capacity="", user_id=request.user.pk
    )
    match = request.resolver_match
    ledger.record(
        now=now(),
        actor=actor,
        action="access.open",
        subject=ledger.Subject("screen", "", (match.view_name or "") if match else ""),
        clause=rule,
        outcome="refused",
        reason=reason,
    )
    return render(request, "403.html", {"reason": reason, "rule": rule}, status=403)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler403: the same page for a refusal that a view raised."""
    return refuse(request, str(exception or _("This is not for your capacity.")))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler400: what is too much is said. Nothing of the request is used: it may be damaged anywhere."""
    too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return HttpResponseBadRequest(render_to_string("400.html", {"too_much": too_much}))


def is_verified(request: HttpRequest) -> bool:
    """Password and second factor accepted, account active."""
    user = request.user
    return bool(user.is_authenticated and user.is_active and getattr(user, "is_verified", lambda: False)())
