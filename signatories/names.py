"""What an organization was called on a day, and which organization a name means.

Days are calendar dates in the network's time zone. Struck-out names count nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from .models import AliasKind, AliasState, Organization, OrganizationAlias

_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ک": "ك", "ة": "ه", "ؤ": "و"}
)
_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of an organization on one day."""

    en: str
    ar: str = ""
    ckb: str = ""
    acronym: str = ""

    @property
    def name(self) -> str:
        """In the reader's language, English where there is none."""
        return getattr(self, get_language() or "en", "") or self.en

    @property
    def short(self) -> str:
        """The acronym, the name where there is none."""
        return self.acronym or self.name

    @classmethod
    def of(cls, organization: Organization) -> Names:
        """Today's."""
        return cls(organization.name_en, organization.name_ar, organization.name_ckb, organization.acronym)


def shown_name(of: str = "organization__") -> Any:
    """The column of today's name in the reader's language, English where there is none: as ``Organization.name``."""
    english, code = F(f"{of}name_en"), get_language() or "en"
    return english if code == "en" else Coalesce(NullIf(F(f"{of}name_{code}"), Value("")), english)


def _former(alias: OrganizationAlias) -> Names:
    return Names(alias.name, alias.name_ar, alias.name_ckb, alias.acronym)


def standing_aliases() -> QuerySet[OrganizationAlias]:
    """All names that were not struck out."""
    return OrganizationAlias.objects.filter(state=AliasState.STANDS)


def names_on(day: date, organizations: Iterable[Organization]) -> dict[UUID, Names]:
    """The names of each organization on a day, by id. One query."""
    found = {item.pk: Names.of(item) for item in organizations}
    formers = standing_aliases().filter(
        kind=AliasKind.FORMER, held_until__gte=day, organization__in=list(found)
    )
    for alias in formers.order_by("-held_until"):  # the one that ended first after the day wins
        found[alias.organization_id] = _former(alias)
    return found


def name_on(organization: Organization, day: date) -> Names:
    """The names of one organization on a day. One query."""
    return names_on(day, [organization])[organization.pk]


def aliases_of(organizations: Iterable[Organization]) -> dict[UUID, list[OrganizationAlias]]:
    """Standing aliases of each organization, former ones in order of their last day. One query."""
    found: dict[UUID, list[OrganizationAlias]] = defaultdict(list)
    wanted = [item.pk for item in organizations]
    for alias in standing_aliases().filter(organization__in=wanted).order_by("held_until", "name"):
        found[alias.organization_id].append(alias)
    return found


def folded(text: str) -> str:
    """How names are compared: without case, accents, punctuation, and the ways to write an Arabic letter."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_ARABIC)
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign) and sign != "ـ")
    return _WORDS.sub(" ", kept).strip()


def own_texts(organization: Organization) -> tuple[str, ...]:
    """Every text under which an organization is known today."""
    texts = (organization.name_en, organization.name_ar, organization.name_ckb, organization.acronym)
    return tuple(text for text in texts if text)


def find_by_name(text: str) -> list[Organization]:
    """Organizations that a name means: by today's name or acronym; only where none, by an alias.

    More than one: the name is ambiguous, and whoever asks says so. Two queries.
    """
    wanted = folded(text)
    if not wanted:
        return []
    everybody = list(Organization.objects.all())
    today = [item for item in everybody if wanted in map(folded, own_texts(item))]
    if today:
        return today
    aliases = aliases_of(everybody)
    return [
        item
        for item in everybody
        if any(wanted == folded(name) for alias in aliases.get(item.pk, ()) for name in alias.texts)
    ]
