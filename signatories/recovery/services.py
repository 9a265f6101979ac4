"""What people do about a lost phone. Through the runner; all raise ``runner.Refused`` with a sentence.

``now`` and ``actor`` are explicit; ``key`` is a form's own random id. Vouching, recording a letter and
confirming need a fresh code (D11).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audit import ledger
from audit.actors import SYSTEM, Actor, system_actor
from intranet.access import accounts
from intranet.access.models import Invitation, User
from intranet.workflow.runner import Refused, perform

from ..capacities import held
from ..models import Person
from . import notices, selectors
from .models import Recovery
from .ways import rule_for

JOB = system_actor("run_due")


@dataclass(frozen=True, slots=True)
class Identity:
    """How somebody convinced themselves: ``channel`` of ``models.Channel``, and what was compared."""

    channel: str
    compared: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter received outside the system (D17): from whom, when, the file as ``files.store`` takes it."""

    letter_from: str
    received_on: date
    file: tuple[str, bytes, str]


def _new(user: User, now: datetime) -> Recovery:
    """An unsaved one, on the way that the person's weightiest capacity asks for."""
    found = rule_for(held(user, now))
    person = Person.objects.filter(user=user).first()
    if found is None or person is None or user.is_superuser:
        raise Refused(
            _("This person holds no post now, so nobody can vouch. Fill a post first."), "D11", "guard"
        )
    for old in selectors.over(now):
        if old.user_id == user.pk:
            expire(old, now)
    rule, capacity = found
    assert capacity.organization_id is not None
    return Recovery(user=user, person=person, organization_id=capacity.organization_id, way=rule.way)


def report(user: User, actor: Actor, now: datetime, key: UUID | None = None) -> Recovery:
    """Somebody called: those who may vouch are asked."""
    return _row(perform(_new(user, now), "report", actor, now, key=key).obj)


def vouch(
    who: User | Recovery, identity: Identity, actor: Actor, now: datetime, key: UUID | None = None
) -> Recovery:
    """Vouch for an account that nobody reported yet, or for a report."""
    recovery = who if isinstance(who, Recovery) else _new(who, now)
    data = {"channel": identity.channel, "compared": identity.compared}
    return _row(perform(recovery, "vouch", actor, now, data=data, key=key).obj)


def record_letter(
    who: User | Recovery,
    letter: Letter,
    identity: Identity,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> Recovery:
    """Where nobody could vouch: the Head of Agency's letter, waiting for a confirmation by the office."""
    recovery = who if isinstance(who, Recovery) else _new(who, now)
    data = {
        "channel": identity.channel,
        "compared": identity.compared,
        "letter_from": letter.letter_from,
        "received_on": letter.received_on,
        "file": letter.file,
    }
    return _row(perform(recovery, "record_letter", actor, now, data=data, key=key).obj)


def confirm(
    recovery: Recovery, identity: Identity, actor: Actor, now: datetime, key: UUID | None = None
) -> Recovery:
    """The second person's word: sessions end, the link goes out."""
    data = {"channel": identity.channel, "compared": identity.compared}
    return _row(perform(recovery, "confirm", actor, now, data=data, key=key).obj)


def stop(recovery: Recovery, actor: Actor, now: datetime, note: str, key: UUID | None = None) -> Recovery:
    """Not so, or not any more; a link that went out opens nothing."""
    return _row(perform(recovery, "stop", actor, now, note, key=key).obj)


def expire(recovery: Recovery, now: datetime) -> Recovery:
    """The clock's note that the time is up; whether it is up never waits for this."""
    return _row(perform(recovery, "expire", JOB, now).obj)


def link_used(invitation: Invitation, actor: Actor, now: datetime) -> None:
    """The doors say that a link was used."""
    recovery = Recovery.objects.filter(invitation=invitation).first()
    if recovery is not None:
        perform(recovery, "use", actor, now)


def account_closed(user: User, actor: Actor, now: datetime) -> None:
    """The doors say that an account was closed: what was under way ends."""
    recovery = selectors.live_of(user)
    if recovery is not None:
        clock = Actor(label=actor.label, capacity=SYSTEM, user_id=actor.user_id)
        perform(recovery, "stop", clock, now, _("The account was closed."))


def on_the_server(user: User, actor: Actor, now: datetime, reason: str) -> Invitation:
    """The last resort, for whoever runs the server: nobody is left who could vouch or record a letter.

    Refused while the way of two people is open. Told like any other act on the account.
    """
    found = rule_for(held(user, now))
    if not actor.is_system or found is None or user.is_superuser:
        raise Refused(_("This is not an account of somebody with a post."), "D11", "policy")
    if selectors.way_is_open(user, found[0], now):
        raise Refused(
            _("There are people who can vouch and confirm. Use “Lost phone and codes” in the intranet."),
            "D11",
            "guard",
        )
    with transaction.atomic():
        person = Person.objects.get(user=user)
        invitation = accounts.recover(user, actor, now, language=person.language, address=person.email)
        ledger.record(
            now=now,
            actor=actor,
            action="recovery.on_the_server",
            subject=ledger.Subject("account", str(user.pk), user.label),
            clause="D11",
            reason=reason,
        )
        notices.on_the_server(person, now)
    return invitation


def _row(obj: object) -> Recovery:
    assert isinstance(obj, Recovery)
    return obj
