"""What the published site plugs into the machinery: navigation, histories."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models.signals import pre_save
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.access import navigation
from intranet.access.libraries import EDITORS
from intranet.clock import changes
from intranet.workflow import registry, wording
from intranet.workflow.machine import ALLOWED, Decision


def everybody(actor: Actor, obj: Any, now: datetime) -> Decision:
    """Reference data is open to every verified person."""
    return ALLOWED


class PasswordPrivacyRefused(ValueError):
    """A page or collection may not be closed by a shared password (§4.a, W11)."""


def refuse_password_privacy(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """A shared password would stand in the database in plain text and be passed on (W11)."""
    if instance.restriction_type == "password":
        raise PasswordPrivacyRefused("Choose groups or signed-in users: shared passwords are not used here.")


def register() -> None:
    """Called once by the app's ``ready``."""
    from wagtail.models import CollectionViewRestriction, PageViewRestriction

    from .changes import SOURCES
    from .reference import GlossaryTerm, ResourceTheme

    for restriction in (PageViewRestriction, CollectionViewRestriction):
        pre_save.connect(
            refuse_password_privacy, restriction, dispatch_uid=f"no-password-{restriction.__name__}"
        )
    changes.register(*SOURCES)
    registry.register(registry.GovernedObject(ResourceTheme, everybody, str))
    registry.register(registry.GovernedObject(GlossaryTerm, everybody, str))
    registry.say({GlossaryTerm: registry.Said(page=lambda term, actor: reverse("glossary"))})
    wording.register_acts(
        {
            "page.redact": _("Took earlier versions of a page away for good"),
            "library.load": _("Loaded the first content of the library"),
        }
    )
    navigation.register(
        navigation.Entry("network", _("Resources"), "resources", order=40),
        navigation.Entry("network", _("Guidance"), "guidance", order=41),
        navigation.Entry("network", _("News"), "news", order=42),
        navigation.Entry("network", _("Meetings"), "meetings", order=43),
        navigation.Entry("network", _("Glossary"), "glossary", order=43),
        navigation.Entry("network", _("How to report"), "how-to-report", order=44),
        navigation.Entry("network", _("Editing area"), "wagtailadmin_home", EDITORS, order=47),
    )
