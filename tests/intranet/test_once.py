"""What one page remembers while it is read, and that an act never works on remembered things."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from audit.actors import acting
from intranet.access.roles import Capacity
from intranet.network.models import NetworkSettings
from intranet.network.once import OnceMiddleware, once, reading
from tests.factories import make_user
from tests.personas import persona_actor

AT = datetime(2026, 1, 25, 7, 0, tzinfo=UTC)


def made_in(method: str) -> list[int]:
    """What two questions for the same thing get, inside one request of ``method``."""
    made: list[int] = []

    def ask() -> int:
        return once("thing", lambda: made.append(1) or len(made))

    def view(request: object) -> HttpResponse:
        answers.extend([ask(), ask()])
        return HttpResponse()

    answers: list[int] = []
    OnceMiddleware(view)(getattr(RequestFactory(), method)("/"))  # type: ignore[arg-type]
    return answers


def test_a_page_that_is_read_asks_once() -> None:
    assert made_in("get") == [1, 1]


def test_an_act_reads_afresh_each_time() -> None:
    assert made_in("post") == [1, 2]


def test_nothing_is_remembered_between_requests_or_outside_of_them() -> None:
    assert made_in("get") == made_in("get") == [1, 1]
    assert not reading()
    assert [once("x", lambda: 1), once("x", lambda: 2)] == [1, 2]


@pytest.mark.django_db
def test_a_change_is_seen_at_once_on_the_same_page() -> None:
    actor = persona_actor(Capacity.COORDINATOR, user=make_user())
    seen: list[str] = []

    def view(request: object) -> HttpResponse:
        seen.append(NetworkSettings.current().hotline)
        with acting(actor):
            NetworkSettings(at=AT, by="x", reason="x", hotline="1").save()
        seen.append(NetworkSettings.current().hotline)
        return HttpResponse()

    OnceMiddleware(view)(RequestFactory().get("/"))  # type: ignore[arg-type]
    assert seen == ["80069999", "1"]
