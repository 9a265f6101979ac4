"""Acts on what is kept: names, other names, people's details and addresses. Callers use ``services``.

As there: ``actor`` and ``now`` (UTC) are explicit, ``key`` is a form's own random id, and all raise
``runner.Refused`` with a sentence for the person. Days are dates in the network's time zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.access import attempts, sign_in_address
from intranet.workflow.runner import Refused, perform

from . import own_address
from .models import AliasKind, Organization, OrganizationAlias, Person, Post
from .names import Names
from .persons import tidy


def rename_organization(
    organization: Organization,
    new: Names,
    from_day: date,
    actor: Actor,
    now: datetime,
    note: str,
    key: UUID | None = None,
) -> Organization:
    """``new`` are its names from ``from_day`` on (today or earlier); the old ones become a former name.

    What was signed before keeps the name of its day. ``note``: by which letter or decision.
    """
    data = {"names": new, "from_day": from_day}
    outcome = perform(organization, "rename", actor, now, note, data, key)
    assert isinstance(outcome.obj, Organization)
    return outcome.obj


def add_other_name(
    organization: Organization, name: str, actor: Actor, now: datetime, key: UUID | None = None
) -> OrganizationAlias:
    """Another name under which search and import find the organization, in any script."""
    alias = OrganizationAlias(organization=organization, kind=AliasKind.OTHER, name=" ".join(name.split()))
    outcome = perform(alias, "add", actor, now, key=key)
    assert isinstance(outcome.obj, OrganizationAlias)
    return outcome.obj


def strike_name(
    alias: OrganizationAlias, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> OrganizationAlias:
    """A former or other name that was wrong counts nowhere any more; the history keeps it."""
    outcome = perform(alias, "strike", actor, now, note, key=key)
    assert isinstance(outcome.obj, OrganizationAlias)
    return outcome.obj


def correct_person(
    person: Person,
    values: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    note: str,
    key: UUID | None = None,
) -> Person:
    """Correct name, email, language, languages (codes of SPOKEN), duty_station or phone, with a reason.

    A new address gets the mails that the old one refused. The account's own address does not follow,
    unless the account was never used: its owner takes it over (``take_own_address``).
    """
    return _person(perform(person, "correct", actor, now, note, tidy(dict(values)), key).obj)


def describe_person(
    person: Person, values: Mapping[str, Any], actor: Actor, now: datetime, key: UUID | None = None
) -> Person:
    """One's own language for mail, languages, duty_station and phone."""
    return _person(perform(person, "describe", actor, now, data=tidy(dict(values)), key=key).obj)


def note_bounce(
    person: Person, actor: Actor, now: datetime, note: str = "", key: UUID | None = None
) -> Person:
    """Mail to the person's address came back (as a mail to the Coordinator, say): a contact to repair."""
    return _person(perform(person, "note_bounce", actor, now, note, key=key).obj)


def address_is_right(
    person: Person, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> Person:
    """The address is correct after all; what it refused is sent once more."""
    return _person(perform(person, "address_is_right", actor, now, note, key=key).obj)


def take_own_address(person: Person, token: str, actor: Actor, now: datetime) -> None:
    """The owner of the account signs in with the corrected address from now on.

    ``token``: from the link that was mailed to that address; with a fresh code (D11).
    """
    user = person.user
    if user is None or own_address.offered_to(token, user, now) != person:
        raise _refused(_("This link has come to its end, or it is not for this account."), actor, now)
    sign_in_address.take_as_owner(user, person.email, actor, now)


def offer_own_address(person: Person, actor: Actor, now: datetime) -> None:
    """Send the link of ``take_own_address`` once more; only the person asks for it."""
    if actor.user_id is None or person.user is None or person.user_id != actor.user_id:
        raise _refused(
            _("Only the owner of an account changes the address with which it signs in."), actor, now
        )
    if person.user.email != person.email:
        own_address.offer(person, now)


def _refused(reason: str, actor: Actor, now: datetime) -> Refused:
    event = attempts.noted(actor, now, "access.address_changed", done=False, reason=reason)
    return Refused(reason, "D10", "guard", event)


def cancel_post(post: Post, actor: Actor, now: datetime, note: str, key: UUID | None = None) -> Post:
    """A post that has not begun is called off; it is held on no day."""
    outcome = perform(post, "cancel", actor, now, note, key=key)
    assert isinstance(outcome.obj, Post)
    return outcome.obj


def _person(obj: Any) -> Person:
    assert isinstance(obj, Person)
    return obj
