"""Guards of a round of invitations: why an act is not possible, in a sentence that says the fix."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from intranet.workflow.machine import ALLOWED, Context, Decision
from signatories import selectors as people
from signatories.days import network_day
from signatories.directory import endorsement_due
from signatories.models import Organization
from signatories.rules import nothing_announced

from . import selectors
from .models import InvitationRound


def asks_for_the_text_in_force(context: Context) -> Decision:
    """Only the edition in force is asked for."""
    invited: InvitationRound = context.obj
    edition = selectors.current_edition(network_day(context.now))
    if edition is not None and edition.number == invited.edition_number:
        return ALLOWED
    return Decision(False, _("Only the edition in force is asked for; open a round for that one."), "D7")


def due_day_lies_ahead(context: Context) -> Decision:
    """There is time to sign."""
    if context.obj.due_on > network_day(context.now):
        return ALLOWED
    return Decision(False, _("Due on: choose a day after today."), "practice")


def no_other_round(context: Context) -> Decision:
    """One round an edition at a time."""
    other = selectors.open_round(context.obj.edition_number)
    if other is None or other.pk == context.obj.pk:
        return ALLOWED
    return Decision(
        False,
        _("%(who)s opened a round for edition %(edition)s already, due %(day)s. Close it first.")
        % {"who": other.opened_by, "edition": other.edition_label, "day": other.due_on.isoformat()},
        "practice",
    )


def somebody_is_asked(context: Context) -> Decision:
    """A round without anybody is none."""
    edition = selectors.current_edition(network_day(context.now))
    if edition is not None and selectors.to_invite(edition, network_day(context.now)):
        return ALLOWED
    return Decision(False, _("Nobody is to be invited: every organization has endorsed it."), "practice")


def may_still_be_asked(context: Context) -> Decision:
    """An organization that signs, has not endorsed, and is not in the round; after a withdrawal with the reason."""
    organization: Organization = context.data["organization"]
    invited: InvitationRound = context.obj
    day: date = network_day(context.now)
    if not organization.may_sign or not organization.active_on(day):
        return Decision(False, _("Organization: this one is not asked to sign."), "§2")
    if invited.invitations.filter(organization=organization).exists():
        return Decision(False, _("Organization: it is in this round already."), "practice")
    announced = nothing_announced(organization, day)
    if not announced.allowed:
        return announced
    position = people.position(organization, day)
    if not endorsement_due(position, invited.edition_number):
        return Decision(False, _("Organization: it has endorsed this edition."), "D7")
    if not position.member and position.endorsement is not None and not context.note:
        return Decision(
            False, _("Reason: this organization withdrew; write why it is invited again."), "§9.i"
        )
    return ALLOWED
