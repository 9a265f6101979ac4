"""Who may do what with organizations, posts and signatures. The same function serves view, button and act."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.access import roles
from intranet.access.roles import (
    COORDINATION,
    MANAGEMENT,
    OFFICE,
    OFFICE_AND_ASSISTANTS,
    ORGANIZATION_POSTS,
    Capacity,
)
from intranet.workflow.machine import ALLOWED, Decision

from . import selectors
from .accounts.rules import may_correct_address, may_invite_person
from .days import network_day
from .models import Kind, Organization, ParticipationEntry, Person, Post
from .speaking import speaker_on

OVERSEERS = roles.OVERSEERS
CONFIRMERS = ORGANIZATION_POSTS | OFFICE | {Capacity.SIGNER}  # D17
KEEPERS = COORDINATION | {Capacity.HEAD_OF_AGENCY}  # who look after the people of posts
RECORDERS = COORDINATION | {Capacity.OFFICE_ASSISTANT}  # D17
ONCE = frozenset({Kind.OFFICE, Kind.COORDINATION})  # kinds of which a network has one
NETWORK_APPOINTERS = {
    Capacity.COORDINATOR: OFFICE,
    Capacity.ACTING_COORDINATOR: OFFICE | {Capacity.COORDINATOR},
    Capacity.OFFICE: OFFICE,
    Capacity.OFFICE_ASSISTANT: OFFICE,
    Capacity.AUDITOR: OFFICE,
    Capacity.CONTENT_EDITOR: COORDINATION | OFFICE,
}
_FOUNDING = {Capacity.COORDINATOR, Capacity.OFFICE}


def _own(actor: Actor, organization: Organization) -> bool:
    return actor.organization_id is not None and actor.organization_id == organization.pk


def may_see_organization(actor: Actor, organization: Organization, now: datetime) -> Decision:
    """Its page: its own people, coordination, office, auditors. For others it does not exist (D10)."""
    if _own(actor, organization) or actor.capacity in OVERSEERS:
        return ALLOWED
    return Decision(False, _("This page does not exist."), "D10")


def may_see_part(actor: Actor, part: Any, now: datetime) -> Decision:
    """A post, an authority or a ledger entry is seen with its organization."""
    return may_see_organization(actor, part.organization, now)


def may_see_entry(actor: Actor, entry: ParticipationEntry, now: datetime) -> Decision:
    """With its organization; a stop of flow over a breach that involves the office is not the office's (§9.g)."""
    if entry.office_involved and actor.capacity in OFFICE_AND_ASSISTANTS:
        return Decision(False, _("This page does not exist."), "§9.g")
    return may_see_organization(actor, entry.organization, now)


def may_see_person(actor: Actor, person: Any, now: datetime) -> Decision:
    """People are in the directory of every member; their record belongs to coordination and office,

    and to the Head of Agency while they hold a post of that organization.
    """
    if actor.capacity in OVERSEERS or (actor.user_id is not None and person.user_id == actor.user_id):
        return ALLOWED
    if actor.capacity == Capacity.HEAD_OF_AGENCY and actor.organization_id is not None:
        still = Q(ends_on__isnull=True) | Q(ends_on__gte=network_day(now))
        if Post.objects.filter(still, person=person, organization=actor.organization_id).exists():
            return ALLOWED
    return Decision(False, _("This page does not exist."), "D10")


def may_correct_person(actor: Actor, person: Person, now: datetime) -> Decision:
    """The Coordinator; the office for its own people, those of the coordination, and signers.

    The Head of Agency for the address of own people who have not come in yet.
    """
    if actor.capacity in COORDINATION:
        return ALLOWED
    if actor.capacity in OFFICE and Post.objects.filter(person=person, organization__kind__in=ONCE).exists():
        return ALLOWED
    return may_correct_address(actor, person, now)


def may_describe_person(actor: Actor, person: Person, now: datetime) -> Decision:
    """Everybody their own languages, duty station, phone and language for mail."""
    if actor.user_id is not None and person.user_id == actor.user_id:
        return ALLOWED
    return Decision(
        False, _("Only the person writes these details; the PSEA Coordinator corrects them."), "D9"
    )


def may_repair_contact(actor: Actor, person: Person, now: datetime) -> Decision:
    """Mail that came back is the Coordinator's task (trap 6)."""
    if actor.capacity in COORDINATION:
        return ALLOWED
    return Decision(False, _("The PSEA Coordinator repairs contacts."), "§7B.1")


def coordination_only(actor: Actor, obj: Any, now: datetime) -> Decision:
    """Registering is the Coordinator's; the installation command founds office and coordination once."""
    if actor.capacity in COORDINATION:
        return ALLOWED
    return Decision(False, _("The PSEA Coordinator keeps the list of organizations and people."), "D9")


def may_register_organization(actor: Actor, organization: Organization, now: datetime) -> Decision:
    """The Coordinator; the installation command for the first office and the first coordination."""
    if actor.is_system and organization.kind in ONCE:
        if not Organization.objects.filter(kind=organization.kind).exists():
            return ALLOWED
        return Decision(False, _("The network is founded already; its people register what follows."), "D9")
    return coordination_only(actor, organization, now)


def may_register_person(actor: Actor, person: Any, now: datetime) -> Decision:
    """Coordination, office, and a Head of Agency (for posts of the own organization)."""
    if actor.capacity in COORDINATION | OFFICE | {Capacity.HEAD_OF_AGENCY} or actor.is_system:
        return ALLOWED
    return Decision(False, _("The PSEA Coordinator keeps the list of organizations and people."), "D9")


