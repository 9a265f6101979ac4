"""A paper is seen by those who may see what it is about (D10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.workflow import registry
from intranet.workflow.machine import Decision

from .models import IssuedPaper


def may_view(actor: Actor, paper: Any, now: datetime) -> Decision:
    """The answer of the policy of the object that the paper is about."""
    assert isinstance(paper, IssuedPaper)
    governed = registry.find(paper.about_type)
    about = governed.model._default_manager.filter(pk=paper.about_id).first() if governed else None
    if governed is None or about is None:
        return Decision(False, _("This page does not exist."), "D10")
    return governed.may_view(actor, about, now)
