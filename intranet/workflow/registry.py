"""Which model has which machine, under whose policy its history may be read, and how that history says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django_stubs_ext import StrOrPromise

from audit.actors import Actor
from audit.ledger import Subject

from .machine import Decision, Machine


@dataclass(frozen=True)
class Said:
    """How the history of a kind speaks. What is left out follows from the model (``wording``).

    ``noun``: what the thing is, where the model has no name for it. ``fields``: names of fields without
    a name of their own. ``values``: how a stored value is said, for lists and codes. ``hidden``: fields
    that people never see (ids and inner marks; keys are hidden anyway). ``reason``: how a reason that is
    stored as a code is said. ``related``: relations that policy and label follow, read in the same query.
    ``page(obj, actor)``: address of the page on which the actor sees the object. ``title``: how its history
    is headed, where the label alone says too little. ``series``: all rows that are one thing over time,
    where each change is a row of its own. ``seen(values, actor)``: whether the actor may see a version with these
    stored values; what was not theirs to see when it was written stays so (D10).
    """

    noun: StrOrPromise = ""
    fields: Mapping[str, StrOrPromise] = field(default_factory=dict)
    values: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    reason: Callable[[str], StrOrPromise] = str
    related: tuple[str, ...] = ()
    page: Callable[[Any, Actor], str] | None = None
    title: Callable[[Any], str] | None = None
    series: Callable[[Any], models.QuerySet[Any]] | None = None
    seen: Callable[[Mapping[str, Any], Actor], bool] | None = None


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

    @property
    def said(self) -> Said:
        """How its history speaks; what nobody said follows from the model."""
        return _said.get(self.type, Said())

    def title(self, obj: Any) -> str:
        """What the history of ``obj`` is headed with."""
        return self.said.title(obj) if self.said.title is not None else self.label(obj)

    def get(self, pk: UUID) -> Any | None:
        """The object with everything that policy and label follow; None where there is none. One query."""
        return self.model._default_manager.select_related(*self.said.related).filter(pk=pk).first()


_objects: dict[str, GovernedObject] = {}
_said: dict[str, Said] = {}
_names: dict[type[models.Model], Callable[[Any], StrOrPromise]] = {}
_names_over_time: list[Callable[[UUID], set[str]]] = []


def register(governed: GovernedObject) -> None:
    """Called by each slice's AppConfig.ready; a second registration of a name is a mistake."""
    if governed.type in _objects:
        raise ValueError(f"{governed.type} is registered twice")
    _objects[governed.type] = governed


def say(words: Mapping[Any, Said]) -> None:
    """How the histories of these kinds speak; called by each slice's AppConfig.ready."""
    _said.update({str(model._meta.model_name): said for model, said in words.items()})


def register_name(model: type[models.Model], name: Callable[[Any], StrOrPromise]) -> None:
    """How a record that is no governed object (a file, an account) is named where others point to it."""
    _names[model] = name


def register_names_over_time(names: Callable[[UUID], set[str]]) -> None:
    """``names(organization_id)``: every name that an organization had, as history rows carry it as text."""
    _names_over_time.append(names)


def names_over_time(organization_id: UUID) -> set[str]:
    """Every name under which an organization may stand in a history row."""
    return {name for names in _names_over_time for name in names(organization_id)}


def governed_objects() -> list[GovernedObject]:
    """All kinds, by type name."""
    return [_objects[name] for name in sorted(_objects)]


def find(type_name: str) -> GovernedObject | None:
    """The kind with this type name (the model's lower-case name), None if unknown."""
    return _objects.get(type_name)


def kind_of(model: type[models.Model]) -> GovernedObject | None:
    """The kind of this model, None where it is not registered."""
    return _objects.get(str(model._meta.model_name))


def name_of(obj: models.Model) -> StrOrPromise | None:
    """What others call ``obj``: its label as a governed object or its registered name; None if unknown."""
    governed = kind_of(type(obj))
    if governed is not None:
        return governed.label(obj)
    name = _names.get(type(obj))
    return name(obj) if name is not None else None


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
