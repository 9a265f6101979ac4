"""Statements keep the text of a query and never an answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.functions import Upper
from django.test.utils import CaptureQueriesContext

from intranet.access.models import User
from intranet.compiled import Statement
from tests.factories import make_user

pytestmark = pytest.mark.django_db
JOINED = datetime(2026, 1, 25, 7, 0, tzinfo=UTC)


def accounts(user: UUID, since: datetime) -> QuerySet[User, Any]:
    return (
        User.objects.filter(date_joined__gte=since)
        .exclude(pk=user)
        .order_by("email")
        .values_list("pk", "email", "date_joined", "is_active", Upper(Value("const")))
    )


def test_the_answer_is_the_orms_whatever_the_values() -> None:
    people = [make_user(date_joined=JOINED.replace(day=day)) for day in (24, 25, 26)]
    statement = Statement(accounts, user=UUID, since=datetime)
    for user in (people[0].pk, people[2].pk, uuid4()):
        for since in (JOINED, JOINED.replace(day=26), JOINED.replace(year=2030)):
            assert statement.rows(user=user, since=since) == list(accounts(user, since))


def test_it_is_written_once_asked_each_time_and_counted() -> None:
    built = []

    def build(user: UUID, since: datetime) -> QuerySet[User, Any]:
        built.append(user)
        return accounts(user, since)

    statement, nobody = Statement(build, user=UUID, since=datetime), uuid4()
    counts = []
    with CaptureQueriesContext(connection) as captured:
        for _number in range(4):
            counts.append(len(statement.rows(user=nobody, since=JOINED)))
            make_user()
    assert counts == [0, 1, 2, 3]
    assert len(built) == 1
    asked = [query["sql"] for query in captured.captured_queries if query["sql"].startswith("SELECT")]
    assert len(asked) == 4


def test_results_pass_through_the_fields_converters() -> None:
    from audit.models import Event

    statement = Statement(lambda: Event.objects.values_list("data", "at").order_by("-pk")[:3])
    assert statement.rows() == list(Event.objects.values_list("data", "at").order_by("-pk")[:3])


@pytest.mark.parametrize("build", [lambda user: User.objects.values_list("pk")])
def test_a_value_that_the_query_does_not_use_is_refused(build: Any) -> None:
    with pytest.raises(ValueError, match="cannot be kept"):
        Statement(build, user=UUID).rows(user=uuid4())


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        Statement(accounts, user=UUID, since=datetime).rows(user=uuid4())
