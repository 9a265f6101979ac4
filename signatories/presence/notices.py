"""Mails of the quarterly question: one line and a link, no names (D23)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from audit.ledger import Subject
from intranet.clock import wording

from ..days import network_day
from ..models import Organization, Person, Post
from ..selectors import coordination_people, heads_of
from ..telling import Words, tell
from .models import PresenceAnswer
from .rounds import Round

ASK, FLAG = "presence.ask", "presence.flag"


def mark(round_: Round, person: Person) -> str:
    """Under which a person's question of a round is written once, whatever the language."""
    return f"{ASK}:{round_.begins_on.isoformat()}:{person.pk}"


def ask(round_: Round, person: Person, now: datetime) -> int:
    """The question of a round."""

    def words() -> Words:
        day = wording.long_date(round_.last_day)
        return Words(
            _("Is this still you?"),
            _("Please say by %s whether you still hold your posts in the network. It is one question.") % day,
            reverse("still-you"),
        )

    return tell(ASK, [person], words, now, rule="D9", once=mark(round_, person))


def _list_words() -> Words:
    return Words(
        _("Posts that somebody has to look after"),
        _("Posts were not confirmed, or their holders said no. Nothing ends by itself; look at the list."),
        reverse("still-you-list"),
    )


def flag(round_: Round, organizations: Iterable[Organization], now: datetime) -> int:
    """Once a round: coordination, and each Head of Agency for the own organization."""
    day, begun = network_day(now), round_.begins_on.isoformat()
    written = tell(
        FLAG, coordination_people(day), _list_words, now, rule="D9", once=f"{FLAG}:{begun}:network"
    )
    heads = heads_of(organizations, day)
    for organization in organizations:
        if organization.pk in heads:
            written += tell(
                FLAG,
                [heads[organization.pk]],
                _list_words,
                now,
                rule="D9",
                organization=organization,
                once=f"{FLAG}:{begun}:{organization.pk}",
            )
    return written


def somebody_said_no(answer: PresenceAnswer, now: datetime) -> None:
    """Coordination and the Heads of Agency of the person's organizations, at once."""
    day = network_day(now)
    about = Subject("presenceanswer", str(answer.pk))
    tell(FLAG, coordination_people(day), _list_words, now, rule="D9", about=about)
    posts = Post.objects.filter(person=answer.person).select_related("organization")
    organizations = {post.organization for post in posts if post.held_on(day)}
    heads = heads_of(organizations, day)
    for organization in organizations:
        head = heads.get(organization.pk)
        if head is not None and head.pk != answer.person_id:
            tell(FLAG, [head], _list_words, now, rule="D9", about=about, organization=organization)
