"""Guards of the ledger of participation: why an act is not possible, in a sentence that says the fix."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from intranet.access.roles import OFFICE_AND_ASSISTANTS
from intranet.workflow.machine import ALLOWED, Context, Decision
from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import NoEdition, edition_in_force

from . import selectors
from .days import network_day
from .models import Organization, ParticipationEntry, ReceivedHow
from .speaking import same_name, speaker_on
from .standing import Position

EVER = date.max
FURTHEST_AHEAD = timedelta(days=366)  # network practice: a later day is a slip, and would bind until it came


def signs_at_all(context: Context) -> Decision:
    """UN agencies and implementing partners sign; the office, coordination and others do not (§2)."""
    if context.obj.may_sign:
        return ALLOWED
    return Decision(False, _("An organization of this kind does not sign the protocol."), "§2")


def text_is_the_current_one(context: Context) -> Decision:
    """The signature binds to the text that was on the screen, and that is still the one in force (trap 44)."""
    try:
        current = edition_in_force(network_day(context.now))
    except NoEdition:
        return Decision(False, _("No edition of the protocol is in force, so there is nothing to endorse."))
    edition: Edition = context.data["edition"]
    if current.pk == edition.pk and current.sha256 == context.data["sha256"]:
        return ALLOWED
    return Decision(False, changed_meanwhile(current), "D7")


def changed_meanwhile(current: Edition) -> str:
    """What somebody is told whose page showed another text than the one in force."""
    return (
        _("The protocol changed while this page was open: edition %s is in force now. Read it, then sign.")
        % current.label
    )


def while_a_member(context: Context) -> Position:
    """Where everything that is announced leads, an announced withdrawal left out."""
    leave = selectors.leave_ahead(context.obj, network_day(context.now))
    return selectors.position(context.obj, EVER if leave is None else leave.effective_on - timedelta(days=1))


def not_endorsed_yet(context: Context) -> Decision:
    """One endorsement an edition; it counts for the minor editions too (D7). Says who was first."""
    number = context.data["edition"].number
    earlier = selectors.signer_of(context.obj, EVER)
    if earlier is None or not while_a_member(context).member or (earlier.edition_number or 0) < number:
        return ALLOWED
    return Decision(
        False,
        _("%(who)s endorsed edition %(edition)s for this organization on %(day)s already.")
        % {
            "who": earlier.signer_name,
            "edition": earlier.edition_label,
            "day": earlier.effective_on.isoformat(),
        },
        "D7",
    )


def no_withdrawal_ahead(context: Context) -> Decision:
    """An endorsement cannot undo a withdrawal that has not taken effect yet."""
    return nothing_announced(context.obj, network_day(context.now))


def nothing_announced(organization: Organization, day: date) -> Decision:
    """No withdrawal is announced that has not taken effect by the day."""
    leave = selectors.leave_ahead(organization, day)
    if leave is None:
        return ALLOWED
    return Decision(
        False,
        _("The withdrawal takes effect on %s. Endorse again after that day.")
        % leave.effective_on.isoformat(),
        "§9.i",
    )


def signer_names_title(context: Context) -> Decision:
    """A signature says name and title."""
    if str(context.data["signer_name"]).strip() and str(context.data["signer_title"]).strip():
        return ALLOWED
    return Decision(False, _("Name and title: write both as they stand under a signature."), "D19")


def effect_lies_ahead(context: Context) -> Decision:
    """Own acts take effect today or later, never backwards."""
    effective_on: date = context.data["effective_on"]
    if effective_on < network_day(context.now):
        return Decision(False, _("Effective date: it lies in the past. Choose today or a later day."))
    return _not_too_far(context)


def _not_too_far(context: Context) -> Decision:
    if context.data["effective_on"] <= network_day(context.now) + FURTHEST_AHEAD:
        return ALLOWED
    return Decision(False, _("Effective date: it lies more than a year ahead. Check the year."), "practice")


def statement_is_written(context: Context) -> Decision:
    """A withdrawal is communicated in writing (§9.i)."""
    if str(context.data["statement"]).strip():
        return ALLOWED
    return Decision(False, _("Statement: write the withdrawal in one or two sentences."), "§9.i")


def receipt_is_whole(context: Context) -> Decision:
    """What arrived outside is recorded with name, capacity, date and file, in an order that can be (D17)."""
    data = context.data
    if data["received_how"] not in ReceivedHow.values:
        return Decision(False, _("How it arrived: choose e-mail, letter or signed paper."), "D17")
    if not str(data["signer_name"]).strip() or not str(data["signer_title"]).strip():
        return Decision(False, _("In whose name: write the person's name and title."), "D17")
    if data.get("file") is None:
        return Decision(False, _("File: add the mail, the letter or the scan that arrived."), "D17")
    if data["received_on"] > network_day(context.now):
        return Decision(False, _("Received on: this day has not come yet."), "D17")
    return ALLOWED


def signed_before_received(context: Context) -> Decision:
    """A paper endorsement carries the day of its signature, not after its arrival (D18)."""
    if context.data["effective_on"] <= context.data["received_on"]:
        return ALLOWED
    return Decision(False, _("Signed on: this day lies after the day on which the paper arrived."), "D18")


def stops_from_arrival_on(context: Context) -> Decision:
    """A stop received outside counts from the day it arrived, or from the later day that it names."""
    if context.data["effective_on"] >= context.data["received_on"]:
        return _not_too_far(context)
    return Decision(
        False, _("Effective date: it lies before the day of arrival. Nothing stops backwards."), "D17"
    )


def name_is_the_signers(context: Context) -> Decision:
    """A withdrawal in anybody else's name is none (§9.i fn5)."""
    speaker = speaker_on(context.obj, network_day(context.now))
    if speaker is not None and same_name(speaker.name, str(context.data["signer_name"])):
        return ALLOWED
    return Decision(
        False,
        _(
            "In whose name: only %s may withdraw, who signed the protocol for this organization or is "
            "the recorded successor."
        )
        % (speaker.name if speaker else _("the signer")),
        "§9.i fn5",
    )


