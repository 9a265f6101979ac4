"""The mails of a round: one line and a link, the date in the subject, no names (D23)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from intranet.clock.wording import long_date
from intranet.workflow.registry import subject_of
from signatories.models import Person
from signatories.telling import Words, tell

from .models import EndorsementInvitation


def once(invitation: EndorsementInvitation, code: str) -> str:
    """The mark under which a step of an invitation is written once."""
    return f"endorse.{code}:{invitation.round_id}:{invitation.organization_id}"


def write(invitation: EndorsementInvitation, code: str, people: Iterable[Person], now: datetime) -> int:
    """One step of the reminders; returns how many notices were written, 0 where nobody can be reached."""
    due_on, label = invitation.round.due_on, invitation.round.edition_label

    def words() -> Words:
        names = {"edition": label, "day": long_date(due_on)}
        if code == "start":
            subject = _("Please endorse edition %(edition)s by %(day)s")
        elif code.startswith("T-"):
            subject = _("Due %(day)s: endorse edition %(edition)s of the protocol")
        elif code == "T":
            subject = _("Due today: endorse edition %(edition)s of the protocol")
        else:
            subject = _("Still open: endorse edition %(edition)s of the protocol")
        line = _("Your organization is asked to endorse edition %(edition)s of the protocol by %(day)s.")
        return Words(subject % names, line % names, reverse("endorse"))

    return tell(
        "endorsement_invitation",
        people,
        words,
        now,
        rule="practice",
        about=subject_of(invitation),
        organization=invitation.organization,
        once=once(invitation, code),
    )
