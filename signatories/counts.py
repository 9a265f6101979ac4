"""Numbers of this floor that Home asks for first: people, posts, papers that wait, open things."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Value

from audit.actors import Actor
from intranet.access.roles import COORDINATION, OFFICE, Capacity
from intranet.clock.pulse import number_of

from . import directory, open_things
from .accounts.selectors import came_back
from .days import network_day
from .policy import CONFIRMERS, RECORDERS
from .selectors import failing_people, waiting_entries


def counts(actor: Actor, now: datetime) -> dict[str, Any]:
    """``came_back``, ``repairs``, ``vacancies``, ``papers_waiting``, the open things, where they are the actor's."""
    day = network_day(now)
    own = actor.organization_id
    wanted: dict[str, Any] = {}
    if actor.capacity == Capacity.HEAD_OF_AGENCY:
        wanted["came_back"] = number_of(came_back(own))
    if actor.capacity in COORDINATION:
        wanted["repairs"] = number_of(failing_people())
        asked, held = directory.posts_expected(day)
        posts = Value(len(directory.EXPECTED_POSTS))
        wanted["vacancies"] = number_of(asked) * posts - number_of(held)
    if actor.capacity in CONFIRMERS | RECORDERS:
        papers = waiting_entries()
        everybodys = actor.capacity in OFFICE | RECORDERS
        wanted["papers_waiting"] = number_of(papers if everybodys else papers.filter(organization=own))
    return wanted | open_things.counts(actor, day)
