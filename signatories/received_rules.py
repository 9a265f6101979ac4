"""Guards of what arrived outside (D17): a paper does not undo a later word, and says what its file can say."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from intranet.access.roles import OFFICE_AND_ASSISTANTS
from intranet.workflow.machine import ALLOWED, Context, Decision
from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import NoEdition, edition_in_force

from . import selectors
from .days import network_day
from .models import Answer, EntryKind, ParticipationEntry
from .rules import EVER, while_a_member
from .speaking import same_name, speaker_on
from .standing import Fact
from .stops.rules import stop_names_its_breach


def text_was_in_force(context: Context) -> Decision:
    """A signature binds to the text that was in force on its day, on paper as by a click (D7, §8)."""
    edition: Edition = context.data["edition"]
    signed_on: date = context.data["effective_on"]
    if signed_on < edition.effective_from:
        return Decision(
            False,
            _(
                "Signed on: edition %(edition)s took effect on %(day)s (section 8). What was signed before counts "
                "from that day: write that day."
            )
            % {"edition": edition.label, "day": edition.effective_from.isoformat()},
            "§8",
        )
    try:
        current = edition_in_force(signed_on)
    except NoEdition:
        return ALLOWED  # cannot be: the edition itself was in force
    if current.number == edition.number:
        return ALLOWED
    return Decision(
        False,
        _("Edition: on that day edition %s was in force; an earlier text can no longer be endorsed.")
        % current.label,
        "D7",
    )


def name_and_address_agree(context: Context) -> Decision:
    """The address names nobody else: whoever is known by it would speak as signer (§9.i fn5)."""
    person = context.data.get("signer")
    if person is None or same_name(person.name, str(context.data["signer_name"])):
        return ALLOWED
    return Decision(
        False,
        _("E-mail: it belongs to %s. Write the name as it is listed, or leave the address empty.")
        % person.name,
        "D17",
    )


def was_a_member(context: Context) -> Decision:
    """A stop from before the endorsement would stop nothing: it is refused and not kept without effect."""
    if selectors.position(context.obj, context.data["effective_on"]).member:
        return ALLOWED
    return Decision(
        False,
        _("Effective date: the organization was not a signatory on that day. Choose a day on which it was."),
        "D17",
    )


def sharing_says_nothing_later(context: Context) -> Decision:
    """A paper on suspension or resumption is not older than what the organization said since (§4.f)."""
    return _not_overtaken(while_a_member(context).sharing, context)


def flow_says_nothing_later(context: Context) -> Decision:
    """The same for the flow of data (§9.f)."""
    return _not_overtaken(while_a_member(context).flow, context)


def nothing_was_endorsed_later(context: Context) -> Decision:
    """A paper withdrawal does not end an endorsement that came after it (§9.i)."""
    return _not_overtaken(selectors.position(context.obj, EVER).endorsement, context)


def nobody_left_later(context: Context) -> Decision:
    """A paper endorsement does not undo a withdrawal that came after it, on the same day either."""
    last = selectors.position(context.obj, EVER).last
    paper: ParticipationEntry = context.data["entry"]
    if last is None or last.kind != EntryKind.WITHDRAWN or paper.effective_on < last.effective_on:
        return ALLOWED  # signed before: it takes its place in the past and leaves the withdrawal as it is
    return _not_overtaken(last, context)


def _not_overtaken(last: Fact | None, context: Context) -> Decision:
    if not isinstance(last, ParticipationEntry) or not _is_later(last, *_arrival(context)):
        return ALLOWED
    return Decision(
        False,
        _("%(what)s of %(day)s came after this paper, which has no effect any more.")
        % {"what": last.noun, "day": last.effective_on.isoformat()},
        "D17",
    )


def _arrival(context: Context) -> tuple[date, datetime]:
    """When the paper arrived, and when it was recorded: now, or before it began to wait."""
    paper: ParticipationEntry | None = context.data.get("entry")
    if paper is None:
        return context.data["received_on"], context.now
    return paper.received_on or network_day(paper.recorded_at), paper.recorded_at


def _is_later(last: ParticipationEntry, received_on: date, recorded_at: datetime) -> bool:
    """Whether ``last`` was said after the paper: an own act on a later day or after the record, or a paper

    that was signed (an endorsement) or arrived (everything else) on a later day.
    """
    if last.received_on is None:
        return last.recorded_at > recorded_at or network_day(last.recorded_at) > received_on
    said_on = last.effective_on if last.kind == EntryKind.ENDORSED else last.received_on
    return said_on > received_on


def denied_by_the_signer(context: Context) -> Decision:
    """Once the signer denied a withdrawal, no other hand confirms one in that name (§9.i fn5)."""
    entry: ParticipationEntry = context.data["entry"]
    speaker = speaker_on(context.obj, network_day(context.now))
    user = speaker.user_id if speaker is not None else None
    if user is None or context.actor.user_id == user:
        return ALLOWED
    denial = ParticipationEntry.objects.filter(
        organization=context.obj,
        kind=EntryKind.WITHDRAWN,
        answer=Answer.DENIED,
        recorded_by_id=user,
        edition_ref=entry.edition_ref,
    ).first()
    if denial is None:
        return ALLOWED
    return Decision(
        False,
        _("%(who)s denied such a paper on %(day)s, so only the signer confirms another one.")
        % {"who": denial.recorded_by, "day": network_day(denial.recorded_at).isoformat()},
        "§9.i fn5",
    )


def office_does_not_record(context: Context) -> Decision:
    """§9.g, trap 24: over a breach that involves the office, no hand of the office records a word on the flow."""
    if context.actor.capacity not in OFFICE_AND_ASSISTANTS or not stop_names_its_breach(context)[1]:
        return ALLOWED
    return Decision(
        False, _("The office is involved in this breach: the PSEA Coordinator records it."), "§9.g"
    )
