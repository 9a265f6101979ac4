"""Inviting, accepting, withdrawing: the transition table of invitations."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audit.actors import SYSTEM, Actor
from audit.ledger import Subject
from intranet.notices import outbox
from intranet.workflow import registry
from intranet.workflow.machine import ALLOWED, NEW, Context, Decision, Machine, Transition

from . import inviters, links, second_factor
from .models import Invitation, User
from .roles import COORDINATION, Capacity


def find(token: str) -> Invitation | None:
    """The invitation that a link's token belongs to, whatever its state."""
    return Invitation.objects.select_related("user").filter(digest=links.digest_of(token)).first()


def may_invite(actor: Actor, obj: Invitation, now: datetime) -> Decision:
    """The Coordinator, a Head of Agency for posts of the own organization; the first account: the server."""
    decision = inviters.may_open(actor, obj.user.email, now)
    if decision.allowed and obj.user.is_superuser and actor.capacity != SYSTEM:
        return Decision(False, _("Technical accounts are invited on the server only."), "D16")
    return decision


def _may_recover(actor: Actor, obj: Invitation, now: datetime) -> Decision:
    if obj.user.is_superuser and actor.capacity != SYSTEM:
        return Decision(False, _("Technical accounts are invited on the server only."), "D16")
    return inviters.may_recover(actor, obj.user, now)


def _own(actor: Actor, obj: Invitation, now: datetime) -> Decision:
    if actor.user_id == obj.user_id:
        return ALLOWED
    return Decision(False, _("This invitation is for somebody else."), "D10")


def _may_view(actor: Actor, obj: Invitation, now: datetime) -> Decision:
    return ALLOWED if actor.capacity in COORDINATION | {Capacity.AUDITOR} else Decision(False)


def _still_valid(context: Context) -> Decision:
    if context.obj.is_valid(context.now):
        return ALLOWED
    return Decision(False, _("This invitation has come to its end. Ask the PSEA Coordinator for a new one."))


def _active(context: Context) -> Decision:
    if context.obj.user.is_open(context.now):
        return ALLOWED
    return Decision(False, _("This account is closed. Open it again first."))


def _never_set_up(context: Context) -> Decision:
    """One person alone never replaces password and second factor of an account in use.

    A technical account stands outside this: it holds no capacity, and the server is its only way.
    """
    if context.obj.user.is_superuser or not second_factor.is_set_up(context.obj.user):
        return ALLOWED
    return Decision(
        False,
        _(
            "This account is set up already, so there is nothing to invite to. For a lost phone use “Lost "
            "phone and codes”: it needs two people."
        ),
        "D11",
    )


def _still_needed(context: Context) -> Decision:
    """A first invitation that was overtaken by an enrolment opens nothing any more."""
    return ALLOWED if context.obj.purpose == Invitation.Purpose.RECOVERY else _never_set_up(context)


def is_usable(invitation: Invitation, now: datetime) -> bool:
    """Whether the link opens the page on which a password is chosen."""
    user = invitation.user
    recovers = invitation.purpose == Invitation.Purpose.RECOVERY or user.is_superuser
    return invitation.is_valid(now) and user.is_open(now) and (recovers or not second_factor.is_set_up(user))


def _prepare(context: Context) -> None:
    """Fill in the new invitation; an earlier open one is withdrawn."""
    invitation: Invitation = context.obj
    void_open(invitation.user)
    invitation.sent_at = context.now
    holds = timedelta(days=settings.INVITATION_DAYS)
    if invitation.purpose == Invitation.Purpose.RECOVERY:
        holds = timedelta(hours=settings.RECOVERY_LINK_HOURS)
    invitation.expires_at = context.now + holds
    invitation.digest = links.digest_of(links.token_of(invitation.seed))


def void_open(user: User) -> None:
    """The account's open link is worth nothing from now on; call inside ``acting(actor)``."""
    for earlier in Invitation.objects.filter(user=user, state=Invitation.State.OPEN):
        earlier.state = Invitation.State.WITHDRAWN
        earlier.save()


