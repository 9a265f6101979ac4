"""Who may do what with requests: one answer for button, view, runner and file (D9, D10, D17, D20)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from audit.actors import Actor
from intranet.access.roles import (
    COORDINATION,
    EVERYBODY,
    OFFICE,
    OFFICE_AND_ASSISTANTS,
    ORGANIZATION_POSTS,
    OVERSEERS,
    Capacity,
)
from intranet.workflow.machine import ALLOWED, Decision, Policy

from .models import Answer, Ask, DataRequest

READERS = OVERSEERS
REGISTRARS = COORDINATION | OFFICE_AND_ASSISTANTS
RECORDERS = COORDINATION | {Capacity.OFFICE_ASSISTANT}
FORWARDERS = EVERYBODY - REGISTRARS - {Capacity.AUDITOR}
DECIDERS = OFFICE_AND_ASSISTANTS
HIDDEN = Decision(False, _("There is nothing here for you."), "D10")


def only(capacities: Iterable[Capacity], sentence: StrOrPromise) -> Policy:
    """A policy that opens for some capacities and says ``sentence`` to the others."""
    allowed = frozenset(str(capacity) for capacity in capacities)

    def decide(actor: Actor, obj: Any, now: datetime) -> Decision:
        return ALLOWED if actor.capacity in allowed else Decision(False, sentence)

    return decide


coordinates = only(COORDINATION, _("Only the PSEA Coordinator, or the acting one, does this."))
registers = only(REGISTRARS, _("The PSEA Coordinator or the DSRSG/HC/RC office registers requests."))
forwards = only(
    FORWARDERS,
    _("Members forward what they receive to the PSEA Coordinator; Coordinator and office register it."),
)
consults = only(
    OFFICE_AND_ASSISTANTS,
    _("The consultation is the office's own dated entry, or its answer recorded by its assistant."),
)
decides = only(
    DECIDERS,
    _("Only a person of the DSRSG/HC/RC office authorizes, or its assistant uploads the signed memo."),
)
instructs = only(OFFICE, _("Only a person of the DSRSG/HC/RC office gives this instruction."))
coordinates_or_office = only(
    COORDINATION | OFFICE, _("Only the PSEA Coordinator or the DSRSG/HC/RC office does this.")
)
holds_for_party = only(
    COORDINATION | OFFICE_AND_ASSISTANTS,
    _("It follows from the suspension of the receiving party, by the Coordinator or the office."),
)
records_outside = only(
    RECORDERS, _("Only the PSEA Coordinator or an office assistant records what was received outside.")
)

answers_corrections = only(
    OFFICE, _("Only a person of the DSRSG/HC/RC office confirms a correction, against the file.")
)
lifts_stops = only(
    ORGANIZATION_POSTS | OFFICE,
    _("A stop ends when the organization, or the office against the file, sets aside what was recorded."),
)


def restarts_clocks(actor: Actor, ask: Any, now: datetime) -> Decision:
    """With the end of a pause: those who end a hold, and the system where a stop was recorded wrongly."""
    return ALLOWED if actor.is_system else coordinates_or_office(actor, ask, now)


def decides_media(actor: Actor, request: DataRequest, now: datetime) -> Decision:
    """§7A.3: the office, or the agency that the media asked."""
    if actor.capacity in OFFICE:
        return ALLOWED
    asked = request.received_by_organization
    if asked is not None and actor.organization_id == asked and actor.capacity in ORGANIZATION_POSTS:
        return ALLOWED
    return Decision(False, _("The office or the agency that was asked decides on a media request."))


def stops_by_refusal(actor: Actor, request: DataRequest, now: datetime) -> Decision:
    """The stop follows from a refusal, whoever wrote it down; the guard asks for the refusal itself."""
    if actor.capacity in ORGANIZATION_POSTS | RECORDERS | OFFICE:
        return ALLOWED
    return Decision(False, _("Only an organization that was asked stops a request by not authorizing it."))


def speaks_for(actor: Actor, ask: Ask, now: datetime) -> Decision:
    """D24: focal points, Head of Agency and senior management answer, each for their own organization."""
    if actor.capacity in ORGANIZATION_POSTS and actor.organization_id == ask.organization_id:
        return ALLOWED
    return Decision(False, _("Only the organization's own people answer for it."), "D24")


def confirms(actor: Actor, ask: Ask, now: datetime) -> Decision:
    """D17: the organization's own account, or an office person against the file."""
    if actor.capacity in OFFICE:
        return ALLOWED
    if speaks_for(actor, ask, now).allowed:
        return ALLOWED
    return Decision(
        False, _("The organization's own account confirms, or an office person against the file."), "D17"
    )


def only_the_job(actor: Actor, obj: Any, now: datetime) -> Decision:
    """What the hourly job notes; nobody does it by hand."""
    return ALLOWED if actor.is_system else Decision(False, _("The hourly job notes this."), "D26")


def may_view_request(actor: Actor, request: DataRequest, now: datetime) -> Decision:
    """The whole request, with every organization in it: coordination, office, auditors. No other (§7B.5)."""
    return ALLOWED if actor.capacity in READERS else HIDDEN


def may_view_ask(actor: Actor, ask: Ask, now: datetime) -> Decision:
    """An organization sees its own part of a request and no other's."""
    if actor.capacity in READERS:
        return ALLOWED
    own = actor.capacity in ORGANIZATION_POSTS and actor.organization_id == ask.organization_id
    return ALLOWED if own else HIDDEN


def may_view_answer(actor: Actor, answer: Answer, now: datetime) -> Decision:
    return may_view_ask(actor, answer.ask, now)


def may_view_guarantee(actor: Actor, guarantee: Any, now: datetime) -> Decision:
    """Everybody who is asked may read the guarantee (§7B.0 v)."""
    if actor.capacity in READERS:
        return ALLOWED
    if actor.capacity not in ORGANIZATION_POSTS or actor.organization_id is None:
        return HIDDEN
    asked = Ask.objects.filter(
        round__request_id=guarantee.request_id, organization_id=actor.organization_id
    ).exists()
    return ALLOWED if asked else HIDDEN


def may_view_part(actor: Actor, part: Any, now: datetime) -> Decision:
    """Rounds, consultations, decisions, releases: with the whole request."""
    return may_view_request(actor, part.request, now)


def may_view_media(actor: Actor, decision: Any, now: datetime) -> Decision:
    """Media decisions are visible to all members (§7A.3 "in a transparent manner")."""
    return ALLOWED if actor.capacity in EVERYBODY else HIDDEN


def may_view_confirmation(actor: Actor, confirmation: Any, now: datetime) -> Decision:
    return may_view_ask(actor, confirmation.answer.ask, now)


def may_view_correction(actor: Actor, correction: Any, now: datetime) -> Decision:
    return may_view_ask(actor, correction.answer.ask, now)


def may_view_correction_reply(actor: Actor, reply: Any, now: datetime) -> Decision:
    return may_view_correction(actor, reply.correction, now)


def may_view_round_part(actor: Actor, part: Any, now: datetime) -> Decision:
    """What belongs to a round: with the whole request."""
    return may_view_request(actor, part.round.request, now)
