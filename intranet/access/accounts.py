"""Accounts: opened for a person, invited, deactivated, opened again. Each act is an event (D15)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import ledger
from audit.actors import SYSTEM, Actor, acting
from audit.ledger import Subject
from intranet.workflow.machine import ALLOWED, Decision
from intranet.workflow.runner import Outcome, Refused, check_step_up, perform

from . import attempts, invitations, inviters
from .models import Invitation, User
from .roles import COORDINATION


def open_account(email: str, given: str, family: str, actor: Actor, at: datetime) -> User:
    """The account with this address: the existing one, or a new one that nobody can sign in to yet.

    Raises ValidationError for an address that is none, Refused for who may not.
    """
    address = email.strip().lower()
    validate_email(address)
    existing = User.objects.filter(email=address).first()
    if existing is not None:
        return existing
    subject = Subject("account", "", address)
    _demand(inviters.may_open(actor, address, at), actor, at, "account.open", subject)
    with transaction.atomic():
        user = User.objects.create_user(address, None, first_name=given.strip(), last_name=family.strip())
        _note(actor, at, "account.open", user)
    return user


def make_technical(user: User, actor: Actor, at: datetime) -> None:
    """A technical superuser: without any capacity, and never somebody's own account. Only on the server."""
    subject = Subject("account", str(user.pk), user.label)
    if actor.capacity != SYSTEM or user.has_usable_password():
        reason = _("A technical account stands alone and is made on the server only.")
        _demand(Decision(False, reason, "D16"), actor, at, "account.technical", subject)
    with transaction.atomic():
        user.is_superuser = user.is_staff = True
        user.save(update_fields=["is_superuser", "is_staff"])
        _note(actor, at, "account.technical", user)


def invite(
    user: User, actor: Actor, at: datetime, *, language: str = "en", key: UUID | None = None
) -> Outcome:
    """Send a new invitation; an earlier one is worth nothing from now on. Needs a fresh code (D11).

    Refused for an account that was ever set up: using an invitation replaces password and second
    factor, which takes two people (``recover``).
    """
    return perform(Invitation(user=user, language=language), "invite", actor, at, key=key)


def recover(user: User, actor: Actor, at: datetime, *, language: str = "en", address: str = "") -> Invitation:
    """A one-time link for an account whose phone and codes are lost; all its sessions end now.

    ``address``: where the person is reached now, if not at the account's own; from the link's use on it is
    the account's. Refused unless a floor above says that one person vouched and this other one confirms,
    or on the server. Password and second factor are replaced when the link is used.
    """
    other = address.strip().lower()
    with transaction.atomic():
        invitation = Invitation(
            user=user,
            language=language,
            purpose=Invitation.Purpose.RECOVERY,
            address="" if other == user.email else other,
        )
        if invitation.address:
            attempts.tell(
                user,
                at,
                "recovery_elsewhere",
                gettext_lazy("A way back into your account goes to another address"),
                gettext_lazy(
                    "The loss of your phone was confirmed. If you lost nothing, tell the PSEA Coordinator at once."
                ),
            )
        made: Invitation = perform(invitation, "recover", actor, at).obj
        end_sessions(user)
    return made


def end_sessions(user: User) -> None:
    """Every session of the account ends with its next request."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    locked.end_sessions()
    locked.save(update_fields=["session_stamp"])
    user.session_stamp = locked.session_stamp


def end_other_sessions(user: User, actor: Actor, at: datetime) -> None:
    """The person's own wish: everywhere but where the caller keeps the session going."""
    with transaction.atomic():
        end_sessions(user)
        attempts.noted(actor, at, "access.sessions_ended")


def accept(invitation: Invitation, password: str, at: datetime) -> User:
    """The invited person's password is set; the first enrolment follows. Raises Refused."""
    outcome = perform(
        invitation, "accept", attempts.account_actor(invitation.user), at, data={"password": password}
    )
    user: User = outcome.obj.user
    attempts.tell(
        user,
        at,
        "invitation_used",
        gettext_lazy("Your invitation was used"),
        gettext_lazy(
            "A password was chosen for your account. If it was not you, tell the PSEA Coordinator at once."
        ),
    )
    return user


