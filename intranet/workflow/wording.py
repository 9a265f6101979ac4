"""Acts, states, fields and changed values in words, for history pages, the event log and the access log.

Nothing raw reaches people: no name of a field, no code, no id. What a slice's model does not say itself
it says by ``registry.Said``; acts without a transition table are named by ``register_acts``.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from audit.actors import SYSTEM
from intranet.access.roles import Capacity
from intranet.clock import wording as dates
from intranet.listing import listed
from intranet.network.models import NetworkSettings

from . import registry
from .vocabulary import ACTS, COMMON, JOBS, NOUNS

_MONTH = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")
LONGEST = 400  # characters of a value in a line of a history; the two versions show it whole


def register_acts(acts: Mapping[str, StrOrPromise]) -> None:
    """Words for acts that no transition table names; called by a slice's ``ready``."""
    ACTS.update(acts)


def act(action: str) -> str:
    """ "requests.issue" in the words of its button; the token itself where nothing else is known."""
    if action in ACTS:
        return str(ACTS[action])
    name, _dot, verb = action.rpartition(".")
    for governed in registry.governed_objects():
        if governed.machine is not None and governed.machine.name == name:
            for row in governed.machine.transitions:
                if row.action == verb:
                    return str(row.label)
    return action


def state(object_type: str, token: str) -> str:
    """The state's label in its machine; the token where there is none."""
    governed = registry.find(object_type)
    if governed is None or governed.machine is None:
        return token
    return str(governed.machine.states.get(token, token))


def reason(object_type: str, written: str) -> str:
    """A reason as written, or the words of its code."""
    governed = registry.find(object_type)
    return str(governed.said.reason(written)) if governed is not None and written else written


def noun(object_type: str) -> str:
    """What an object of this type is; the type itself where nothing is known."""
    governed = registry.find(object_type)
    if governed is not None:
        return str(governed.said.noun or governed.model._meta.verbose_name)
    return str(NOUNS.get(object_type, object_type))


def label(written: str) -> str:
    """The reference of an object as the ledger wrote it; a month is spelled out."""
    if _MONTH.fullmatch(written):
        return dates.month(date.fromisoformat(f"{written}-01"))
    return written


def who(label: str) -> str:
    """A person by name; a job by what it does."""
    name, _colon, job = label.partition(":")
    return str(JOBS.get(job, gettext_lazy("the system"))) if name == SYSTEM and job else label


def capacity(value: str) -> str:
    """The capacity in words; jobs are "the system"."""
    if value in Capacity.values:
        return str(Capacity(value).label)
    return _("the system") if value == "system" else value


def shown_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields that a history shows: tracked, neither an id nor hidden by the slice."""
    governed = registry.kind_of(model)
    hidden = governed.said.hidden if governed is not None else frozenset()
    tracked = {field.name for field in model.history.model.tracked_fields}  # type: ignore[attr-defined]
    return [
        field
        for field in model._meta.fields
        if field.name in tracked and field.name not in hidden and not _is_id(field)
    ]


def _is_id(field: models.Field[Any, Any]) -> bool:
    return field.primary_key or (isinstance(field, models.UUIDField) and not field.is_relation)


def named(model: type[models.Model], name: str) -> StrOrPromise | None:
    """The field's name as somebody wrote it; None where only Django's guess from the code is left."""
    governed = registry.kind_of(model)
    if governed is not None and name in governed.said.fields:
        return governed.said.fields[name]
    written: StrOrPromise | None = getattr(model._meta.get_field(name), "_verbose_name", None)
    return written or COMMON.get(name)


def field_label(model: type[models.Model], name: str) -> str:
    """The field's name for people."""
    label = str(named(model, name) or getattr(model._meta.get_field(name), "verbose_name", name))
    return label[:1].upper() + label[1:]


class Names:
    """What a field points to, by the label of the other record: who reads the object reads that too."""

    def __init__(self) -> None:
        self._known: dict[tuple[type[models.Model], Any], str] = {}

    def load(self, wanted: Iterable[tuple[type[models.Model], Any]]) -> None:
        """Read the records that values point to. One query a kind."""
        by_model: dict[type[models.Model], set[Any]] = {}
        for model, pk in wanted:
            if pk is not None and (model, pk) not in self._known:
                by_model.setdefault(model, set()).add(pk)
        for model, pks in by_model.items():
            governed = registry.kind_of(model)
            rows = model._default_manager.all()
            if governed is not None and governed.said.related:
                rows = rows.select_related(*governed.said.related)
            for row in rows.filter(pk__in=pks):
                self._known[model, row.pk] = str(registry.name_of(row) or _("another record"))

    def of(self, model: type[models.Model], pk: Any) -> str:
        return self._known.get((model, pk), _("another record"))


def points_to(model: type[models.Model], name: str, raw: Any) -> tuple[type[models.Model], Any] | None:
    """The record that a value of this field stands for, as ``Names`` takes it; None for plain values."""
    field: Any = model._meta.get_field(name)
    return (field.related_model, raw) if field.is_relation and raw is not None else None


def value(
    model: type[models.Model], name: str, raw: Any, names: Names | None = None, longest: int | None = LONGEST
) -> str:
    """A stored value for people: choices and states in words, dates spelled out, records by their label."""
    said = _value(model, name, raw, names)
    return said if longest is None or len(said) <= longest else f"{said[:longest].rstrip()}…"


def _value(model: type[models.Model], name: str, raw: Any, names: Names | None) -> str:
    if raw is None or raw == "" or raw == []:
        return _("empty")
    governed = registry.kind_of(model)
    if governed is not None and name in governed.said.values:
        return str(governed.said.values[name](raw))
    if isinstance(raw, bool):
        return _("yes") if raw else _("no")
    target = points_to(model, name, raw)
    if target is not None:
        return names.of(*target) if names is not None else _("another record")
    if name == _state_field(model):
        return state(str(model._meta.model_name), str(raw))
    field: Any = model._meta.get_field(name)
    if isinstance(raw, list):
        each = dict(getattr(field, "base_field", field).flatchoices or ())
        return listed(str(each.get(item, item)) for item in raw)
    words = dict(getattr(field, "flatchoices", []))
    if raw in words:
        return str(words[raw])
    return _plain(name, raw)


def moment(at: datetime) -> str:
    """Day and time of an instant on the network's clock."""
    zone = NetworkSettings.current().zone()
    return listed([dates.plain_date(at.astimezone(zone).date()), dates.time_of_day(at, zone)])


def _plain(name: str, raw: Any) -> str:
    if isinstance(raw, datetime):
        return moment(raw)
    if isinstance(raw, date):
        return dates.plain_date(raw)
    if isinstance(raw, uuid.UUID):
        return _("another record")
    if name == "capacity" or name.endswith("_capacity"):
        return capacity(str(raw))
    if name == "language" or name.endswith("_language"):
        return str(dict(settings.LANGUAGES).get(str(raw), raw))
    return str(raw)


def _state_field(model: type[models.Model]) -> str:
    governed = registry.kind_of(model)
    return governed.machine.state_field if governed and governed.machine else ""
