"""What a form said, as a keyed hash: a second submit is compared with the first without keeping either.

Keyed with the server's secret and the form's own id, because small figures could be guessed from a
plain hash in a stolen database (D13).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from types import FunctionType
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise

_SALT = "intranet.workflow.receipt"


def of(key: UUID, data: Mapping[str, Any], note: str) -> str:
    """The print of an act's input and reason. Raises TypeError for what cannot be compared."""
    return _hash(key, [plain(data), note.strip()])


def of_new(key: UUID, obj: models.Model) -> str:
    """The print of what an unsaved object carries: its id is another one with every submit."""
    return _hash(key, _carried(obj))


def _hash(key: UUID, value: object) -> str:
    text = json.dumps([str(key), value], ensure_ascii=False, separators=(",", ":"))
    return salted_hmac(_SALT, text, algorithm="sha256").hexdigest()


def plain(value: Any) -> object:
    """Anything that an act may be given, as lists and words; each kind apart from every other."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, str | Promise):
        return str(value)
    if isinstance(value, bytes):
        return ["bytes", hashlib.sha256(value).hexdigest()]
    if isinstance(value, date):  # a datetime is one too
        return ["day", value.isoformat()]
    if isinstance(value, UUID | Decimal | float):
        return [type(value).__name__, str(value)]
    if isinstance(value, models.Model):
        return _named(value)
    if isinstance(value, Mapping):
        return ["map", sorted(([str(name), plain(item)] for name, item in value.items()), key=repr)]
    if isinstance(value, list | tuple):
        return ["list", [plain(item) for item in value]]
    if isinstance(value, set | frozenset):
        return ["set", sorted((plain(item) for item in value), key=repr)]
    if is_dataclass(value) and not isinstance(value, type):
        return [type(value).__name__, [[f.name, plain(getattr(value, f.name))] for f in fields(value)]]
    if isinstance(value, FunctionType | type):  # part of a description in code: the same by its name
        return ["code", f"{value.__module__}.{value.__qualname__}"]
    raise TypeError(f"{type(value).__name__} cannot be compared with what a form said before")


def _named(obj: models.Model) -> object:
    """By what people know it (``known_by``), where the first submit may have made it; else by its id."""
    known = getattr(obj, "known_by", None)
    if known is not None:
        return [obj._meta.label, str(known)]
    return _carried(obj) if obj._state.adding else [obj._meta.label, str(obj.pk)]


def _carried(obj: models.Model) -> object:
    values: list[object] = []
    for field in obj._meta.concrete_fields:
        if field.primary_key or _made_up(field):
            continue
        related = isinstance(field, models.ForeignKey) and field.is_cached(obj)
        values.append([field.attname, plain(getattr(obj, field.name if related else field.attname))])
    return [obj._meta.label, values]


def _made_up(field: models.Field[Any, Any]) -> bool:
    """Whether an unsaved object carries a value of its own making here: a random sign, an instant."""
    return field.has_default() and callable(field.default) and field.default not in (list, dict)
