"""How much of each kind there is for one person now, in one query: only what is there is read in full.

Home asks every slice what is due, and most slices have nothing to say on most days. Each registers its
numbers here, and what is little enough to come along as rows; all of them are columns of one row, however many
slices there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, IntegerField, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import get_language

from audit.actors import Actor
from intranet.access.models import User
from intranet.network.once import once, reading

Counts = Callable[[Actor, datetime], Mapping[str, Any]]
_contributors: list[Counts] = []


def register(counts: Counts) -> None:
    """``counts`` gives, for an actor at an instant (UTC), expressions by name; it asks no query itself."""
    _contributors.append(counts)


def number_of(rows: QuerySet[Any]) -> Coalesce:
    """How many rows a query has, as a column of another one."""
    counted = rows.order_by().annotate(n=Func(F("pk"), function="COUNT")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def rows_of(rows: QuerySet[Any, Any], **columns: Any) -> ArraySubquery:
    """Some columns of a query's few rows, in its order, as a column of another query."""
    return ArraySubquery(rows.values(row=JSONObject(**columns)))


def number(name: str, actor: Actor, now: datetime) -> int:
    """The number of ``name``; 0 where nothing of it is for this capacity. One query for all of them, once a page."""
    found: int = _found(name, actor, now) or 0
    return found


def rows(name: str, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """The rows of ``name`` with JSON's values: dates, instants (UTC) and ids are text. In the same one query."""
    found: list[dict[str, Any]] = _found(name, actor, now) or []
    return found


def _found(name: str, actor: Actor, now: datetime) -> Any:
    if not reading():  # nothing is remembered outside of one answer: no other number is read for nothing
        columns = _columns(actor, now)
        return _read(actor, {name: columns[name]})[name] if name in columns else None
    key = ("pulse", actor.user_id, actor.capacity, actor.organization_id, now, get_language())
    return once(key, lambda: _read(actor, _columns(actor, now))).get(name)


def _columns(actor: Actor, now: datetime) -> dict[str, Any]:
    return {name: column for counts in _contributors for name, column in counts(actor, now).items()}


def _read(actor: Actor, wanted: Mapping[str, Any]) -> dict[str, Any]:
    base = User.objects.order_by("pk").only("pk")  # the numbers hang on no row, but SQL wants one
    found = base.filter(Q(pk=actor.user_id) if actor.user_id else Q()).annotate(**wanted).first()
    return {name: getattr(found, name, None) for name in wanted}