def may_link_account(actor: Actor, person: Person, now: datetime) -> Decision:
    """Whoever may invite the person, and the installation."""
    if actor.is_system:
        return ALLOWED
    decision = may_invite_person(actor, person, now)
    if decision.allowed or decision.reason:
        return decision
    return Decision(False, _("Accounts are given by the PSEA Coordinator or the own Head of Agency."), "D10")


def may_appoint(actor: Actor, post: Post, now: datetime) -> Decision:
    """Posts of an organization: coordination or its Head of Agency; of the network: office or Coordinator."""
    if post.capacity in NETWORK_APPOINTERS:
        if actor.capacity in NETWORK_APPOINTERS[Capacity(post.capacity)]:
            return ALLOWED
        return Decision(
            False, _("This post is filled by the DSRSG/HC/RC office or the PSEA Coordinator."), "D9"
        )
    if actor.capacity in COORDINATION:
        return ALLOWED
    if not _own(actor, post.organization):
        return Decision(False, _("This organization is not yours."), "D10")
    if actor.capacity == Capacity.HEAD_OF_AGENCY and post.capacity != Capacity.HEAD_OF_AGENCY:
        return ALLOWED
    return Decision(
        False,
        _("Posts are filled by the PSEA Coordinator, or by the Head of Agency for the other posts."),
        "D9",
    )


def may_found(actor: Actor, post: Post, now: datetime) -> Decision:
    """The installation command names the first Coordinator and the first office person, nobody else."""
    if not actor.is_system or post.capacity not in _FOUNDING:
        return Decision(False, _("Only the installation command founds a network."), "D9")
    if Post.objects.filter(capacity=post.capacity).exists():
        return Decision(False, _("The network is founded already; its people fill posts."), "D9")
    return ALLOWED


def may_give_authority(actor: Actor, authority: Any, now: datetime) -> Decision:
    """Authority to sign is given by the own Head of Agency (D19)."""
    if actor.capacity == Capacity.HEAD_OF_AGENCY and _own(actor, authority.organization):
        return ALLOWED
    return Decision(False, _("The Head of Agency says who else may sign for the organization."), "D19")


def may_record_authority_received(actor: Actor, authority: Any, now: datetime) -> Decision:
    """An instrument that arrived outside is recorded like everything else that did (D17)."""
    return may_record_received(actor, authority.organization, now)


def may_confirm_authority(actor: Actor, authority: Any, now: datetime) -> Decision:
    """By the organization's own account, or by an office person against the file (D17)."""
    return may_confirm(actor, authority.organization, now)


def may_end_authority(actor: Actor, authority: Any, now: datetime) -> Decision:
    """The Head of Agency takes it back; coordination records that it was taken back."""
    if actor.capacity in COORDINATION:
        return ALLOWED
    return may_give_authority(actor, authority, now)


def may_endorse(actor: Actor, organization: Organization, now: datetime) -> Decision:
    """The Head of Agency, or a person named in a recorded authority of that organization (D19)."""
    if _own(actor, organization):
        if actor.capacity == Capacity.HEAD_OF_AGENCY:
            return ALLOWED
        if selectors.authority_of(actor, organization, network_day(now)) is not None:
            return ALLOWED
    return Decision(
        False,
        _(
            "Only the Head of Agency, or a person named in a recorded authority of the organization, "
            "may endorse for it."
        ),
        "D19",
    )


def is_signer(actor: Actor, organization: Organization, now: datetime) -> bool:
    """Whether the actor may speak as signer today: the individual who signed, or the recorded successor."""
    if actor.capacity != Capacity.SIGNER or not _own(actor, organization) or actor.user_id is None:
        return False
    speaker = speaker_on(organization, network_day(now))
    return speaker is not None and speaker.user_id == actor.user_id


def may_withdraw(actor: Actor, organization: Organization, now: datetime) -> Decision:
    """The individual who signed, or the recorded successor, says the withdrawal (§9.i, fn 5; trap 17)."""
    if is_signer(actor, organization, now):
        return ALLOWED
    return Decision(
        False,
        _(
            "Only the individual who signed the protocol for the organization, or the recorded successor, "
            "may withdraw it, acting as signer."
        ),
        "§9.i fn5",
    )


def may_stop(actor: Actor, organization: Organization, now: datetime) -> Decision:
    """A right of each member (§4.f, §9.f), used by its management or its signer; nobody approves it."""
    if _own(actor, organization) and actor.capacity in MANAGEMENT | {Capacity.SIGNER}:
        return ALLOWED
    return Decision(False, _("The organization's own management or its signer says this."))


def may_record_received(actor: Actor, organization: Organization, now: datetime) -> Decision:
    """Coordinator, acting Coordinator or office assistant record what arrived outside (D17)."""
    if actor.capacity in RECORDERS:
        return ALLOWED
    return Decision(
        False,
        _("What arrived outside the system is recorded by the PSEA Coordinator or an office assistant."),
        "D17",
    )


def may_confirm(actor: Actor, organization: Organization, now: datetime) -> Decision:
    """An account of that organization, or an office person against the file (D17)."""
    if _own(actor, organization) and actor.capacity in ORGANIZATION_POSTS | {Capacity.SIGNER}:
        return ALLOWED
    if actor.capacity in OFFICE:
        return ALLOWED
    return Decision(
        False,
        _("This is confirmed by an account of that organization, or by an office person against the file."),
        "D17",
    )


def may_confirm_withdrawal(actor: Actor, organization: Organization, now: datetime) -> Decision:
    """A withdrawal: the signer, or an office person against the file (D17, §9.i fn5)."""
    if actor.capacity in OFFICE or is_signer(actor, organization, now):
        return ALLOWED
    return Decision(
        False,
        _("A withdrawal is confirmed by the signer, or by an office person against the file."),
        "D17",
    )
