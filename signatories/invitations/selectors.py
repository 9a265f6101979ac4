"""What screens and jobs ask about invitations to endorse. Days are dates of the network's time zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import NoEdition, edition_in_force
from signatories import selectors as people
from signatories.days import network_day
from signatories.directory import active_on, endorsement_due
from signatories.models import Organization, ParticipationEntry, Person
from signatories.standing import Position, Standing, standing_of
from signatories.stops import effects

from .models import EndorsementInvitation, InvitationRound, RoundState


def current_edition(day: date) -> Edition | None:
    """The edition in force on a day, None before the first."""
    try:
        return edition_in_force(day)
    except NoEdition:
        return None


def open_round(edition_number: int) -> InvitationRound | None:
    """The round that asks for an edition, None where none is open. One query."""
    return InvitationRound.objects.filter(edition_number=edition_number, state=RoundState.OPEN).first()


def invitation_of(organization: Organization, edition_number: int) -> EndorsementInvitation | None:
    """The open invitation of an organization for an edition. One query."""
    return (
        EndorsementInvitation.objects.filter(
            organization=organization, round__edition_number=edition_number, round__state=RoundState.OPEN
        )
        .select_related("round")
        .first()
    )


def still_asks(position: Position, invited_at: datetime) -> bool:
    """Whether an invitation of ``invited_at`` (UTC) still asks: a withdrawal after it ends it."""
    last = position.last
    if position.member or not isinstance(last, ParticipationEntry):
        return True
    return last.effective_on <= network_day(invited_at) and last.recorded_at <= invited_at


def to_invite(edition: Edition, day: date) -> list[Organization]:
    """Whom a round asks: every organization that may sign and waits for an endorsement of the edition.

    A suspended organization is a signatory and is asked. One that withdrew is not: inviting it again is an
    act of its own; nor is one that has announced it, which could not sign now. Three queries.
    """
    leaving = people.leaving_after(day)
    listed = [item for item in active_on(day) if item.pk not in leaving]
    positions = people.positions_on(day, listed)
    return [
        item
        for item in listed
        if endorsement_due(found := positions.get(item.pk, Position()), edition.number)
        and (found.member or found.endorsement is None)
    ]


@dataclass(frozen=True, slots=True)
class InvitedLine:
    """One invited organization: where it stands, and whether reminders go to it on the day."""

    invitation: EndorsementInvitation
    standing: Standing
    endorsed_on: date | None
    reminded: bool
    addressed: tuple[Person, ...]


def lines(invited: InvitationRound, day: date) -> list[InvitedLine]:
    """Every invitation of a round. Five queries, whatever their number."""
    rows = list(invited.invitations.select_related("organization"))
    organizations = [row.organization for row in rows]
    positions = people.positions_on(day, organizations)
    addressed = signers_of(organizations, day)
    leaving = people.leaving_after(day)

    def line(row: EndorsementInvitation) -> InvitedLine:
        position = positions.get(row.organization_id, Position())
        shown = _line(row, position, addressed[row.organization_id], invited, day)
        return replace(shown, reminded=False) if row.organization_id in leaving else shown

    return [line(row) for row in rows]


def _line(
    row: EndorsementInvitation,
    position: Position,
    addressed: tuple[Person, ...],
    invited: InvitationRound,
    day: date,
) -> InvitedLine:
    waits = endorsement_due(position, invited.edition_number)
    signed = position.endorsement
    standing = standing_of(row.organization, position, day)
    # Chasing rests as the effects matrix says, and ends with a withdrawal after the invitation.
    left = standing == Standing.WITHDRAWN and not _invited_after(row, position)
    rests = position.member and not effects.is_chased(position)
    reminded = waits and not rests and not left and row.organization.active_on(day)
    return InvitedLine(
        row,
        standing,
        None if waits or signed is None else signed.effective_on,
        reminded,
        addressed,
    )


def _invited_after(row: EndorsementInvitation, position: Position) -> bool:
    """Invited again after it had withdrawn: then the earlier withdrawal does not end the reminders."""
    return position.last is not None and row.again and position.last.effective_on <= row.invited_on


def signers_of(organizations: Iterable[Organization], day: date) -> dict[UUID, tuple[Person, ...]]:
    """Who may endorse: Head of Agency and persons named in an authority; else everybody who speaks for it."""
    listed = list(organizations)
    named: dict[UUID, list[Person]] = {item.pk: [] for item in listed}
    for authority in (
        people.counting_authorities(day).filter(organization__in=listed).select_related("person")
    ):
        named[authority.organization_id].append(authority.person)
    found = {}
    for pk, contacts in people.contacts_for(listed, day).items():
        head = [contacts.head_of_agency] if contacts.head_of_agency is not None else []
        found[pk] = tuple(dict.fromkeys([*head, *named[pk]])) or contacts.everybody
    return found
