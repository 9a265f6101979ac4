"""What organizations and people were called on a day, from their history.

The history knows what stood in the register at the end of a day. Who was listed only later has today's name.
Days are calendar dates in the network's time zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import get_language

from intranet.network.models import NetworkSettings

from ..models import Organization, Person


@dataclass(frozen=True, slots=True)
class Names:
    """The names of an organization on one day."""

    en: str
    ar: str = ""
    ckb: str = ""
    acronym: str = ""

    @property
    def name(self) -> str:
        """In the active language, English where there is none."""
        return getattr(self, get_language() or "en", "") or self.en


def with_names(organizations: QuerySet[Organization], day: date) -> QuerySet[Any]:
    """The organizations, each annotated with ``names_then`` for ``names_of``. One query of settings."""
    then = _then(Organization.history, "pk", day).values(
        names=JSONObject(en="name_en", ar="name_ar", ckb="name_ckb", acronym="acronym")
    )
    return organizations.annotate(names_then=Subquery(then[:1]))


def names_of(organization: Any) -> Names:
    """The names of a row of ``with_names``."""
    found: dict[str, str] | None = organization.names_then
    if found is None:
        item = organization
        return Names(item.name_en, item.name_ar, item.name_ckb, item.acronym)
    return Names(**found)


def person_then(day: date) -> Subquery:
    """The name that the person of a post had at the end of a day, None where it was listed later."""
    return Subquery(_then(Person.history, "person_id", day).values("name")[:1])


def _then(history: Any, key: str, day: date) -> Any:
    end = datetime.combine(day + timedelta(days=1), time.min, NetworkSettings.current().zone())
    rows = history.filter(id=OuterRef(key), history_date__lt=end)
    return rows.order_by("-history_date", "-history_id")