def _write_recovery_mail(context: Context) -> None:
    invitation: Invitation = context.obj
    with translation.override(invitation.language):
        text = gettext(
            "The loss of your phone was confirmed. Choose a new password and set up your new phone here, within "
            "%(hours)s hours:\n\n%(link)s\n\nThe link works once. Nobody will ask you for it. If you did not ask "
            "for this, do not use it and tell the PSEA Coordinator at once."
        )
        subject = gettext("Your way back into the intranet")
    _mail(context, "access.recovery", subject, text % _facts(hours=settings.RECOVERY_LINK_HOURS))


def _write_mail(context: Context) -> None:
    invitation: Invitation = context.obj
    with translation.override(invitation.language):
        text = gettext(
            "You are invited to the network's intranet. Choose your password and set up your second factor "
            "here, within %(days)s days:\n\n%(link)s\n\nThe link works once. Nobody will ask you for it."
        )
        subject = gettext("Your invitation")
    _mail(context, "access.invitation", subject, text % _facts(days=settings.INVITATION_DAYS))


def _facts(**numbers: int) -> dict[str, int | str]:
    return {**numbers, "link": outbox.PRIVATE_LINK}


def _mail(context: Context, kind: str, subject: str, text: str) -> None:
    """To the address of the account, or to where the person is reached now; in the person's language."""
    invitation: Invitation = context.obj
    letter = outbox.Letter(
        kind=kind,
        to=[invitation.address or invitation.user.email],
        subject=subject,
        text=text,
        language=invitation.language,
    )
    outbox.write(letter, context.now, about=Subject("invitation", str(invitation.pk)))


def _open_account(context: Context) -> None:
    """Set the password, forget what protected the account before, allow the first enrolment for a while."""
    invitation: Invitation = context.obj
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    invitation.used_at = context.now
    user.set_password(context.data["password"])
    second_factor.remove_devices(user)
    user.may_enrol_until = invitation.expires_at
    user.end_sessions()
    if invitation.address and not User.objects.filter(email=invitation.address).exclude(pk=user.pk).exists():
        user.email = invitation.address  # the link proved the mailbox, two people the person
    user.save()
    invitation.user = user


def _tell_the_floors_above(context: Context) -> None:
    inviters.tell_used(context.obj, context.actor, context.now)


MACHINE = Machine(
    name="invitation",
    states=dict(Invitation.State.choices),
    transitions=(
        Transition(
            "invite",
            _("Send an invitation"),
            (NEW,),
            Invitation.State.OPEN,
            "D10",
            may_invite,
            guards=(_active, _never_set_up),
            effects=(_prepare, _write_mail),
            step_up=True,
        ),
        Transition(
            "recover",
            _("Send a way back after a lost phone"),
            (NEW,),
            Invitation.State.OPEN,
            "D11",
            _may_recover,
            guards=(_active,),
            effects=(_prepare, _write_recovery_mail),
            step_up=True,
        ),
        Transition(
            "accept",
            _("Choose a password"),
            (Invitation.State.OPEN,),
            Invitation.State.USED,
            "D10",
            _own,
            guards=(_still_valid, _active, _still_needed),
            effects=(_open_account, _tell_the_floors_above),
        ),
        Transition(
            "withdraw",
            _("Withdraw the invitation"),
            (Invitation.State.OPEN,),
            Invitation.State.WITHDRAWN,
            "D10",
            may_invite,
        ),
    ),
)


def register() -> None:
    """Called once by the app's ``ready``."""
    said = registry.Said(
        noun=_("invitation"),
        fields={
            "user": _("account"),
            "purpose": _("what it is for"),
            "address": _("sent to"),
            "sent_at": _("sent at"),
            "expires_at": _("ends at"),
            "used_at": _("used at"),
        },
        hidden=frozenset({"seed", "digest"}),
        related=("user",),
        page=lambda invitation, actor: reverse("access:accounts"),
    )
    registry.register(
        registry.GovernedObject(Invitation, _may_view, lambda obj: str(obj.user.label), MACHINE)
    )
    registry.say({Invitation: said})
    registry.register_name(User, lambda user: user.label)
