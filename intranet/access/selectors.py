"""Queries of the doors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from intranet.notices import outbox

from .devices import Authenticator, BackupDevice
from .models import Invitation, User


class AccountState(StrEnum):
    """How far an account has come; derived, never stored."""

    DEACTIVATED = "deactivated"
    ENDED = "ended"  # a leaver's hour has passed
    INVITED = "invited"
    CAME_BACK = "came_back"  # the mail server refused the address of the invitation
    LAPSED = "lapsed"
    NOT_SET_UP = "not_set_up"
    SET_UP = "set_up"


_WORDS: dict[AccountState, tuple[StrOrPromise, str]] = {
    AccountState.DEACTIVATED: (_("deactivated"), "quiet"),
    AccountState.ENDED: (_("access ended"), "quiet"),
    AccountState.INVITED: (_("invited"), "none"),
    AccountState.CAME_BACK: (_("the mail came back"), "late"),
    AccountState.LAPSED: (_("invitation ended unused"), "soon"),
    AccountState.NOT_SET_UP: (_("second factor not set up"), "soon"),
    AccountState.SET_UP: (_("set up"), "ok"),
}


@dataclass(frozen=True)
class AccountRow:
    """One account as those who invite see it. ``until``: end of an open invitation, UTC."""

    user: User
    state: AccountState
    was_set_up: bool
    until: datetime | None = None
    invitation: Invitation | None = None  # the newest one, for its history

    @property
    def word(self) -> StrOrPromise:
        return _WORDS[self.state][0]

    @property
    def shape(self) -> str:
        return _WORDS[self.state][1]

    @property
    def is_open(self) -> bool:
        return self.state not in {AccountState.DEACTIVATED, AccountState.ENDED}

    @property
    def may_be_invited(self) -> bool:
        """Never set up and open: one person alone may send a link."""
        return self.is_open and not self.was_set_up

    @property
    def may_be_recovered(self) -> bool:
        """Set up and open: a lost phone takes two people."""
        return self.is_open and self.was_set_up


def account_rows(now: datetime, users: QuerySet[User] | None = None) -> list[AccountRow]:
    """Accounts by name, all or those of ``users``; two queries whatever their number."""
    own = OuterRef("pk")
    chosen = User.objects.all() if users is None else users
    marked = chosen.annotate(
        was_set_up=Q(set_up_at__isnull=False)
        | Exists(Authenticator.objects.filter(user=own))
        | Exists(BackupDevice.objects.filter(user=own)),
        set_up=Exists(Authenticator.objects.filter(user=own, confirmed=True)),
    ).order_by("last_name", "first_name", "email")
    accounts = list(marked)
    sent = Invitation.objects.filter(purpose=Invitation.Purpose.FIRST).order_by("sent_at")
    sent = sent.annotate(came_back=outbox.came_back("invitation"))
    if users is not None:
        sent = sent.filter(user__in=[user.pk for user in accounts])
    newest = {invitation.user_id: invitation for invitation in sent}
    return [_row(user, newest.get(user.pk), now) for user in accounts]


def _row(user: User, newest: Invitation | None, now: datetime) -> AccountRow:
    was_set_up = bool(getattr(user, "was_set_up", False))
    waiting = newest if newest is not None and newest.state == Invitation.State.OPEN else None
    until = waiting.expires_at if waiting is not None else None
    return AccountRow(user, _state(user, waiting, now), was_set_up, until, newest)


def _state(user: User, invitation: Invitation | None, now: datetime) -> AccountState:
    if not user.is_active:
        return AccountState.DEACTIVATED
    if not user.is_open(now):
        return AccountState.ENDED
    if invitation is not None:
        if getattr(invitation, "came_back", False):
            return AccountState.CAME_BACK
        return AccountState.INVITED if invitation.is_valid(now) else AccountState.LAPSED
    return AccountState.SET_UP if getattr(user, "set_up", False) else AccountState.NOT_SET_UP


def invitations_that_came_back() -> QuerySet[Invitation]:
    """Open invitations whose mail the server of the address refused for good."""
    return Invitation.objects.filter(
        outbox.came_back("invitation"), state=Invitation.State.OPEN
    ).select_related("user")
