"""Effects of a round of invitations: who is asked, and the first mail to each."""

from __future__ import annotations

from collections.abc import Iterable

from intranet.workflow.machine import Context
from signatories import selectors as people
from signatories.days import network_day
from signatories.models import Organization

from . import notices, selectors
from .models import EndorsementInvitation, InvitationRound


def invite_everybody(context: Context) -> None:
    """Every organization that has not endorsed the edition in force; those that withdrew are left out."""
    edition = selectors.current_edition(network_day(context.now))
    assert edition is not None  # a guard asked
    _invite(context, selectors.to_invite(edition, network_day(context.now)))


def invite_one(context: Context) -> None:
    """One more organization; whether it had withdrawn is kept with the reason."""
    _invite(context, [context.data["organization"]])


def _invite(context: Context, organizations: Iterable[Organization]) -> None:
    invited: InvitationRound = context.obj
    day = network_day(context.now)
    listed = list(organizations)
    addressed = selectors.signers_of(listed, day)
    positions = people.positions_on(day, listed)
    for organization in listed:
        position = positions.get(organization.pk)
        invitation = EndorsementInvitation(
            round=invited,
            organization=organization,
            invited_on=day,
            invited_at=context.now,
            invited_by=context.actor.label,
            again=position is not None and not position.member and position.endorsement is not None,
            why=context.note[:300],
        )
        invitation.save()
        notices.write(invitation, "start", addressed[organization.pk], context.now)
    context.result["event"] = {"invited": len(listed), "due_on": invited.due_on.isoformat()}
