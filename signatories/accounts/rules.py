"""Who besides the PSEA Coordinator invites whom, and whose address may still be corrected (D9, D10).

Using an invitation gives an account to whoever reads the mailbox. So a Head of Agency invites only
people who hold posts of the own organization and nothing else, and nobody alone invites an account
that was ever set up (``intranet.access.invitations``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from intranet.access import accounts
from intranet.access.models import User
from intranet.access.roles import COORDINATION, ORGANIZATION_POSTS, Capacity
from intranet.access.second_factor import is_set_up
from intranet.workflow.machine import ALLOWED, Context, Decision

from ..days import network_day
from ..models import ParticipationEntry, Person, Post, SigningAuthority

OWN_POSTS = ORGANIZATION_POSTS | {Capacity.MEMBER}
NETWORK_POSTS = frozenset(
    {
        *COORDINATION,
        Capacity.OFFICE,
        Capacity.OFFICE_ASSISTANT,
        Capacity.CONTENT_EDITOR,
        Capacity.AUDITOR,
    }
)
INVITERS = COORDINATION | {Capacity.HEAD_OF_AGENCY, Capacity.OFFICE}
_NOT_ALONE = _("The PSEA Coordinator invites this person, who does not act for your organization alone.")


def may_invite(actor: Actor, address: str, now: datetime) -> Decision:
    """Beside the Coordinator: the Head of Agency for own posts; the office for posts of the network."""
    return decisions(actor, [address], now)[address]


def may_invite_person(actor: Actor, person: Person, now: datetime) -> Decision:
    """The same for somebody listed, the Coordinator included: one function for button, view and act."""
    return ALLOWED if actor.capacity in COORDINATION else may_invite(actor, person.email, now)


def decisions(actor: Actor, addresses: Iterable[str], now: datetime) -> dict[str, Decision]:
    """Who of ``addresses`` may be invited by somebody who is not the Coordinator. Three queries at most."""
    wanted = list(addresses)
    if actor.capacity == Capacity.HEAD_OF_AGENCY and actor.organization_id is not None:
        posts, bound = _posts(wanted, now), _bound_elsewhere(wanted, actor.organization_id)
        return {
            address: _head_of_agency(actor, posts[address.lower()], address.lower() in bound)
            for address in wanted
        }
    if actor.capacity == Capacity.OFFICE:
        posts = _posts(wanted, now)
        return {address: _office(posts[address.lower()]) for address in wanted}
    return dict.fromkeys(wanted, Decision(False))


Held = set[tuple[UUID, str]]  # organization, capacity


def _posts(addresses: list[str], now: datetime) -> dict[str, Held]:
    """Every post held today or to come, by address in lower case."""
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=network_day(now))
    rows = Post.objects.filter(still).annotate(address=Lower("person__email"))
    rows = rows.filter(address__in=[address.lower() for address in addresses])
    found: dict[str, Held] = defaultdict(set)
    for address, organization, capacity in rows.values_list("address", "organization_id", "capacity"):
        found[address].add((organization, capacity))
    return found


def _bound_elsewhere(addresses: list[str], own: UUID) -> set[str]:
    """Who signed for another organization, or was named to sign for one."""
    known = [address.lower() for address in addresses]
    signed = ParticipationEntry.objects.exclude(organization=own).annotate(address=Lower("signer__email"))
    named = SigningAuthority.objects.exclude(organization=own).annotate(address=Lower("person__email"))
    return {
        address
        for rows in (signed, named)
        for address in rows.filter(address__in=known).values_list("address", flat=True)
    }


def _head_of_agency(actor: Actor, posts: Held, bound_elsewhere: bool) -> Decision:
    own = actor.organization_id
    if not any(organization == own for organization, _capacity in posts):
        return Decision(False, _("This person holds no post of your organization."), "D10")
    if bound_elsewhere or any(o != own or capacity not in OWN_POSTS for o, capacity in posts):
        return Decision(False, _NOT_ALONE, "D10")
    return ALLOWED


def _office(posts: Held) -> Decision:
    """So that the network gets its Coordinator's successor in when nobody coordinates."""
    if posts and all(capacity in NETWORK_POSTS for _organization, capacity in posts):
        return ALLOWED
    return Decision(False, _("The office invites people who hold posts of the network only."), "D10")


def never_set_up(context: Context) -> Decision:
    """An address is corrected only before anybody used the account, and never a signer's (trap 17)."""
    person: Person = context.obj
    if person.user is not None and is_set_up(person.user):
        return Decision(
            False, _("E-mail: this account is in use, so its address cannot be changed from outside."), "D10"
        )
    if ParticipationEntry.objects.filter(signer=person).exists():
        return Decision(
            False,
            _("E-mail: this person signed the protocol, and only that person speaks about it. It stays."),
            "§9.i fn5",
        )
    return ALLOWED


def new_address_is_free(context: Context) -> Decision:
    """Neither another person nor another account has it."""
    address, person = context.data["email"], context.obj
    people = Person.objects.filter(email__iexact=address).exclude(pk=person.pk)
    users = User.objects.filter(email__iexact=address).exclude(pk=person.user_id)
    if people.exists() or users.exists():
        return Decision(False, _("E-mail: this address is taken. Write another one."), "D9")
    return ALLOWED


def correct_address(context: Context) -> None:
    """Person and account carry the new address; a link that went to the old one opens nothing."""
    person: Person = context.obj
    person.email = context.data["email"]
    if person.user is not None:
        accounts.correct_address(person.user, person.email, context.actor, context.now)
