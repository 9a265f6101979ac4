"""What people do about a mail that does not arrive, callable without HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from audit.actors import Actor
from intranet.workflow.runner import Refused, perform

from .models import Notice, ToldOtherwise


@dataclass(frozen=True, slots=True)
class Told:
    """``channel``: one of ``Channel``; ``other``: its name where it is another; ``told_on``: calendar day."""

    channel: str
    told_on: date
    other: str = ""


def tell_otherwise(
    notice: Notice, given: Told, actor: Actor, now: datetime, key: UUID | None = None
) -> ToldOtherwise:
    """Record that a stuck mail was told by another channel (D23). Once: later calls give the first record.

    The mail never looks delivered by it, and nothing that waits for its arrival starts. Raises Refused.
    """
    refused: Refused | None = None
    with transaction.atomic():
        locked = Notice.objects.select_for_update().get(pk=notice.pk)
        first = ToldOtherwise.objects.filter(notice=locked).first()
        if first is not None:
            return first
        row = ToldOtherwise(
            notice=locked, channel=given.channel, other=given.other.strip(), told_on=given.told_on
        )
        try:
            made = perform(row, "tell", actor, now, key=key).obj
        except Refused as refusal:  # its event outlives this transaction
            refused = refusal
    if refused is not None:
        raise refused
    assert isinstance(made, ToldOtherwise)
    return made
