"""Inviting, accepting, withdrawing: the transition table of invitations."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from audit.actors import SYSTEM, Actor
from audit.ledger import Subject
from intranet.notices import outbox
from intranet.workflow import registry
from intranet.workflow.machine import ALLOWED, NEW, Context, Decision, Machine, Transition

from . import links, second_factor
from .models import Invitation, User
from .roles import COORDINATION, Capacity


def find(token: str) -> Invitation | None:
    """The invitation that a link's token belongs to, whatever its state."""
    return Invitation.objects.select_related("user").filter(digest=links.digest_of(token)).first()


def may_invite(actor: Actor, obj: Invitation, now: datetime) -> Decision:
    """The Coordinator invites; the very first account comes from the command on the server."""
    if actor.capacity in COORDINATION or actor.capacity == SYSTEM:
        if obj.user.is_superuser and actor.capacity != SYSTEM:
            return Decision(False, _("Technical accounts are invited on the server only."), "D16")
        return ALLOWED
    return Decision(False, _("Only the PSEA Coordinator sends invitations."), "D10")


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
    if context.obj.user.is_active:
        return ALLOWED
    return Decision(False, _("This account is deactivated. Open it again first."))


def _prepare(context: Context) -> None:
    """Fill in the new invitation; an earlier open one is withdrawn."""
    invitation: Invitation = context.obj
    for earlier in Invitation.objects.filter(user=invitation.user, state=Invitation.State.OPEN):
        earlier.state = Invitation.State.WITHDRAWN
        earlier.save()
    invitation.sent_at = context.now
    invitation.expires_at = context.now + timedelta(days=settings.INVITATION_DAYS)
    invitation.digest = links.digest_of(links.token_of(invitation.seed))


def _write_mail(context: Context) -> None:
    invitation: Invitation = context.obj
    text = _t(
        "You are invited to the network's intranet. Choose your password and set up your second factor "
        "here, within %(days)s days:\n\n%(link)s\n\nThe link works once. Nobody will ask you for it."
    )
    outbox.write(
        outbox.Letter(
            kind="access.invitation",
            to=[invitation.user.email],
            subject=_t("Your invitation"),
            text=text % {"days": settings.INVITATION_DAYS, "link": outbox.PRIVATE_LINK},
            language=invitation.language,
        ),
        context.now,
        about=Subject("invitation", str(invitation.pk)),
    )


def _open_account(context: Context) -> None:
    """Set the password, forget what protected the account before, allow the first enrolment for a while."""
    invitation: Invitation = context.obj
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    invitation.used_at = context.now
    user.set_password(context.data["password"])
    second_factor.remove_devices(user)
    user.may_enrol_until = invitation.expires_at
    user.end_sessions()
    user.save()
    invitation.user = user


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
            guards=(_active,),
            effects=(_prepare, _write_mail),
            step_up=True,
        ),
        Transition(
            "accept",
            _("Choose a password"),
            (Invitation.State.OPEN,),
            Invitation.State.USED,
            "D10",
            _own,
            guards=(_still_valid, _active),
            effects=(_open_account,),
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
