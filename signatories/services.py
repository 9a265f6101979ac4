"""What people do with organizations, posts and signatures. Everything goes through the runner.

``actor`` and ``now`` (UTC) are explicit; ``key`` is a form's own random id, so that a double submit
gives one record and the same answer. All raise ``runner.Refused`` with a sentence for the person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from audit.actors import Actor
from intranet.access.accounts import invite, open_account
from intranet.access.models import User
from intranet.access.roles import Capacity
from intranet.workflow.runner import Outcome, perform
from protocol_pages.editions.models import Edition

from .models import EntryKind, Organization, ParticipationEntry, Person, Post, SigningAuthority
from .record_services import add_other_name as add_other_name
from .record_services import address_is_right as address_is_right
from .record_services import cancel_post as cancel_post
from .record_services import correct_person as correct_person
from .record_services import describe_person as describe_person
from .record_services import note_bounce as note_bounce
from .record_services import offer_own_address as offer_own_address
from .record_services import rename_organization as rename_organization
from .record_services import strike_name as strike_name
from .record_services import take_own_address as take_own_address

Upload = tuple[str, bytes, str]  # name, content, content type as ``files.store.check`` found it


@dataclass(frozen=True, slots=True)
class Received:
    """Something that arrived outside the system (D17): how, when, in whose name and capacity, the file.

    ``effective_on``: day of the signature for an endorsement, day from which it holds otherwise.
    """

    how: str
    received_on: date
    effective_on: date
    signer_name: str
    signer_title: str
    file: Upload
    signer_email: str = ""
    signer_capacity: str = ""
    signer: Person | None = None
    authority: str = ""
    statement: str = ""
    reason: str = ""


def create_organization(
    organization: Organization, actor: Actor, now: datetime, key: UUID | None = None
) -> Organization:
    """List a new, unsaved organization (§2)."""
    return _obj(perform(organization, "register", actor, now, key=key), Organization)


def correct_organization(
    organization: Organization, values: Mapping[str, Any], actor: Actor, now: datetime, note: str
) -> Organization:
    """Correct names, region or dates with a reason; the history keeps what stood before."""
    return _obj(perform(organization, "correct", actor, now, note, values), Organization)


def register_person(person: Person, actor: Actor, now: datetime, key: UUID | None = None) -> Person:
    """List a new, unsaved person."""
    return _obj(perform(person, "register", actor, now, key=key), Person)


def link_account(person: Person, user: User, actor: Actor, now: datetime) -> Person:
    """Give a person the account with the same address; its capacities follow from the posts."""
    return _obj(perform(person, "link_account", actor, now, data={"user": user}), Person)


def invite_person(person: Person, actor: Actor, now: datetime, key: UUID | None = None) -> Person:
    """Open the person's account where there is none, connect it, and mail the invitation (D10).

    Each step is an act of its own; after a refusal in between the same call goes on where it stopped.
    """
    if person.user is None:
        given, _space, family = person.name.strip().partition(" ")
        person = link_account(person, open_account(person.email, given, family, actor, now), actor, now)
    assert person.user is not None
    invite(person.user, actor, now, language=person.language, key=key)
    return person


def appoint(
    person: Person,
    organization: Organization,
    capacity: Capacity,
    begins_on: date,
    actor: Actor,
    now: datetime,
    ends_on: date | None = None,
    instrument: str = "",
    key: UUID | None = None,
    file: Upload | None = None,
) -> Post:
    """Fill a post from ``begins_on`` to ``ends_on`` (both included; None: until further notice).

    Both may lie ahead. ``instrument``: the letter that names the person; ``file``: its scan. ``person``
    may be unsaved: then person and post are recorded in one transaction. The actor
    ``system_actor(...)`` may name the first Coordinator and the first office person, once.
    """
    post = Post(
        person=person,
        organization=organization,
        capacity=capacity,
        begins_on=begins_on,
        ends_on=ends_on,
        instrument=instrument.strip(),
    )
    action = "found" if actor.is_system else "appoint"
    return _obj(perform(post, action, actor, now, data={"file": file}, key=key), Post)


def end_post(
    post: Post, ends_on: date, actor: Actor, now: datetime, note: str = "", key: UUID | None = None
) -> Post:
    """The post's last day, which may lie ahead."""
    return _obj(perform(post, "end", actor, now, note, {"ends_on": ends_on}, key), Post)


def record_authority(
    organization: Organization,
    person: Person,
    instrument: str,
    begins_on: date,
    actor: Actor,
    now: datetime,
    ends_on: date | None = None,
    file: Upload | None = None,
    key: UUID | None = None,
) -> SigningAuthority:
    """``person`` may endorse for ``organization`` (D19)."""
    authority = SigningAuthority(
        organization=organization,
        person=person,
        instrument=instrument.strip(),
        begins_on=begins_on,
        ends_on=ends_on,
    )
    return _obj(perform(authority, "record", actor, now, data={"file": file}, key=key), SigningAuthority)


def end_authority(
    authority: SigningAuthority, ends_on: date, actor: Actor, now: datetime, note: str = ""
) -> SigningAuthority:
    """The authority's last day."""
    return _obj(perform(authority, "end", actor, now, note, {"ends_on": ends_on}), SigningAuthority)


