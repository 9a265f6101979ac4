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
from intranet.files.store import Upload as Upload
from intranet.workflow.runner import Outcome, perform
from protocol_pages.editions.models import Edition

from .models import (
    EntryKind,
    Organization,
    ParticipationEntry,
    Person,
    Post,
    SigningAuthority,
    SuspensionScope,
)
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
    scope: str = SuspensionScope.ALL.value
    review_on: date | None = None
    notifications_continue: bool = True
    breach_reference: str = ""
    office_involved: bool = False


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
    post: Post,
    ends_on: date,
    actor: Actor,
    now: datetime,
    note: str = "",
    key: UUID | None = None,
    ends_at: datetime | None = None,
) -> Post:
    """The post's last day, which may lie ahead; ``ends_at``: the instant (UTC) of it at which access stops."""
    data = {"ends_on": ends_on, "ends_at": ends_at}
    return _obj(perform(post, "end", actor, now, note, data, key), Post)


def record_authority(
    organization: Organization,
    person: Person,
    instrument: str,
    begins_on: date,
    actor: Actor,
    now: datetime,
    ends_on: date | None = None,
    file: Upload | None = None,
    received_how: str = "",
    received_on: date | None = None,
    key: UUID | None = None,
) -> SigningAuthority:
    """``person`` may endorse for ``organization``: given by the Head of Agency (D19).

    With ``received_how`` it is recorded from an instrument that arrived outside on ``received_on``, and
    counts only after somebody else confirmed it (D17).
    """
    authority = SigningAuthority(
        organization=organization,
        person=person,
        instrument=instrument.strip(),
        begins_on=begins_on,
        ends_on=ends_on,
        received_how=received_how,
        received_on=received_on,
    )
    action = "record_received" if received_how else "record"
    return _obj(perform(authority, action, actor, now, data={"file": file}, key=key), SigningAuthority)


def answer_authority(
    authority: SigningAuthority,
    confirmed: bool,
    actor: Actor,
    now: datetime,
    note: str = "",
    key: UUID | None = None,
) -> SigningAuthority:
    """Confirm or deny an authority that somebody else recorded from outside (D17)."""
    action = "confirm" if confirmed else "deny"
    return _obj(perform(authority, action, actor, now, note, key=key), SigningAuthority)


def end_authority(
    authority: SigningAuthority,
    ends_on: date,
    actor: Actor,
    now: datetime,
    note: str = "",
    key: UUID | None = None,
) -> SigningAuthority:
    """The authority's last day; what was signed under it stays signed."""
    return _obj(perform(authority, "end", actor, now, note, {"ends_on": ends_on}, key), SigningAuthority)


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
    return entry_of(perform(organization, "endorse", actor, now, data=data, key=key))


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
    return entry_of(perform(organization, "withdraw", actor, now, data=data, key=key))


def suspend(
    organization: Organization,
    actor: Actor,
    now: datetime,
    *,
    reason: str,
    effective_on: date,
    statement: str = "",
    review_on: date | None = None,
    scope: str = SuspensionScope.ALL.value,
    notifications_continue: bool = True,
    renew: bool = False,
    key: UUID | None = None,
) -> ParticipationEntry:
    """Suspend sharing by communication to the office (§4.f).

    ``reason``: SuspensionReason; ``scope``: SuspensionScope; ``review_on``: when the organization expects to
    review it; ``notifications_continue``: whether it goes on notifying allegations (§4.0) meanwhile.
    ``renew``: it is suspended already and says anew what holds, with another review, scope or reason.
    """
    data = {
        "reason": reason,
        "effective_on": effective_on,
        "statement": statement,
        "review_on": review_on,
        "scope": scope,
        "notifications_continue": notifications_continue,
    }
    action = "renew_suspension" if renew else "suspend"
    return entry_of(perform(organization, action, actor, now, data=data, key=key))


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
    return entry_of(perform(organization, "resume", actor, now, data=data, key=key))


def record_endorsement_received_outside(
    organization: Organization,
    edition: Edition,
    received: Received,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> ParticipationEntry:
    """A signed paper, mail or letter; counts from the day of its signature once confirmed (D17, D18)."""
    return record_received(organization, EntryKind.ENDORSED, received, actor, now, key, {"edition": edition})


def record_withdrawal_received_outside(
    organization: Organization, received: Received, actor: Actor, now: datetime, key: UUID | None = None
) -> ParticipationEntry:
    """In the signer's name; takes effect after its confirmation (D17)."""
    return record_received(organization, EntryKind.WITHDRAWN, received, actor, now, key)


def record_suspension_received_outside(
    organization: Organization, received: Received, actor: Actor, now: datetime, key: UUID | None = None
) -> ParticipationEntry:
    """Takes effect at once (D17)."""
    return record_received(organization, EntryKind.SUSPENDED, received, actor, now, key)


def record_resumption_received_outside(
    organization: Organization, received: Received, actor: Actor, now: datetime, key: UUID | None = None
) -> ParticipationEntry:
    """Takes effect after its confirmation."""
    return record_received(organization, EntryKind.RESUMED, received, actor, now, key)


_ACTIONS = {
    EntryKind.ENDORSED: "endorsement",
    EntryKind.WITHDRAWN: "withdrawal",
    EntryKind.SUSPENDED: "suspension",
    EntryKind.RESUMED: "resumption",
    EntryKind.FLOW_STOPPED: "flow_stop",
    EntryKind.FLOW_RESUMED: "flow_resumption",
}


def action_for(verb: str, kind: str) -> str:
    """Name of the transition: ``record_``, ``confirm_`` or ``deny_`` with the kind of entry."""
    return f"{verb}_{_ACTIONS[EntryKind(kind)]}"


def record_received(
    organization: Organization,
    kind: EntryKind,
    received: Received,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
    more: Mapping[str, Any] | None = None,
    renew: bool = False,
) -> ParticipationEntry:
    """What arrived outside: a stop takes effect at once, everything else after its confirmation (D17).

    ``renew``: of a suspension that holds and is said anew, with another review, scope or reason; it takes effect
    at once too, unless it covers less than before.
    """
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
        "scope": received.scope,
        "review_on": received.review_on,
        "notifications_continue": received.notifications_continue,
        "breach_reference": received.breach_reference,
        "office_involved": received.office_involved,
        "file": received.file,
        **(more or {}),
    }
    action = "record_renewal" if renew else action_for("record", kind)
    return entry_of(perform(organization, action, actor, now, data=data, key=key))


def confirm_received(
    entry: ParticipationEntry, actor: Actor, now: datetime, key: UUID | None = None
) -> ParticipationEntry:
    """Confirm what somebody else recorded from outside; returns the entry that takes effect (D17)."""
    data = {"entry": entry, "kind": entry.kind}
    action = action_for("confirm", entry.kind)
    return entry_of(perform(entry.organization, action, actor, now, data=data, key=key))


def deny_received(
    entry: ParticipationEntry, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> ParticipationEntry:
    """Say that what was recorded from outside did not happen so; it never takes effect."""
    data = {"entry": entry, "kind": entry.kind}
    action = action_for("deny", entry.kind)
    return entry_of(perform(entry.organization, action, actor, now, note, data, key))


def entry_of(outcome: Outcome) -> ParticipationEntry:
    """The entry that an act wrote, also when the same form came twice."""
    assert outcome.event is not None
    return ParticipationEntry.objects.select_related("organization", "signer").get(
        pk=outcome.event.data["entry"]
    )


def _obj(outcome: Outcome, kind: type[Any]) -> Any:
    assert isinstance(outcome.obj, kind)
    return outcome.obj
