"""Append-only tables at database level (D14), installed after every migration by the owner's role.

A trigger refuses UPDATE, DELETE and TRUNCATE; the application's role owns nothing and cannot disable
it. The owner of the tables can: that is said in docs/operations.md, and the chain then shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connections, models

from .history import AppendOnlyModel, HistoryEntry

_NAME = re.compile(r"^[a-z_][a-z0-9_]*$")
_WAGTAIL_LOGS = ("wagtailcore_pagelogentry", "wagtailcore_modellogentry")
_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""
_registered: set[str] = {"audit.Event"}


def append_only(model: type[models.Model]) -> type[models.Model]:
    """Class decorator for frozen models that are not AppendOnlyModel."""
    _registered.add(model._meta.label)
    return model


def protected_tables() -> list[str]:
    """Names of all tables that refuse change, sorted."""
    tables = {model._meta.db_table for model in _protected_models()}
    return sorted(tables | set(_WAGTAIL_LOGS))


def _protected_models() -> Iterable[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if issubclass(model, AppendOnlyModel | HistoryEntry) or model._meta.label in _registered:
            yield model


def protect_after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Install triggers and the application role's rights; runs once, after the last app migrated."""
    if sender.label != _last_app_label():
        return
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    role = settings.APP_SQL_ROLE
    if not _NAME.match(role):
        raise ValueError(f"The application's SQL role {role!r} is not a plain name")
    with connection.cursor() as cursor:
        cursor.execute(_FUNCTION)
        cursor.execute(f'GRANT USAGE ON SCHEMA public TO "{role}"')
        cursor.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}"')
        cursor.execute(f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}"')
        cursor.execute(f'REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM "{role}"')
        for table in protected_tables():
            if table not in existing:
                continue
            quoted = connection.ops.quote_name(table)
            cursor.execute(f'REVOKE UPDATE, DELETE ON {quoted} FROM "{role}"')
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON {quoted} "
                "FOR EACH ROW EXECUTE FUNCTION audit_refuse_change()"
            )
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {quoted} "
                "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change()"
            )


def _last_app_label() -> str:
    return [config for config in apps.get_app_configs() if config.models_module is not None][-1].label