def endorse(
    organization: Organization,
    edition: Edition,
    actor: Actor,
    now: datetime,
    *,
    sha256: str,
    signer_name: str,
    signer_title: str,
    authority: str,
    statement: str = "",
    key: UUID | None = None,
) -> ParticipationEntry:
    """Endorse the edition whose hash stood on the screen; in effect today (D19)."""
    data = {
        "edition": edition,
        "sha256": sha256,
        "signer_name": signer_name,
        "signer_title": signer_title,
        "authority": authority,
        "statement": statement,
    }
    return _entry(perform(organization, "endorse", actor, now, data=data, key=key))


def withdraw(
    organization: Organization,
    actor: Actor,
    now: datetime,
    *,
    statement: str,
    effective_on: date,
    key: UUID | None = None,
) -> ParticipationEntry:
    """The signer's written withdrawal (§9.i, footnote 5)."""
    data = {"statement": statement, "effective_on": effective_on}
    return _entry(perform(organization, "withdraw", actor, now, data=data, key=key))


def suspend(
    organization: Organization,
    actor: Actor,
    now: datetime,
    *,
    reason: str,
    effective_on: date,
    statement: str = "",
    review_on: date | None = None,
    key: UUID | None = None,
) -> ParticipationEntry:
    """Suspend sharing by communication to the office (§4.f); ``reason``: SuspensionReason."""
    data = {
        "reason": reason,
        "effective_on": effective_on,
        "statement": statement,
        "review_on": review_on,
    }
    return _entry(perform(organization, "suspend", actor, now, data=data, key=key))


def resume(
    organization: Organization,
    actor: Actor,
    now: datetime,
    *,
    effective_on: date,
    statement: str = "",
    key: UUID | None = None,
) -> ParticipationEntry:
    """End the suspension by a second signed act."""
    data = {"effective_on": effective_on, "statement": statement}
    return _entry(perform(organization, "resume", actor, now, data=data, key=key))


def record_endorsement_received_outside(
    organization: Organization,
    edition: Edition,
    received: Received,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> ParticipationEntry:
    """A signed paper, mail or letter; counts from the day of its signature once confirmed (D17, D18)."""
    return _record(organization, EntryKind.ENDORSED, received, actor, now, key, {"edition": edition})


def record_withdrawal_received_outside(
    organization: Organization, received: Received, actor: Actor, now: datetime, key: UUID | None = None
) -> ParticipationEntry:
    """In the signer's name; takes effect after its confirmation (D17)."""
    return _record(organization, EntryKind.WITHDRAWN, received, actor, now, key)


def record_suspension_received_outside(
    organization: Organization, received: Received, actor: Actor, now: datetime, key: UUID | None = None
) -> ParticipationEntry:
    """Takes effect at once (D17)."""
    return _record(organization, EntryKind.SUSPENDED, received, actor, now, key)


def record_resumption_received_outside(
    organization: Organization, received: Received, actor: Actor, now: datetime, key: UUID | None = None
) -> ParticipationEntry:
    """Takes effect after its confirmation."""
    return _record(organization, EntryKind.RESUMED, received, actor, now, key)


_ACTIONS = {
    EntryKind.ENDORSED: "endorsement",
    EntryKind.WITHDRAWN: "withdrawal",
    EntryKind.SUSPENDED: "suspension",
    EntryKind.RESUMED: "resumption",
}


def action_for(verb: str, kind: str) -> str:
    """Name of the transition: ``record_``, ``confirm_`` or ``deny_`` with the kind of entry."""
    return f"{verb}_{_ACTIONS[EntryKind(kind)]}"


def _record(
    organization: Organization,
    kind: EntryKind,
    received: Received,
    actor: Actor,
    now: datetime,
    key: UUID | None,
    more: Mapping[str, Any] | None = None,
) -> ParticipationEntry:
    data = {
        "kind": kind,
        "received_how": received.how,
        "received_on": received.received_on,
        "effective_on": received.effective_on,
        "signer_name": received.signer_name,
        "signer_title": received.signer_title,
        "signer_email": received.signer_email,
        "signer_capacity": received.signer_capacity,
        "signer": received.signer,
        "authority": received.authority,
        "statement": received.statement,
        "reason": received.reason,
        "file": received.file,
        **(more or {}),
    }
    return _entry(perform(organization, action_for("record", kind), actor, now, data=data, key=key))


def confirm_received(
    entry: ParticipationEntry, actor: Actor, now: datetime, key: UUID | None = None
) -> ParticipationEntry:
    """Confirm what somebody else recorded from outside; returns the entry that takes effect (D17)."""
    data = {"entry": entry, "kind": entry.kind}
    action = action_for("confirm", entry.kind)
    return _entry(perform(entry.organization, action, actor, now, data=data, key=key))


def deny_received(
    entry: ParticipationEntry, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> ParticipationEntry:
    """Say that what was recorded from outside did not happen so; it never takes effect."""
    data = {"entry": entry, "kind": entry.kind}
    action = action_for("deny", entry.kind)
    return _entry(perform(entry.organization, action, actor, now, note, data, key))


def _entry(outcome: Outcome) -> ParticipationEntry:
    """The entry that an act wrote, also when the same form came twice."""
    assert outcome.event is not None
    return ParticipationEntry.objects.select_related("organization", "signer").get(
        pk=outcome.event.data["entry"]
    )


def _obj(outcome: Outcome, kind: type[Any]) -> Any:
    assert isinstance(outcome.obj, kind)
    return outcome.obj
