"""Replacing a letter's template, for views and tests alike."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.workflow.runner import Outcome, Refused, perform

from .models import LetterTemplate


def put_in_use(
    kind: str,
    language: str,
    content: bytes,
    reason: str,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> Outcome:
    """From now on letters of this kind and language are made from ``content``. Raises Refused."""
    template = LetterTemplate(kind=kind, language=language)
    try:
        return perform(template, "put_in_use", actor, now, reason, {"content": content}, key)
    except IntegrityError as error:
        raise Refused(
            _("Somebody else replaced this template at the same moment. Look at that one, then send yours."),
            "practice",
            "state",
        ) from error


def withdraw(
    template: LetterTemplate, reason: str, actor: Actor, now: datetime, key: UUID | None = None
) -> Outcome:
    """The built-in template is used again. Raises Refused."""
    return perform(template, "withdraw", actor, now, reason, key=key)
