"""In which language an account is written to. The floor that knows people says it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from .models import User

Provider = Callable[[User], str]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """``provider(user)``: the code of the language that the person chose, empty where it knows none."""
    _providers.append(provider)


def language_of(user: User) -> str:
    """The language in which to write to an account, whoever acts and whatever screen is open (D4)."""
    return next((said for ask in _providers if (said := ask(user))), settings.LANGUAGE_CODE)
