"""Queries that every request asks: the ORM writes them once a process, PostgreSQL plans them once a connection.

Building the SQL of a query costs the ORM more than PostgreSQL needs to answer it. What differs between two
requests are values only, so the text of the query is kept and never an answer: each request asks the database.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import QuerySet

# Values that nothing else in a query has: where they come out, the real ones go in.
_STAND_INS: dict[type, Callable[[], Any]] = {
    UUID: uuid4,
    str: lambda: secrets.token_hex(16),
    date: lambda: date(1, 1, 1) + timedelta(days=secrets.randbelow(300_000)),
    datetime: lambda: datetime(1, 1, 1, tzinfo=UTC) + timedelta(microseconds=secrets.randbelow(10**15)),
}


@dataclass(frozen=True, slots=True)
class _Text:
    """A query as SQL. ``parameters``: names of values, or values that never change."""

    sql: str
    parameters: tuple[tuple[str, Any], ...]
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]


class Statement:
    """A query with named values: ``Statement(lambda user: Post.objects.filter(...).values_list(...), user=UUID)``.

    ``build`` gets a stand-in for each name and returns a query of rows (``values_list``) whose SQL is the same
    whatever the values; None is no value, and a slice or an ``in`` list of changing length cannot be one.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **kinds: type) -> None:
        self.build = build
        self.kinds = kinds
        self._text: _Text | None = None

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows for these values, read now. Raises KeyError for a value that is missing."""
        text = self._text
        if text is None:
            text = self._text = self._compile()
        parameters = [values[name] if name else fixed for name, fixed in text.parameters]
        with _cursor(connection) as cursor:
            cursor.execute(text.sql, parameters)
            rows = cursor.fetchall()
        return list(_converted(rows, text.converters)) if text.converters else rows

    def _compile(self) -> _Text:
        stand_ins = {name: _STAND_INS[kind]() for name, kind in self.kinds.items()}
        compiler = self.build(**stand_ins).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        names = {value: name for name, value in stand_ins.items()}
        found = tuple(
            (names[value], None) if _hashable(value) and value in names else ("", value)
            for value in parameters
        )
        if {name for name, _value in found} - {""} != set(self.kinds):
            raise ValueError("A value does not reach the SQL as it is: the statement cannot be kept")
        converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        kept = tuple((place, tuple(how), column) for place, (how, column) in converters.items())
        return _Text(sql, found, kept)


class _Cursor(ServerBindingCursor):
    """psycopg forgets the text of a prepared statement that Django's log of queries asks for."""

    def _convert_query(self, query: Any, params: Any = None) -> Any:
        self._query = super()._convert_query(query, params)  # type: ignore[misc]
        return self._query


def _hashable(value: Any) -> bool:
    return type(value) in _STAND_INS


def _cursor(on: BaseDatabaseWrapper) -> Any:
    """Django's own cursor (counted, errors wrapped), with values bound by the server so that plans are kept."""
    on.close_if_health_check_failed()
    on.ensure_connection()
    return on._prepare_cursor(_Cursor(on.connection))  # type: ignore[attr-defined, call-arg]


def _converted(
    rows: Sequence[tuple[Any, ...]], converters: tuple[tuple[int, tuple[Any, ...], Any], ...]
) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        values = list(row)
        for place, how, column in converters:
            for convert in how:
                values[place] = convert(values[place], column, connection)
        yield tuple(values)
