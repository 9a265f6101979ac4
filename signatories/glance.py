"""What Home has to know of people, posts and accounts, in one query: only what is there is read in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Func, IntegerField, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from audit.actors import Actor
from intranet.access.models import User
from intranet.access.roles import COORDINATION, Capacity
from intranet.network.once import once

from . import directory
from .accounts.selectors import came_back
from .acknowledgements.selectors import waiting
from .days import network_day
from .presence import rounds
from .presence.selectors import flagged, silent
from .recovery.selectors import running
from .selectors import failing_people

KEEPERS = COORDINATION | {Capacity.HEAD_OF_AGENCY}


@dataclass(frozen=True)
class Glance:
    """``question``: the actor has to answer "is this still you?"; ``acknowledgement``: to confirm
    that the text is read and understood; the rest are numbers of rows to look at."""

    question: bool = False
    acknowledgement: bool = False
    lost_phones: int = 0
    unconfirmed: int = 0
    came_back: int = 0
    vacancies: int = 0
    repairs: int = 0


def glance(actor: Actor, now: datetime) -> Glance:
    """For the actor's capacity at ``now`` (UTC); read once a page. One query, and the settings."""
    key = ("glance", actor.user_id, actor.capacity, actor.organization_id, now)
    return once(key, lambda: _read(actor, now))


def _read(actor: Actor, now: datetime) -> Glance:
    day = network_day(now)
    wanted: dict[str, Any] = {"lost_phones": number_of(running(now))}
    round_ = rounds.current(day)
    if actor.user_id is not None:
        wanted["question"] = number_of(silent(round_, now).filter(user=actor.user_id))
        wanted["acknowledgement"] = number_of(waiting(now).filter(user=actor.user_id))
    if actor.capacity in KEEPERS:
        own = None if actor.capacity in COORDINATION else actor.organization_id
        wanted["unconfirmed"] = number_of(flagged(round_, now, own))
    if actor.capacity == Capacity.HEAD_OF_AGENCY:
        wanted["came_back"] = number_of(came_back(actor.organization_id))
    if actor.capacity in COORDINATION:
        wanted["repairs"] = number_of(failing_people())
        asked, held = directory.posts_expected(day)
        posts = Value(len(directory.EXPECTED_POSTS))
        wanted["vacancies"] = number_of(asked) * posts - number_of(held)
    base = User.objects.order_by("pk").only("pk")  # the numbers hang on no row, but SQL wants one
    found = base.filter(Q(pk=actor.user_id) if actor.user_id else Q()).annotate(**wanted).first()
    if found is None:
        return Glance()
    facts = {name: getattr(found, name) for name in wanted}
    own = {name: bool(facts.get(name)) for name in ("question", "acknowledgement")}
    return Glance(**facts | own)


def number_of(rows: QuerySet[Any]) -> Coalesce:
    """How many rows a query has, as a column of another one."""
    counted = rows.order_by().annotate(n=Func(F("pk"), function="COUNT")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
