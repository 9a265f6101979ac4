"""What changed in the register of organizations and posts, as far as a capacity may see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from audit.actors import Actor
from intranet.access.roles import ORGANIZATION_POSTS, Capacity
from intranet.clock.changes import Change, Row, Source, columns, newest_events

from .models import EntryKind, ParticipationEntry, Post
from .models.ledger import NOUNS
from .names import shown_name
from .policy import OVERSEERS

OWN = ORGANIZATION_POSTS | {Capacity.SIGNER, Capacity.MEMBER}
FOR_ALL = (
    EntryKind.ENDORSED,
    EntryKind.WITHDRAWN,
)  # who takes part is known to all; a suspension goes to the office


def register_of(actor: Actor, since: datetime) -> QuerySet[Any]:
    """Entries in effect that were recorded since, those of the actor's own hand left out."""
    entries = ParticipationEntry.objects.filter(in_effect=True, recorded_at__gt=since)
    if actor.user_id is not None:
        entries = entries.exclude(recorded_by_id=actor.user_id)
    if actor.capacity not in OVERSEERS:
        entries = entries.filter(Q(kind__in=FOR_ALL) | Q(organization_id=actor.organization_id))
    return columns(entries, "recorded_at", ref="pk", label=shown_name(), word="kind")


def show_entry(row: Row) -> Change:
    """ "Endorsement: Example Agency"."""
    noun: StrOrPromise = NOUNS[EntryKind(row.word)]
    return Change(f"{noun}: {row.label}", reverse("endorsements"), row.at)


def posts(actor: Actor, since: datetime) -> QuerySet[Any] | None:
    """Posts that were filled or ended: of the own organization, of all for coordination, office and auditors."""
    chosen = Q(object_type="post", action__in=("post.appoint", "post.end"))
    if actor.capacity not in OVERSEERS:
        if actor.capacity not in OWN or actor.organization_id is None:
            return None
        own = Post.objects.filter(organization_id=actor.organization_id)
        chosen &= Q(object_id__in=own.values(as_text=Cast("pk", CharField())))
    post = Post.objects.filter(pk=Cast(OuterRef("object_id"), UUIDField())).values("capacity")
    return newest_events(actor, since, chosen, more=Subquery(post))


def show_post(row: Row) -> Change:
    """The post in the reader's language and its holder, as the event names them."""
    _post, _colon, holder = row.label.partition(": ")
    label = f"{Capacity(row.more).label}: {holder}" if holder and row.more else row.label
    sentence = _("Post filled: %(post)s") if row.word == "post.appoint" else _("Post ends: %(post)s")
    return Change(sentence % {"post": label}, reverse("network"), row.at)


SOURCES = (Source("register", register_of, show_entry), Source("posts", posts, show_post))
