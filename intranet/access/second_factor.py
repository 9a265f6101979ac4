"""Changes of an account's second factor: one transaction, an event and a mail each (A5, A7)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp import devices_for_user

from audit.actors import Actor
from intranet.workflow.machine import ALLOWED, Decision
from intranet.workflow.runner import Refused, check_step_up

from . import attempts
from .capacities import held_by
from .devices import Authenticator, BackupDevice
from .models import User
from .roles import COORDINATION, OFFICE_AND_ASSISTANTS

ENROL_AGAIN = timedelta(hours=1)  # after removing a factor of one's own will


def is_set_up(user: User) -> bool:
    """Whether the account was ever protected by a second factor; then one person alone cannot open it anew."""
    return user.set_up_at is not None or any(True for _device in devices_for_user(user))


def enrol(user: User, device: Authenticator, at: datetime, actor: Actor) -> tuple[Authenticator, list[str]]:
    """Save ``device`` as the account's only authenticator; ten new backup codes; all sessions end.

    A second device needs a fresh code: Refused otherwise, with nothing changed.
    """
    earlier = Authenticator.objects.filter(user=user)
    if earlier.exists():
        _demand_fresh_code(actor, at, "access.device_replaced")
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        replaced = earlier.exists()
        if replaced and not check_step_up(actor, at).allowed:
            raise Refused(_("Another device was set up meanwhile."), "D11", "step_up")
        earlier.delete()
        device.user = user
        device.save()
        codes = _codes(user)
        user.may_enrol_until = None
        user.set_up_at = user.set_up_at or at
        user.end_sessions()
        user.save(update_fields=["may_enrol_until", "set_up_at", "session_stamp"])
        attempts.noted(actor, at, "access.device_replaced" if replaced else "access.enrolled")
        attempts.tell(
            user,
            at,
            "factor_changed",
            gettext_lazy("An authenticator app was set up for your account"),
            gettext_lazy(
                "A new authenticator app protects your account, and there are new backup codes. All other "
                "sessions were ended. If it was not you, tell the PSEA Coordinator at once."
            ),
        )
    return device, codes


def accepts(user: User, code: str, at: datetime) -> bool:
    """Whether ``code`` is one of the account's authenticator now; it is used up, a wrong one counts (A12)."""
    with transaction.atomic():
        device = Authenticator.objects.select_for_update().filter(user=user, confirmed=True).first()
        accepted = device is not None and device.verify_token(code)
    actor = attempts.account_actor(user)
    attempts.noted(actor, at, "access.step_up" if accepted else "access.code", done=accepted)
    return accepted


def renew_codes(user: User, at: datetime, actor: Actor) -> list[str]:
    """Ten new backup codes in clear; the old ones are worth nothing. Raises Refused without a fresh code."""
    _demand_fresh_code(actor, at, "access.codes_renewed")
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        codes = _codes(user)
        attempts.noted(actor, at, "access.codes_renewed")
        attempts.tell(
            user,
            at,
            "codes_renewed",
            gettext_lazy("New backup codes for your account"),
            gettext_lazy(
                "New backup codes were made; the old ones no longer work. If it was not you, tell the PSEA "
                "Coordinator at once."
            ),
        )
    return codes


def may_disable(user: User, at: datetime) -> Decision:
    """Coordinator, office and technical staff cannot remove their own second factor."""
    bound = COORDINATION | OFFICE_AND_ASSISTANTS
    if user.is_superuser or any(held.capacity in bound for held in held_by(user, at)):
        return Decision(
            False,
            _("In your capacity the second factor cannot be removed; set up a new device instead."),
            "D11",
        )
    return ALLOWED


def disable(user: User, at: datetime, actor: Actor) -> None:
    """Remove authenticator and codes; all sessions end; a new one must be set up within the hour."""
    decision = may_disable(user, at)
    if not decision.allowed:
        event = attempts.noted(actor, at, "access.disabled", done=False, reason=str(decision.reason))
        raise Refused(decision.reason, decision.rule, "policy", event)
    _demand_fresh_code(actor, at, "access.disabled")
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        remove_devices(user)
        user.may_enrol_until = at + ENROL_AGAIN
        user.set_up_at = user.set_up_at or at
        user.end_sessions()
        user.save(update_fields=["may_enrol_until", "set_up_at", "session_stamp"])
        attempts.noted(actor, at, "access.disabled")
        attempts.tell(
            user,
            at,
            "factor_removed",
            gettext_lazy("The second factor of your account was removed"),
            gettext_lazy(
                "Sign in within one hour to set up a new one. If it was not you, tell the PSEA Coordinator at "
                "once."
            ),
        )


def remove_devices(user: User) -> None:
    """All second factors of an account, without any question asked: for services that asked already."""
    for device in devices_for_user(user, confirmed=None):
        device.delete()


def _codes(user: User) -> list[str]:
    holder, _created = BackupDevice.objects.get_or_create(user=user, defaults={"name": "backup"})
    return holder.renew()


def _demand_fresh_code(actor: Actor, at: datetime, action: str) -> None:
    decision = check_step_up(actor, at)
    if not decision.allowed:
        event = attempts.noted(actor, at, action, done=False, reason=str(decision.reason))
        raise Refused(decision.reason, decision.rule, "step_up", event)
