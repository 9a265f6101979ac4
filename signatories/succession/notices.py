"""Notices of a succession: whoever holds the right hears of every step, so that nobody loses it silently."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from intranet.access.roles import Capacity
from intranet.workflow.registry import subject_of
from signatories.days import network_day
from signatories.models import Person
from signatories.selectors import coordination_people, office_people, posts_in
from signatories.telling import Words, tell

from .models import Succession
from .policy import FOOTNOTE

_UNDER_WAY = "succession_under_way"
_VERIFY = "succession_verify"
_CONFIRM = "succession_confirm"
_HELD = "succession_held"
_NOT_VERIFIED = "succession_not_verified"
_COMPLETE = "succession_complete"
_OVER = "succession_over"
_OVERDUE = "succession_overdue"


def _words(kind: str) -> tuple[str, str]:
    """Subject and line in the active language."""
    return {
        _UNDER_WAY: (
            _("A succession of the signer is under way"),
            _(
                "A letter of the Head of Agency names a successor of the signer. If it is not so, object to it."
            ),
        ),
        _VERIFY: (
            _("An identity waits for your verification"),
            _("A succession of a signer waits until the Coordinator and the office verified who is named."),
        ),
        _CONFIRM: (
            _("Something waits for your confirmation"),
            _(
                "A letter on the succession of a signer arrived outside the system; it waits for a confirmation."
            ),
        ),
        _HELD: (
            _("A succession of the signer is held"),
            _("Somebody objected to it. Nothing passes on; a new letter of the Head of Agency is needed."),
        ),
        _NOT_VERIFIED: (
            _("An identity could not be verified"),
            _("Nothing passes on. The page says why; a new letter of the Head of Agency may be sent."),
        ),
        _COMPLETE: (
            _("A succession of the signer is complete"),
            _("The signer’s right to withdraw passes on. The page names the day."),
        ),
        _OVER: (
            _("A succession of the signer is over"),
            _("It was denied, taken back or overtaken. Nothing passed on."),
        ),
        _OVERDUE: (
            _("Overdue: an identity waits for your verification"),
            _("The days to verify a succession of a signer have passed. Nothing follows from it by itself."),
        ),
    }[kind]


def under_way(succession: Succession, now: datetime) -> None:
    """The holder of the right, the Head of Agency and the successor; the verifiers for their part."""
    _own(_UNDER_WAY, succession, now)
    _network(_VERIFY, succession, now)


def confirmation_wanted(succession: Succession, now: datetime) -> None:
    """The own people and the office may confirm (D17)."""
    _own(_CONFIRM, succession, now)
    _tell(_CONFIRM, succession, office_people(network_day(now), now), now, own=False)


def held(succession: Succession, now: datetime) -> None:
    """Both are told, and those who verify."""
    _own(_HELD, succession, now)
    _network(_HELD, succession, now)


def not_verified(succession: Succession, now: datetime) -> None:
    """The organization may send again; the other side need not go on."""
    _own(_NOT_VERIFIED, succession, now)
    _network(_NOT_VERIFIED, succession, now)


def complete(succession: Succession, now: datetime) -> None:
    """Former and new holder, Head of Agency, coordination and office."""
    _own(_COMPLETE, succession, now)
    _network(_COMPLETE, succession, now)


def over(succession: Succession, now: datetime) -> None:
    """Denied, taken back or overtaken."""
    _own(_OVER, succession, now)
    _network(_OVER, succession, now)


def overdue(succession: Succession, now: datetime) -> int:
    """Once a letter, to those who verify; returns how many notices were written."""
    once = f"succession.overdue:{succession.pk}:{succession.letters}"
    return _network(_OVERDUE, succession, now, once)


def _own(kind: str, succession: Succession, now: datetime) -> None:
    former = succession.former or Person(name=succession.former_name, email=succession.former_email)
    heads = posts_in(succession.organization, network_day(now), {Capacity.HEAD_OF_AGENCY})
    people = [former, succession.successor, *(post.person for post in heads)]
    _tell(kind, succession, [person for person in people if person.email], now, own=True)


def _network(kind: str, succession: Succession, now: datetime, once: str = "") -> int:
    day = network_day(now)
    return _tell(
        kind,
        succession,
        [*coordination_people(day, now), *office_people(day, now)],
        now,
        own=False,
        once=once,
    )


def _tell(
    kind: str, succession: Succession, people: Iterable[Person], now: datetime, *, own: bool, once: str = ""
) -> int:
    return tell(
        kind,
        people,
        lambda: Words(*_words(kind), reverse("succession", args=[succession.pk])),
        now,
        rule=FOOTNOTE,
        about=subject_of(succession),
        organization=succession.organization if own else None,
        once=once or None,
    )
