"""Many new models of a migration at once: the tables of each, and nothing that stood is rendered again."""

from __future__ import annotations

import re

import pytest
from django.db import connection, models
from django.db.migrations.operations import AddField, CreateModel
from django.db.migrations.state import ProjectState

from audit.models_at_once import CreateModels

APP = "shelf"


def key() -> tuple[str, models.Field]:
    return "id", models.BigAutoField(primary_key=True)


def link(to: str) -> models.ForeignKey:
    return models.ForeignKey(f"{APP}.{to}", on_delete=models.CASCADE, null=True)


def tables(statements: list[str], word: str) -> list[str]:
    """The tables that ``CREATE TABLE`` or ``DROP TABLE`` statements name, in their order."""
    return re.findall(rf'^{word} TABLE "(\w+)"', "\n".join(statements), re.MULTILINE)


@pytest.mark.django_db
@pytest.mark.parametrize("rendered", [True, False])
def test_the_new_tables_come_and_go_and_old_models_stay_as_they_were(rendered: bool) -> None:
    first = CreateModel("Board", [key()])
    both = CreateModels(
        [CreateModel("Book", [key(), ("board", link("Board"))]), CreateModel("Page", [key()])]
    )
    last = AddField("Page", "book", link("Book"))
    before = ProjectState()
    first.state_forwards(APP, before)
    board = before.apps.get_model(APP, "Board") if rendered else None

    middle = before.clone()
    both.state_forwards(APP, middle)
    after = middle.clone()
    last.state_forwards(APP, after)
    assert board in (None, middle.apps.get_model(APP, "Board"))
    assert {model._meta.model_name for model in after.apps.get_models()} == {"board", "book", "page"}
    assert after.apps.get_model(APP, "Page")._meta.get_field("book").related_model._meta.model_name == "book"

    with connection.schema_editor(collect_sql=True) as made:
        both.database_forwards(APP, made, before, middle)
    assert tables(made.collected_sql, "CREATE") == ["shelf_book", "shelf_page"]
    with connection.schema_editor(collect_sql=True) as dropped:
        both.database_backwards(APP, dropped, middle, before)
    assert tables(dropped.collected_sql, "DROP") == ["shelf_page", "shelf_book"]
