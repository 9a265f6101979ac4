"""What screens, guards and jobs ask about successions. Days are dates of the network's time zone."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.access.roles import Capacity
from intranet.workflow.machine import Context
from signatories import selectors as people
from signatories.models import Organization, Person, Post
from signatories.speaking import same_name, speaker_on, speaking

from .models import OPEN, IdentityCheck, Succession, SuccessionLetter


def newest_letter(succession: Succession) -> SuccessionLetter:
    """The letter that counts."""
    return succession.letter_rows.order_by("-number")[0]


def checks(succession: Succession) -> list[IdentityCheck]:
    """What was said about the newest letter, at most one a side."""
    return list(succession.checks.filter(letter=succession.letters))


def of_organization(organization: Organization) -> QuerySet[Succession]:
    """All successions of an organization, newest first."""
    return Succession.objects.filter(organization=organization).select_related("successor")


def under_way(organization: Organization) -> Succession | None:
    """The succession that is not over yet, None where there is none."""
    return of_organization(organization).filter(state__in=OPEN).first()


def overtaken(succession: Succession) -> str:
    """Why nothing is left to pass on, empty while there is: another endorsement, or no membership."""
    if succession.endorsement_id is None:
        return _("The organization has not endorsed the protocol, so there is no signer to succeed.")
    if not people.position(succession.organization, date.max).member:
        return _("The organization withdrew from the protocol, so there is no right left to pass on.")
    binding = speaking(date.max).filter(organization=succession.organization_id).get()
    if binding.pk == succession.endorsement_id:
        return ""
    return _("%(who)s endorsed edition %(edition)s on %(day)s: that signature counts now.") % {
        "who": binding.signer_name,
        "edition": binding.edition_label,
        "day": binding.effective_on.isoformat(),
    }


def candidates(organization: Organization, day: date) -> list[Post]:
    """Posts, held on a day or later, of those who can be named then: not of who speaks as signer. Two queries."""
    speaker = speaker_on(organization, date.max)
    posts = people.posts_from(organization, day)
    return [post for post in posts if speaker is None or not speaker.is_named(post.person.name, post.person)]


def is_party(succession: Succession, actor: Actor, day: date) -> bool:
    """Whether the actor is one of the two persons, wrote the letter, or holds a post of the organization."""
    who = actor.user_id
    if who is None:
        return True
    letter = newest_letter(succession)
    named = {person.user_id for person in (succession.former, succession.successor) if person is not None}
    if who in named or (not letter.received_how and letter.by_id == who):
        return True
    return any(post.person.user_id == who for post in people.posts_in(succession.organization, day, Capacity))


def who_objects(context: Context) -> tuple[str, Person | None]:
    """Name and person of an objection: the actor, or in whose name it came from outside."""
    if "name" not in context.data:
        person = people.person_of(context.actor)
        return (person.name if person else context.actor.label), person
    name = str(context.data["name"]).strip()
    succession: Succession = context.obj
    found = [item for item in people.people_of(succession.organization) if same_name(item.name, name)]
    if succession.former is not None and same_name(succession.former_name, name):
        found.insert(0, succession.former)
    return name, found[0] if found else None
