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
from intranet.access.models import User
from intranet.access.roles import COORDINATION, ORGANIZATION_POSTS, Capacity
from intranet.access.second_factor import is_set_up
from intranet.workflow.machine import ALLOWED, Context, Decision

from ..days import network_day
from ..models import ParticipationEntry, Person, Post, PostState, SigningAuthority
from ..succession.models import Succession

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


def language_of(user: User) -> str:
    """In which language the person of an account is written to; empty where the account has no person."""
    return Person.objects.filter(user=user).values_list("language", flat=True).first() or ""


def decisions(actor: Actor, addresses: Iterable[str], now: datetime) -> dict[str, Decision]:
    """Who of ``addresses`` may be invited by somebody who is not the Coordinator. Four queries at most."""
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
    rows = Post.objects.filter(still).exclude(state=PostState.CANCELLED)
    rows = rows.annotate(address=Lower("person__email"))
    rows = rows.filter(address__in=[address.lower() for address in addresses])
    found: dict[str, Held] = defaultdict(set)
    for address, organization, capacity in rows.values_list("address", "organization_id", "capacity"):
        found[address].add((organization, capacity))
    return found


def _bound_elsewhere(addresses: list[str], own: UUID) -> set[str]:
    """Who signed for another organization, takes over from its signer, or was named to sign for one."""
    known = [address.lower() for address in addresses]
    signed = ParticipationEntry.objects.exclude(organization=own).annotate(address=Lower("signer__email"))
    named = SigningAuthority.objects.exclude(organization=own).annotate(address=Lower("person__email"))
    heirs = Succession.objects.exclude(organization=own).annotate(address=Lower("successor__email"))
    return {
        address
        for rows in (signed, named, heirs)
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


def is_unused(person: Person) -> bool:
    """Nobody has come in with the person's account, or there is none yet."""
    return person.user is None or not is_set_up(person.user)


def may_correct_address(actor: Actor, person: Person, now: datetime) -> Decision:
    """The Head of Agency the address of own people before they came in; the office that of a signer."""
    if actor.capacity == Capacity.HEAD_OF_AGENCY and is_unused(person):
        return may_invite_person(actor, person, now)
    if actor.capacity == Capacity.OFFICE and has_signed(person):
        return ALLOWED
    return Decision(False, _("The PSEA Coordinator corrects what is kept of a person."), "D9")


def has_signed(person: Person) -> bool:
    """Whether a signature in the ledger names the person, or a letter names them the signer's successor."""
    return (
        ParticipationEntry.objects.filter(signer=person).exists()
        or Succession.objects.filter(successor=person).exists()
    )


def address_alone(context: Context) -> Decision:
    """A Head of Agency corrects the address and nothing else."""
    if context.actor.capacity != Capacity.HEAD_OF_AGENCY or set(context.data) == {"email"}:
        return ALLOWED
    return Decision(False, _("The Head of Agency corrects the address alone."), "D9")


def two_stand_behind_a_signer(context: Context) -> Decision:
    """Whoever gets the link becomes the signer, who alone withdraws: the office corrects, another invites."""
    person: Person = context.obj
    moves = context.data.get("email", person.email).lower() != person.email.lower()
    if not moves or context.actor.capacity == Capacity.OFFICE or not is_unused(person):
        return ALLOWED
    if not has_signed(person):
        return ALLOWED
    return Decision(
        False,
        _(
            "E-mail: this person signed the protocol and never came in. The DSRSG/HC/RC office corrects the "
            "address, and somebody else invites."
        ),
        "§9.i fn5",
    )
