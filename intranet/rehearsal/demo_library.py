"""The demo's library: the seeds' content, two meetings, a problem that a reader told, training returns (invented)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from forms_app.training import services as training
from forms_app.training.models import OBLIGED, Audience
from intranet.access.roles import Capacity
from protocol_pages import seeding
from protocol_pages.care import services as care
from protocol_pages.editions.selectors import edition_in_force
from protocol_pages.models import MeetingIndexPage, MeetingPage, ResourcePage
from signatories.acknowledgements import selectors as acknowledged
from signatories.acknowledgements import services as acknowledgements

from .stage import Stage

TRAINED = ("agency-a", "agency-b", "agency-c", "al-nahda", "two-rivers", "palm")
ATTENDED = ((22, 8, 0, 4, 2, 0, 0), (12, 30, 3, 0, 0, 5, 0), (9, 0, 0, 6, 11, 0, 0))


def plan(at: Callable[[date, int, Callable[[], object]], None], stage: Stage) -> None:
    """Everybody confirms the text on the first days, and again each year later, but for a few."""
    begun = stage.clock.today
    for days, but in ((1, 0), (367, 9), (733, 7)):
        at(begun + timedelta(days=days), 8, partial(_acknowledge, stage, but))


def _acknowledge(stage: Stage, but: int) -> None:
    """Every ``but``-th person has not (0: all have)."""
    edition = edition_in_force(stage.clock.today)
    waiting = set(acknowledged.waiting(stage.now).values_list("pk", flat=True))
    for number, member in enumerate(stage.members.values(), 1):
        if member.person.pk in waiting and not (but and number % but == 0):
            waiting.remove(member.person.pk)
            acknowledgements.acknowledge(
                member.person, edition.sha256, member.person.language, member.actor(stage.now), stage.now
            )


def fill(stage: Stage, editor: Any) -> None:
    """Everything at the end of the play; sessions lie in the months before."""
    seeding.load(stage.system, stage.clock.tick(), owner=editor)
    _meetings(stage, editor)
    page = ResourcePage.objects.get(slug="best-practice-guide-cbcm")
    reader = stage.actor("agency-a", Capacity.SECONDARY_FOCAL_POINT)
    care.report(page, "link", reader, stage.clock.tick())
    _training(stage)


def _meetings(stage: Stage, editor: Any) -> None:
    today = stage.clock.today
    index = MeetingIndexPage.objects.get()
    for days, title, minutes in (
        (
            -24,
            "Network meeting of last month (example)",
            "<p>Agreed: every member sends its training return.</p>",
        ),
        (10, "Next network meeting (example)", ""),
    ):
        begins = datetime.combine(today + timedelta(days=days), time(10), stage.clock.zone)
        items = [{"title": "Trends of the quarter", "clause": "6.3"}, {"title": "Training returns"}]
        page = MeetingPage(
            title=title,
            summary="Monthly meeting of focal points.",
            begins_at=begins,
            ends_at=begins + timedelta(hours=2),
            place="Baghdad and online (example)",
            agenda=json.dumps([{"type": "item", "value": item} for item in items]),
            minutes=minutes,
            owner=editor,
        )
        index.add_child(instance=page)
        page.save_revision(user=editor).publish(user=editor)


def _training(stage: Stage) -> None:
    today = stage.clock.today
    for number, key in enumerate(TRAINED):
        actor = stage.actor(key, Capacity.PRIMARY_FOCAL_POINT)
        organization = stage.organizations[key]
        for turn in range(2):
            counts = ATTENDED[(number + turn) % len(ATTENDED)]
            facts = training.Facts(
                title=("Basics for everybody (example)", "Focal points train their teams (example)")[turn],
                topics=("basics", "reporting"),
                mode=("in_person", "online")[turn],
                language="Arabic",
                held_on=today - timedelta(days=20 + 40 * turn + (400 if key == "palm" else 0)),
                organiser="PSEA network (example)",
                trainers=2,
                governorate=("Baghdad", "Erbil", "Basra")[number % 3],
                training_of_trainers=bool(turn),
            )
            attended = training.Attended(dict(zip(Audience.values, counts, strict=True)), sum(counts))
            training.record_session(organization, facts, attended, actor, stage.clock.tick())
        if key != "palm":
            _return(stage, key, number, date(today.year, 1, 1) if today.month == 1 else today)


def _return(stage: Stage, key: str, number: int, as_of: date) -> None:
    row = {"required": 40 + 7 * number, "valid": 30 + 6 * number, "expired": 4, "new": 2}
    actor = stage.actor(key, Capacity.HEAD_OF_AGENCY)
    figures = {a.value: row if n < 2 else dict.fromkeys(row, 0) for n, a in enumerate(OBLIGED)}
    training.send_return(stage.organizations[key], as_of.year, as_of, figures, actor, stage.clock.tick())
