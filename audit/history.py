"""The one base through which every governed model keeps its full history (django-simple-history)."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Sequence
from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from .actors import NobodyActs, current_acting


class HistoryEntry(models.Model):
    """What every history row says beside the values: who, in which capacity, for whom, why.

    Text, not keys: it outlives accounts and organizations (trap 18).
    """

    history_actor = models.CharField(max_length=200)
    history_capacity = models.CharField(max_length=40)
    history_organization = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class _Manager(HistoryManager):
    """The library makes its manager's class anew at each access to a row's history: here it is made once."""

    @classmethod
    @functools.cache
    def from_queryset(cls, queryset_class: type[models.QuerySet[Any]], class_name: str | None = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


class GovernedHistory(HistoricalRecords):
    """History with our actor columns; name columns to leave out in ``excluded_fields`` (D13)."""

    def __init__(self, excluded_fields: Sequence[str] = (), inherit: bool = False) -> None:
        super().__init__(
            bases=[HistoryEntry],
            excluded_fields=list(excluded_fields),
            history_change_reason_field=models.TextField(null=True),
            history_id_field=models.UUIDField(default=uuid.uuid4),
            inherit=inherit,
            history_manager=_Manager,
        )

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        """Remember which declaration is the class's own: it replaces the one its base hands down."""
        cls._own_history = self  # type: ignore[attr-defined]
        super().contribute_to_class(cls, name)

    def finalize(self, sender: type[models.Model], **kwargs: Any) -> None:
        """Track ``sender`` unless it declares a history of its own (a nearer one wins, D13)."""
        if getattr(sender, "_own_history", self) is self:
            super().finalize(sender, **kwargs)


class GovernedModel(models.Model):
    """A governed row: random id (D12), full history, never deleted through the product."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    history = GovernedHistory(inherit=True)

    class Meta:
        abstract = True


def _name_the_actor(sender: type[models.Model], **kwargs: Any) -> None:
    row: Any = kwargs["history_instance"]
    if not issubclass(type(row), HistoryEntry):
        return
    who = current_acting()
    if who is None:
        raise NobodyActs(f"{sender.__name__}: save governed rows inside audit.actors.acting(actor)")
    row.history_actor = who.actor.label
    row.history_capacity = who.actor.capacity
    row.history_organization = who.actor.organization
    row.history_user_id = who.actor.user_id
    if who.reason:
        row.history_change_reason = who.reason
    who.rows.append(str(row.history_id))


def connect() -> None:
    """Name the actor on every history row from now on (called by the app's ``ready``)."""
    pre_create_historical_record.connect(_name_the_actor, dispatch_uid="audit.history.actor")


class AppendOnlyModel(GovernedModel):
    """A governed row that is written once: a change is another row (ledger entries, versions)."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise WrittenOnce(
                f"{self._meta.label} is written once; a correction is a new entry with a reason"
            )
        super().save(*args, **kwargs)

    @classmethod
    def write_all(cls, rows: Sequence[Self]) -> None:
        """Many new rows and their history in two statements, each named as ``save`` would name it.

        Raises WrittenOnce for a row that is there already, NobodyActs outside ``acting``.
        """
        if not all(row._state.adding for row in rows):
            raise WrittenOnce(f"{cls._meta.label} is written once; a correction is a new entry with a reason")
        kept: Any = cls.history.model
        at = timezone.now()
        entries = [
            kept(
                history_date=at,
                history_type="+",
                **{field.attname: getattr(row, field.attname) for field in kept.tracked_fields},
            )
            for row in rows
        ]
        for entry in entries:
            _name_the_actor(kept, history_instance=entry)
        with transaction.atomic():
            cls._default_manager.bulk_create(rows)
            kept._default_manager.bulk_create(entries)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise WrittenOnce(f"{self._meta.label} is never deleted; a correction is a new entry with a reason")


class WrittenOnce(RuntimeError):
    """Somebody tried to change or delete an append-only row through the ORM."""
