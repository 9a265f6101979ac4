"""Before grave acts: a code accepted within the last minutes (D11). Signing in counts."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from intranet.clock import now
from intranet.workflow.runner import check_step_up

from . import session
from .gate import redirect_with_next, referring_path

View = Callable[..., HttpResponseBase]


def is_fresh(request: HttpRequest) -> bool:
    """Whether the last accepted code is fresh enough for a grave act now."""
    return check_step_up(session.actor_of(request), now()).allowed


def to_confirm(request: HttpRequest) -> HttpResponse:
    """To the code page, and back to this page (or, from a form, to the form's page) afterwards."""
    back = request.get_full_path() if request.method == "GET" else referring_path(request)
    return redirect_with_next("access:confirm", back)


def fresh_code(view: View) -> View:
    """Decorator under ``@screen``: asks for a code before the page is shown, so that nothing typed is lost."""

    @wraps(view)
    def ask_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if is_fresh(request) else to_confirm(request)

    return ask_first
