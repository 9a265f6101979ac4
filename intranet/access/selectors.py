"""Queries of the doors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from .devices import Authenticator
from .models import Invitation, User


@dataclass(frozen=True)
class AccountRow:
    """One account as the Coordinator sees it. ``until``: end of an open invitation, UTC."""

    user: User
    state: StrOrPromise
    until: datetime | None = None


def account_rows(now: datetime) -> list[AccountRow]:
    """All accounts by name; two queries whatever their number."""
    users = User.objects.annotate(
        set_up=Exists(Authenticator.objects.filter(user=OuterRef("pk"), confirmed=True))
    ).order_by("last_name", "first_name", "email")
    waiting = {i.user_id: i for i in Invitation.objects.filter(state=Invitation.State.OPEN)}
    return [_row(user, waiting.get(user.pk), now) for user in users]


def _row(user: User, invitation: Invitation | None, now: datetime) -> AccountRow:
    if not user.is_active:
        return AccountRow(user, _("deactivated"))
    if invitation is not None:
        state = _("invited") if invitation.is_valid(now) else _("invitation ended unused")
        return AccountRow(user, state, invitation.expires_at)
    if getattr(user, "set_up", False):
        return AccountRow(user, _("set up"))
    return AccountRow(user, _("second factor not set up"))
