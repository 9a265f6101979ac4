"""Conditions of a release that other slices add (D33): breach freeze, suspension of a receiving party ..."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django_stubs_ext import StrOrPromise

from intranet.workflow.machine import Decision


@dataclass(frozen=True)
class ReleaseGuard:
    """``check(request, now)``: may the request's data leave? ``rule`` names the clause; ``url`` the way there."""

    name: str
    title: StrOrPromise
    rule: str
    check: Callable[[Any, datetime], Decision]


_guards: list[ReleaseGuard] = []


def register(guard: ReleaseGuard) -> None:
    """Called by a slice's AppConfig.ready; every guard names its clause."""
    if not guard.rule:
        raise ValueError(f"Release guard {guard.name} names no clause")
    _guards.append(guard)


def guards() -> list[ReleaseGuard]:
    """All registered guards, in order of registration."""
    return list(_guards)
