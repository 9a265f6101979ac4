"""Who hears what of a lost phone: the person, whoever vouched, whoever confirms. No names, no link for the person.

The person's link leaves by the doors' own private mail (``access.recovery``); here the person is only told,
so that an owner who lost nothing can stop it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from audit.ledger import Subject
from intranet.access.roles import COORDINATION, OFFICE

from ..days import network_day
from ..models import Person
from ..selectors import holders_of
from ..telling import Words, tell
from . import selectors
from .models import Recovery, RecoveryState
from .ways import rule_of

KIND = "lost_phone"
_TEXTS: dict[str, Callable[[], tuple[str, str]]] = {
    RecoveryState.OPEN: lambda: (
        _("A lost phone was reported"),
        _("A lost phone was reported and waits for somebody who vouches."),
    ),
    RecoveryState.VOUCHED: lambda: (
        _("A lost phone waits for its confirmation"),
        _("Somebody vouched for a person whose phone is lost; another person confirms."),
    ),
    RecoveryState.CONFIRMED: lambda: (
        _("A lost phone was confirmed"),
        _("A lost phone was confirmed by a second person; the link for a new phone is on its way."),
    ),
    RecoveryState.USED: lambda: (
        _("A new phone was set up after a loss"),
        _("The link after a lost phone was used; the account works again."),
    ),
    RecoveryState.REFUSED: lambda: (
        _("A lost phone was stopped"),
        _("Somebody stopped the way back after a lost phone; nothing was replaced."),
    ),
    RecoveryState.EXPIRED: lambda: (
        _("A lost phone ended unused"),
        _("The way back after a lost phone was not used in time; nothing was replaced."),
    ),
}


def step(recovery: Recovery, now: datetime) -> None:
    """The person, whoever took part, and whoever has to act next: once each, each in a letter of their own.

    A letter a person, because people of different organizations stand around one lost phone.
    """
    _write(recovery.person, recovery, now, own=True)
    taking_part = [recovery.voucher, recovery.confirmer, *_next(recovery, now)]
    for person in dict.fromkeys(taking_part):
        if person is not None and person.pk != recovery.person_id:
            _write(person, recovery, now)


def on_the_server(person: Person, now: datetime) -> None:
    """Coordination and office hear that an account was opened anew without two of them."""

    def words() -> Words:
        return Words(
            _("An account was opened anew on the server"),
            _("After a lost phone, because nobody in the network could vouch. The record names the reason."),
        )

    for other in holders_of(COORDINATION | OFFICE, network_day(now)):
        if other.pk != person.pk:
            tell(KIND, [other], words, now, rule="D11")


def _next(recovery: Recovery, now: datetime) -> list[Person]:
    """Who has to act: vouchers of a report (or who records the letter), confirmers of a voucher."""
    rule, day = rule_of(recovery.way), network_day(now)
    if recovery.state == RecoveryState.OPEN:
        found = selectors.vouchers_for(recovery.user, rule, now)
        return found or holders_of(rule.recorders, day)
    if recovery.state == RecoveryState.VOUCHED:
        return holders_of(rule.letter_confirmers if recovery.by_letter else rule.confirmers, day)
    if recovery.state in (RecoveryState.REFUSED, RecoveryState.EXPIRED):
        return holders_of(COORDINATION, day)
    return []


def _write(person: Person, recovery: Recovery, now: datetime, own: bool = False) -> None:
    def words() -> Words:
        subject, line = _TEXTS[recovery.state]()
        if own:
            concerned = _("It concerns your account.")
            stop = _("If you lost nothing, sign in and stop it, or tell the PSEA Coordinator at once.")
            used = recovery.state in (RecoveryState.USED, RecoveryState.REFUSED, RecoveryState.EXPIRED)
            return Words(subject, f"{line} {concerned}" if used else f"{line} {concerned} {stop}")
        return Words(subject, line, reverse("recovery", args=[recovery.pk]))

    tell(KIND, [person], words, now, rule="D11", about=Subject("recovery", str(recovery.pk)))