def deactivate(user: User, actor: Actor, at: datetime, reason: str) -> None:
    """All access ends with the next request; the account stays, because evidence names it."""
    _change_standing(user, actor, at, reason, active=False)


def reactivate(user: User, actor: Actor, at: datetime, reason: str) -> None:
    """The account may be used again, with what protected it; a lost phone goes its own way (two people)."""
    _change_standing(user, actor, at, reason, active=True)


def end_access(user: User, ends_at: datetime, actor: Actor, at: datetime, reason: str) -> None:
    """Access ends at the instant ``ends_at`` (UTC), which may lie ahead; derived, so no job is needed.

    For the service that has asked already whether the actor may let the person go.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    locked.access_ends_at = ends_at
    if ends_at <= at:
        locked.end_sessions()
    locked.save(update_fields=["access_ends_at", "session_stamp"])
    user.access_ends_at, user.session_stamp = locked.access_ends_at, locked.session_stamp
    _note(actor, at, "account.end_access", user, reason, {"ends_at": ends_at.isoformat()})
    if ends_at <= at:
        _close_ways_in(user, actor, at, reason)


def stays(user: User, actor: Actor, at: datetime) -> None:
    """An end of access that still lies ahead is called off: the person has something else to act for.

    For the service that has asked already whether the actor may appoint the person.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.access_ends_at is None or locked.access_ends_at <= at:
        return
    locked.access_ends_at = user.access_ends_at = None
    locked.save(update_fields=["access_ends_at"])
    _note(actor, at, "account.stays", user)


def _change_standing(user: User, actor: Actor, at: datetime, reason: str, *, active: bool) -> None:
    action = "account.reactivate" if active else "account.deactivate"
    subject = Subject("account", str(user.pk), user.label)
    _demand(_coordination(actor), actor, at, action, subject)
    _demand(check_step_up(actor, at), actor, at, action, subject, "step_up")
    if user.is_superuser and actor.capacity != SYSTEM:
        _demand(
            Decision(False, _("Technical accounts are changed on the server only.")),
            actor,
            at,
            action,
            subject,
        )
    if user.pk == actor.user_id:
        _demand(Decision(False, _("Nobody deactivates their own account.")), actor, at, action, subject)
    if not reason.strip():
        raise ValidationError({"reason": _("Reason: write why, in one sentence.")})
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        stays_on = active and locked.is_open(at)  # only a leaving is called off: nothing is interrupted
        if not stays_on:
            locked.end_sessions()
        locked.is_active = active
        locked.access_ends_at = None if active else locked.access_ends_at
        locked.save(update_fields=["is_active", "access_ends_at", "session_stamp"])
        user.is_active, user.session_stamp = locked.is_active, locked.session_stamp
        user.access_ends_at = locked.access_ends_at
        _note(actor, at, action, user, reason.strip())
        if not stays_on:
            _close_ways_in(user, actor, at, reason.strip())


def _close_ways_in(user: User, actor: Actor, at: datetime, reason: str) -> None:
    """Links from before a closing are worth nothing, also when the account is opened again."""
    with acting(actor, reason):
        invitations.void_open(user)
    inviters.tell_closed(user, actor, at)


def _coordination(actor: Actor) -> Decision:
    if actor.capacity in COORDINATION or actor.capacity == SYSTEM:
        return ALLOWED
    return Decision(False, _("Only the PSEA Coordinator opens and closes accounts."), "D10")


def _demand(
    decision: Decision, actor: Actor, at: datetime, action: str, subject: Subject, code: str = "policy"
) -> None:
    if decision.allowed:
        return
    event = ledger.record(
        now=at,
        actor=actor,
        action=action,
        subject=subject,
        clause=decision.rule or "D10",
        outcome="refused",
        reason=str(decision.reason),
    )
    raise Refused(decision.reason, decision.rule or "D10", code, event)


def _note(
    actor: Actor,
    at: datetime,
    action: str,
    user: User,
    reason: str = "",
    data: dict[str, str] | None = None,
) -> None:
    ledger.record(
        now=at,
        actor=actor,
        action=action,
        subject=Subject("account", str(user.pk), user.label),
        clause="D10",
        reason=reason,
        data=data or {},
    )
