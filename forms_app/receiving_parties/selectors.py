"""Which names are kept back now, which near names wait for a person: bounded queries, read once a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONArray

from forms_app.common import parties
from forms_app.common.parties import OpenRequest
from intranet.network.once import once

from .models import DECIDED, IN_FORCE, PartyName, PartySuspension, Word
from .names import key, near


@dataclass(frozen=True)
class Known:
    """A suspension with the names that a person settled: ``same`` are the party's, ``others`` are not."""

    suspension: PartySuspension
    same: frozenset[str]
    others: frozenset[str]

    def is_party(self, name: str) -> bool:
        """The party itself, by its own name or one that was said to be the same."""
        return key(name) in self.same

    def waits_for_a_word(self, name: str) -> bool:
        """A near name on which nobody has said anything."""
        wanted = key(name)
        if wanted in self.same or wanted in self.others:
            return False
        return any(near(wanted, own) for own in self.same)


def _known(rows: Iterable[PartySuspension]) -> list[Known]:
    found = []
    for row in rows:
        said = dict(row.said)  # type: ignore[attr-defined]  # the newest word counts
        same = {row.party_key} | {name for name, is_same in said.items() if is_same}
        others = {name for name, is_same in said.items() if not is_same} - {row.party_key}
        found.append(Known(row, frozenset(same), frozenset(others)))
    return found


def _names_said() -> ArraySubquery:
    """What was said of names near the party's, oldest first, as pairs: the name's key, whether it is the party."""
    said = PartyName.objects.filter(suspension=OuterRef("pk")).order_by("at")
    return ArraySubquery(said.values(pair=JSONArray("name_key", "same")))


def _all() -> list[Known]:
    """Every suspension with its names, oldest first; read once while a page is read."""
    found = PartySuspension.objects.order_by("opened_at").annotate(said=_names_said())
    return once("party-suspensions", lambda: _known(found))


def in_force() -> list[Known]:
    """Suspensions that keep a party back now, oldest first."""
    return [known for known in _all() if known.suspension.state in IN_FORCE]


def decided_after(instant: datetime) -> list[Known]:
    """Suspensions that the office decided and that were opened at ``instant`` (UTC) or later, lifted or not."""
    return [
        known
        for known in _all()
        if known.suspension.state in DECIDED and known.suspension.opened_at >= instant
    ]


def keeping_back(name: str) -> tuple[Known, bool] | None:
    """The suspension that keeps ``name`` back, and whether a person must say first if it is the same party."""
    found = in_force()
    exact = next((known for known in found if known.is_party(name)), None)
    if exact is not None:
        return exact, False
    waits = next((known for known in found if known.waits_for_a_word(name)), None)
    return (waits, True) if waits is not None else None


def to_settle() -> list[tuple[Known, OpenRequest]]:
    """Open requests whose party's name is near a suspended one, for a person to say. Three queries."""
    known = in_force()
    if not known:
        return []
    return [
        (suspension, request)
        for request in parties.requests().open()
        for suspension in known
        if suspension.waits_for_a_word(request.party)
    ]


def every() -> list[PartySuspension]:
    """All suspensions, newest first. One query."""
    return list(PartySuspension.objects.all())


def waiting_for_the_office() -> list[PartySuspension]:
    """Proposals, and liftings received outside, on which the office has to say its word. One query."""
    return [known.suspension for known in in_force() if known.suspension.state != "suspended"]


def words_of(suspension: PartySuspension) -> list[Word]:
    """Everything said, oldest first. One query."""
    return list(suspension.words.select_related("file"))
