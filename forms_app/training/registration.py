"""What training returns plug into the machinery."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.access import navigation
from intranet.access.roles import OVERSEERS
from intranet.clock import due, pulse
from intranet.listing import listed
from intranet.workflow import registry

from . import deadlines, policy
from .machine import RETURNS, SESSIONS
from .models import ComplianceReturn, Topic, TrainingSession


def _topics(value: object) -> str:
    labels: dict[str, str] = {t.value: str(t.label) for t in Topic}
    return listed(labels.get(str(v), str(v)) for v in value) if isinstance(value, list) else str(value)


def _page(obj: TrainingSession | ComplianceReturn, actor: Actor) -> str:
    if actor.capacity in OVERSEERS:
        return reverse("training-organization", args=[obj.organization_id])
    return reverse("training")


def register() -> None:
    """Called once by the app's ``ready``."""
    registry.register(registry.GovernedObject(TrainingSession, policy.may_see, str, SESSIONS))
    registry.register(registry.GovernedObject(ComplianceReturn, policy.may_see, str, RETURNS))
    registry.say(
        {
            TrainingSession: registry.Said(values={"topics": _topics}, related=("organization",), page=_page),
            ComplianceReturn: registry.Said(related=("organization",), page=_page),
        }
    )
    pulse.register(deadlines.counts)
    due.register(due=deadlines.due_from)
    navigation.register(navigation.Entry("reporting", _("Training"), "training", policy.READERS, order=70))
