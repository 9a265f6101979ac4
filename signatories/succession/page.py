"""What the page of one succession shows, assembled with a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django_stubs_ext import StrOrPromise

from audit.actors import Actor
from intranet.clock.calendars import calendar_for
from intranet.papers.services import papers_about
from signatories.days import network_day
from signatories.models import Person

from . import deadlines, selectors
from .machine import SUCCESSIONS
from .models import IdentityCheck, Side, Succession, SuccessionState
from .policy import VERIFIERS, side_of

SHAPES = {
    SuccessionState.RECORDED: "soon",
    SuccessionState.VERIFYING: "soon",
    SuccessionState.HELD: "late",
    SuccessionState.NOT_VERIFIED: "late",
    SuccessionState.COMPLETE: "ok",
}
# Pages of acts, in the order of their buttons; the first that is open is the main one.
_PAGES = (
    ("confirm", "succession-confirm"),
    ("verify", "succession-verify"),
    ("could_not_verify", "succession-not-verified"),
    ("send_again", "succession-again"),
    ("record_again", "succession-again"),
    ("object", "succession-object"),
    ("record_objection", "succession-objection"),
    ("deny", "succession-deny"),
    ("take_back", "succession-take-back"),
)


@dataclass(frozen=True, slots=True)
class SideLine:
    """One side of the verification of the newest letter."""

    side: Side
    check: IdentityCheck | None


def context(succession: Succession, actor: Actor, now: datetime) -> dict[str, Any]:
    """Everything for ``succession/succession.html``."""
    letters = list(succession.letter_rows.select_related("file").order_by("-number"))
    checks = list(succession.checks.order_by("at"))
    newest = {check.side: check for check in checks if check.letter == succession.letters}
    party = selectors.is_party(succession, actor, network_day(now))
    return {
        "succession": succession,
        "shape": SHAPES.get(SuccessionState(succession.state), "quiet"),
        "letter": letters[0],
        "earlier": letters[1:],
        "sides": [SideLine(side, newest.get(side)) for side in Side],
        "earlier_checks": [check for check in checks if check.letter != succession.letters],
        "objections": list(succession.objections.select_related("file")),
        "due": deadlines.due(succession, calendar_for(), now),
        "overtaken": selectors.overtaken(succession) if succession.state in _OPEN else "",
        "acts": _acts(succession, actor, now, newest, letters[0].by_id, party),
        "party": party and actor.capacity in VERIFIERS and succession.state == SuccessionState.VERIFYING,
        "papers": papers_about(succession),
        "from_day": max(succession.from_on, network_day(now)),
    }


_OPEN = frozenset(
    {
        SuccessionState.RECORDED,
        SuccessionState.VERIFYING,
        SuccessionState.HELD,
        SuccessionState.NOT_VERIFIED,
    }
)


def _acts(
    succession: Succession,
    actor: Actor,
    now: datetime,
    newest: dict[str, IdentityCheck],
    recorder: Any,
    party: bool,
) -> list[tuple[StrOrPromise, str]]:
    """The buttons that lead somewhere for this actor; a guard may still refuse with its reason."""
    offers = {
        offer.transition.action: offer.transition.label
        for offer in SUCCESSIONS.offers(succession, actor, now)
        if offer.decision.allowed
    }
    closed = set()
    if party or side_of(actor) in newest or actor.user_id in {check.by_id for check in newest.values()}:
        closed |= {"verify", "could_not_verify"}
    successor: Person = succession.successor
    if actor.user_id in {recorder, successor.user_id}:
        closed |= {"confirm", "deny"}
    if actor.user_id == recorder:
        closed.add("object")
    return [
        (offers[action], reverse(name, args=[succession.pk]))
        for action, name in _PAGES
        if action in offers and action not in closed
    ]
