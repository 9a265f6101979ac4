"""Tests run as the application's role on clones of one migrated template."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tests.services.postgres import TEMPLATE, Cluster


def one(query: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone()
    assert row is not None
    return row[0]


@pytest.mark.rule("D14")
@pytest.mark.django_db
def test_the_tests_are_the_application_role_and_cannot_truncate() -> None:
    assert one("SELECT current_user") == "psea_app"
    assert one("SELECT count(*) FROM pg_class WHERE relowner = 'psea_app'::regrole") == 0
    before = one("SELECT count(*) FROM django_content_type")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        one("TRUNCATE django_content_type CASCADE")
    assert one("SELECT count(*) FROM django_content_type") == before


@pytest.mark.rule("D14")
@pytest.mark.django_db
def test_no_table_at_all_may_be_truncated_or_altered_by_the_application_role() -> None:
    query = (
        "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND {}"
    )
    assert one(query.format("true")) > 50
    assert one(query.format("has_table_privilege('psea_app', oid, 'TRUNCATE')")) == 0
    assert one(query.format("relowner <> 'psea_owner'::regrole")) == 0


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_what_one_test_commits_the_next_one_does_not_see(turn: int) -> None:
    assert not Group.objects.filter(name__startswith="committed").exists()
    Group.objects.create(name=f"committed by {turn}")
    assert Group.objects.filter(name__startswith="committed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_has_a_database_of_its_own_with_the_migrated_rows(cluster: Cluster) -> None:
    name = one("SELECT current_database()")
    assert str(name).startswith("test_clone_own_")
    with cluster.connect(TEMPLATE) as owner:
        row = owner.execute("SELECT count(*) FROM django_migrations").fetchone()
    assert row is not None
    assert one("SELECT count(*) FROM django_migrations") == row[0] > 100


@pytest.mark.django_db(transaction=True)
def test_a_copy_of_the_template_gives_the_application_no_right_of_the_tests() -> None:
    # A rehearsal may copy the tests' template: what only tests may do is granted in their clones alone.
    assert one("SELECT has_table_privilege('psea_app', 'audit_event', 'MAINTAIN')") is False
