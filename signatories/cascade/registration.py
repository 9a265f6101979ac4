"""What the cascade plugs into the machinery below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.access.navigation import Entry
from intranet.access.navigation import register as register_navigation
from intranet.workflow import registry
from intranet.workflow.registry import GovernedObject, Said
from protocol_pages.editions import practice
from protocol_pages.editions.practice import Note

from . import machine
from .models import CascadeRecord
from .views import READERS


def register_all() -> None:
    """Called once by the app's ``ready``."""
    registry.register(GovernedObject(CascadeRecord, machine.may_view, str, machine.CASCADES))
    registry.say(
        {
            CascadeRecord: Said(
                fields={"at": _("recorded at")},
                hidden=frozenset({"by"}),
                related=("organization",),
            )
        }
    )
    register_navigation(Entry("network", _("Standards shared"), "cascade", READERS, order=55))
    practice.register(
        Note(
            "4.h",
            _("Focal points record when, with whom and with how many people the standards were shared."),
            "cascade",
            _("Standards shared"),
            READERS,
            who=_("Focal points of each signatory"),
            when=_("after the approval"),
        )
    )
