"""The address with which somebody signs in: changed by the account's owner, or before the account was ever used.

Nobody else changes it: who could, could have a new password sent to themselves (trap 16, D10).
"""

from __future__ import annotations

from datetime import datetime

from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.actors import Actor
from intranet.workflow.machine import Decision
from intranet.workflow.runner import Refused, check_step_up

from . import attempts, invitations
from .models import User
from .second_factor import is_set_up


def is_taken(address: str, besides: User | None = None) -> bool:
    """Whether another account signs in with ``address``."""
    owner = User.objects.filter(email=address.strip().lower()).first()
    return owner is not None and owner != besides


def never_used(user: User) -> bool:
    """Nobody has ever come in with it: there is nothing to take over. A technical account is always in use."""
    return not user.is_superuser and not user.has_usable_password() and not is_set_up(user)


def follow_correction(user: User, address: str, actor: Actor, at: datetime) -> bool:
    """Before the account was ever used, its address is the person's; an open invitation is withdrawn.

    Call inside a transaction and ``acting(actor)``. False, and nothing changed, once it was used.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    if not never_used(locked) or is_taken(address, locked):
        return False
    invitations.void_open(locked)
    _write(locked, user, address)
    attempts.noted(actor, at, "access.address_before_use")
    return True


def follow_name(user: User, name: str) -> None:
    """The account carries the person's corrected name: under it, later acts are noted."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    given, _space, family = name.strip().partition(" ")
    locked.first_name, locked.last_name = given[:80], family.strip()[:80]
    locked.save(update_fields=["first_name", "last_name"])
    user.first_name, user.last_name = locked.first_name, locked.last_name


def take_as_owner(user: User, address: str, actor: Actor, at: datetime) -> None:
    """The owner, signed in with a fresh code (D11), signs in with ``address`` from now on.

    Whether the address is the owner's is for the caller to know. Raises Refused, ValidationError.
    """
    validate_email(address)
    for decision in (_owner(user, actor), check_step_up(actor, at), _free(user, address)):
        if not decision.allowed:
            attempts.noted(actor, at, "access.address_changed", done=False, reason=str(decision.reason))
            raise Refused(decision.reason, decision.rule, "step_up" if decision.rule == "D11" else "guard")
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        before = locked.email
        attempts.tell(
            locked,
            at,
            "address_changed",
            gettext_lazy("The address of your account was changed"),
            gettext_lazy(
                "From now on you sign in with another address. If it was not you, tell the PSEA Coordinator."
            ),
        )
        _write(locked, user, address)
        attempts.noted(actor, at, "access.address_changed", reason=f"{before} → {locked.email}")


def _owner(user: User, actor: Actor) -> Decision:
    if actor.user_id is not None and actor.user_id == user.pk:
        return Decision(True)
    return Decision(
        False, _("Only the owner of an account changes the address with which it signs in."), "D10"
    )


def _free(user: User, address: str) -> Decision:
    if not is_taken(address, user):
        return Decision(True)
    return Decision(False, _("E-mail: another account signs in with this address."), "D10")


def _write(locked: User, user: User, address: str) -> None:
    locked.email = user.email = address.strip().lower()
    locked.save(update_fields=["email"])
