"""How several things stand in one line."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import pgettext


def comma() -> str:
    """What separates them in the reader's language: Arabic has a comma of its own."""
    return pgettext("between names", ", ")


def listed(parts: Iterable[object]) -> str:
    """Three things as "a, b, c"."""
    return comma().join(map(str, parts))
