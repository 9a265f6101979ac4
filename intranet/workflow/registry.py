"""Which model has which machine, and under whose policy its history may be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from audit.actors import Actor
from audit.ledger import Subject

from .machine import Decision, Machine


@dataclass(frozen=True)
class GovernedObject:
    """One kind of governed object.

    ``may_view(actor, obj, now)``: False means the object does not exist for the actor (404).
    ``label``: the reference people know it by. ``machine`` is None for objects without a state.
    """

    model: type[models.Model]
    may_view: Callable[[Actor, Any, datetime], Decision]
    label: Callable[[Any], str]
    machine: Machine | None = None

    @property
    def type(self) -> str:
        return str(self.model._meta.model_name)


_objects: dict[str, GovernedObject] = {}


def register(governed: GovernedObject) -> None:
    """Called by each slice's AppConfig.ready; a second registration of a name is a mistake."""
    if governed.type in _objects:
        raise ValueError(f"{governed.type} is registered twice")
    _objects[governed.type] = governed


def governed_objects() -> list[GovernedObject]:
    """All kinds, by type name."""
    return [_objects[name] for name in sorted(_objects)]


def find(type_name: str) -> GovernedObject | None:
    """The kind with this type name (the model's lower-case name), None if unknown."""
    return _objects.get(type_name)


def machine_of(model: type[models.Model]) -> Machine:
    """The machine that governs ``model``; LookupError if it has none."""
    governed = _objects.get(str(model._meta.model_name))
    if governed is None or governed.machine is None:
        raise LookupError(f"{model.__name__} has no transition table")
    return governed.machine


def subject_of(obj: models.Model) -> Subject:
    """How the event ledger names ``obj``."""
    governed = _objects.get(str(obj._meta.model_name))
    label = governed.label(obj) if governed and not obj._state.adding else ""
    return Subject(str(obj._meta.model_name), "" if obj._state.adding else str(obj.pk), label)