def name_still_speaks(context: Context) -> Decision:
    """The right did not pass to somebody else while the paper waited: nobody leaves on a former signer's word."""
    entry: ParticipationEntry = context.data["entry"]
    speaker = speaker_on(context.obj, network_day(context.now))
    if speaker is not None and speaker.is_named(entry.signer_name, entry.signer):
        return ALLOWED
    return Decision(
        False,
        _("%(former)s does not speak for the organization any more; %(speaker)s does. Deny this record.")
        % {"former": entry.signer_name, "speaker": speaker.name if speaker else _("nobody")},
        "§9.i fn5",
    )


def none_waits(context: Context) -> Decision:
    """The same thing is not recorded twice while the first waits for its confirmation."""
    kind = context.data["kind"]
    first = selectors.waiting_entries(context.obj).filter(kind=kind).first()
    if first is None:
        return ALLOWED
    return Decision(
        False,
        _("%(who)s recorded this on %(day)s already; it waits for its confirmation.")
        % {"who": first.recorded_by, "day": network_day(first.recorded_at).isoformat()},
        "D17",
    )


def still_waits(context: Context) -> Decision:
    """The entry is of this organization and of this kind, and nobody answered it yet."""
    entry: ParticipationEntry = context.data["entry"]
    if selectors.waiting_entries(context.obj).filter(pk=entry.pk, kind=context.data["kind"]).exists():
        return ALLOWED
    answered = ParticipationEntry.objects.filter(answers=entry).first()
    if answered is None:
        return Decision(False, _("This entry does not wait for a confirmation."), "D17")
    return Decision(
        False,
        _("%(who)s answered this on %(day)s already: %(answer)s.")
        % {
            "who": answered.recorded_by,
            "day": network_day(answered.recorded_at).isoformat(),
            "answer": answered.get_answer_display(),
        },
        "D17",
    )


def not_the_recorder(context: Context) -> Decision:
    """Nobody confirms their own recording, whatever capacity they choose (D17)."""
    entry: ParticipationEntry = context.data["entry"]
    if context.actor.user_id is not None and entry.recorded_by_id != context.actor.user_id:
        return ALLOWED
    return Decision(False, _("You recorded this yourself; somebody else must confirm it."), "D17")


def office_stands_apart(context: Context) -> Decision:
    """§9.g: where the office is involved in the breach, it neither confirms nor denies a word on the flow."""
    entry: ParticipationEntry = context.data["entry"]
    if not entry.office_involved or context.actor.capacity not in OFFICE_AND_ASSISTANTS:
        return ALLOWED
    return Decision(
        False, _("The office is involved in this breach: the organization's own account answers."), "§9.g"
    )


def confirmed_edition_is_new(context: Context) -> Decision:
    """The endorsement to confirm was not overtaken by another one."""
    entry: ParticipationEntry = context.data["entry"]
    earlier = selectors.signer_of(context.obj, EVER)
    if (
        earlier is None
        or not while_a_member(context).member
        or (earlier.edition_number or 0) < (entry.edition_number or 0)
    ):
        return ALLOWED
    return Decision(
        False, _("This organization has endorsed that edition in the meantime; deny this record."), "D7"
    )


def still_a_member(context: Context) -> Decision:
    """One that has left has nothing to suspend or resume."""
    if selectors.position(context.obj, network_day(context.now)).member:
        return ALLOWED
    return Decision(False, _("The organization has withdrawn from the protocol."), "§9.i")
