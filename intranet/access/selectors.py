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
    invitation: Invitation | None = None  # the newest one, for its history


def account_rows(now: datetime) -> list[AccountRow]:
    """All accounts by name; two queries whatever their number."""
    users = User.objects.annotate(
        set_up=Exists(Authenticator.objects.filter(user=OuterRef("pk"), confirmed=True))
    ).order_by("last_name", "first_name", "email")
    newest = {i.user_id: i for i in Invitation.objects.order_by("sent_at")}
    return [_row(user, newest.get(user.pk), now) for user in users]


def _row(user: User, newest: Invitation | None, now: datetime) -> AccountRow:
    if not user.is_active:
        return AccountRow(user, _("deactivated"), invitation=newest)
    if newest is not None and newest.state == Invitation.State.OPEN:
        state = _("invited") if newest.is_valid(now) else _("invitation ended unused")
        return AccountRow(user, state, newest.expires_at, newest)
    state = _("set up") if getattr(user, "set_up", False) else _("second factor not set up")
    return AccountRow(user, state, invitation=newest)
