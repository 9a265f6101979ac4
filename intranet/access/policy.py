"""Policies of screens: who may open what, and why not (D10).

Each view of ours carries ``@screen(...)``; views of libraries are listed by namespace in
``library_policies``. A view without a policy is closed, and a contract test names it.
``docs/roles.md`` is generated from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, get_urlconf, resolve
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from intranet.listing import listed
from intranet.workflow.machine import ALLOWED, Decision

from .roles import EVERYBODY, Capacity

View = TypeVar("View", bound=Callable[..., Any])


class Stage(StrEnum):
    """How far somebody must have come to reach a screen."""

    OPEN = "open"  # the login page and what it needs
    ENROLLING = "enrolling"  # password accepted, no second factor yet: first enrolment only
    VERIFIED = "verified"  # password and second factor: everything else


@dataclass(frozen=True)
class ScreenPolicy:
    """``capacities``: who may; ``what``: a phrase for the matrix; ``rule``: clause or decision."""

    what: StrOrPromise
    capacities: frozenset[Capacity]
    rule: str
    stage: Stage = Stage.VERIFIED
    superuser: bool = False  # technical superuser without a capacity may come in too
    any_capacity: bool = False  # opened before one of several capacities is chosen


def screen(
    what: StrOrPromise,
    capacities: Iterable[Capacity] = EVERYBODY,
    rule: str = "D10",
    stage: Stage = Stage.VERIFIED,
    superuser: bool = False,
    any_capacity: bool = False,
) -> Callable[[View], View]:
    """Decorator: the policy of one view (function, or the class's ``as_view`` result)."""
    policy = ScreenPolicy(what, frozenset(capacities), rule, stage, superuser, any_capacity)

    def mark(view: View) -> View:
        view.screen_policy = policy  # type: ignore[attr-defined]
        return view

    return mark


library_policies: dict[str, ScreenPolicy] = {}


def library(prefix: str, policy: ScreenPolicy) -> None:
    """Policy for all views of a library: ``prefix`` is a URL namespace or a module path prefix."""
    library_policies[prefix] = policy


def policy_of(view: Callable[..., Any], namespaces: Iterable[str] = ()) -> ScreenPolicy | None:
    """The policy of a resolved view, None when nobody wrote one (closed)."""
    own: ScreenPolicy | None = getattr(view, "screen_policy", None)
    if own is None:
        own = getattr(getattr(view, "view_class", None), "screen_policy", None)
    if own is not None:
        return own
    for namespace in reversed(list(namespaces)):
        if namespace in library_policies:
            return library_policies[namespace]
    module = getattr(view, "__module__", "") or ""
    module = getattr(getattr(view, "view_class", None), "__module__", module)
    best = max((p for p in library_policies if module.startswith(p)), key=len, default=None)
    return library_policies[best] if best is not None else None


def opens(url: str, capacity: str) -> bool:
    """Whether the page behind an address of ours is for a capacity: what only leads to a refusal is not offered."""
    found = policy_at(url)
    return found is not None and (found.any_capacity or capacity in found.capacities)


def policy_at(url: str) -> ScreenPolicy | None:
    """The policy of the page behind an address of ours; None where no page is, or nobody wrote one."""
    behind = _behind(urlsplit(url).path, get_language() or "", get_urlconf() or settings.ROOT_URLCONF)
    return policy_of(*behind) if behind else None


@lru_cache(maxsize=4096)
def _behind(path: str, language: str, urlconf: str) -> tuple[Callable[..., Any], tuple[str, ...]] | None:
    """View and namespaces of a path. One text of the protocol asks a thousand times, and each costs a walk."""
    try:
        match = resolve(path, urlconf)
    except Resolver404:
        return None
    return match.func, tuple(match.namespaces)


def may_open(policy: ScreenPolicy, request: HttpRequest) -> Decision:
    """Whether the request's actor may open a screen; the reason is shown on the 403 page."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor is not None and actor.capacity in policy.capacities:
        return ALLOWED
    if policy.superuser and getattr(request.user, "is_superuser", False):
        return ALLOWED
    if policy.stage != Stage.VERIFIED or policy.any_capacity:
        return ALLOWED
    if not policy.capacities:
        return Decision(False, _("This page is closed to everybody but technical staff."), policy.rule)
    names = listed(str(c.label) for c in Capacity if c in policy.capacities)
    return Decision(False, _("This page is for: %s.") % names, policy.rule)
