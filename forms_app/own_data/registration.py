"""What this slice tells the floors below: its governed object and its place in the navigation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from intranet.access import navigation
from intranet.access.roles import ORGANIZATION_POSTS
from intranet.workflow import registry

from . import history_words, machine, policy
from .models import OwnNote


def register_all() -> None:
    """Called once by the app's ``ready``."""
    registry.register(registry.GovernedObject(OwnNote, policy.may_view, _label, machine.OWN_NOTE))
    registry.say({OwnNote: history_words.OWN_NOTE})
    navigation.register(
        navigation.Entry(
            "reporting", _("Own statistics"), "own-data", capacities=frozenset(ORGANIZATION_POSTS), order=60
        )
    )


def _label(note: Any) -> str:
    return str(note.number)
