"""The person's own sessions: ended everywhere but here."""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from intranet.clock import now

from .. import accounts
from ..http import Request
from ..policy import screen


@require_POST
@screen(_("End your other sessions"), rule="D11", superuser=True, any_capacity=True)
def end_others(request: Request) -> HttpResponse:
    """Needs no fresh code: it takes away, and a stolen session must end quickly."""
    accounts.end_other_sessions(request.user, request.actor, now())
    update_session_auth_hash(request, request.user)
    return redirect(f"{reverse('two_factor:profile')}?ended=1")
