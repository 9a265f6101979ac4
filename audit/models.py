"""The event ledger: one row a governed act, refusal, sign-in, view or download of a figure (D15)."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.fields.json import KeyTransform

from .history import WrittenOnce


class Event(models.Model):
    """One link of the chain. ``hash`` = SHA-256 over ``previous`` and the row's canonical JSON."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)  # see ledger.Kind
    action = models.CharField(max_length=80)
    object_type = models.CharField(max_length=80, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    object_label = models.CharField(max_length=200, blank=True)
    clause = models.CharField(max_length=40, blank=True)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=200)
    capacity = models.CharField(max_length=40)
    organization_id = models.UUIDField(null=True)
    organization = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10)  # done | refused
    state_before = models.CharField(max_length=40, blank=True)
    state_after = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)  # never a figure, never a name from a submission
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("sequence",)
        indexes = [
            models.Index(fields=["object_type", "object_id", "sequence"], name="event_object"),
            GinIndex(KeyTransform("rows", "data"), name="event_rows"),
            models.Index(
                fields=["sequence"],
                condition=models.Q(data__has_key="figures_of"),
                name="event_access",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.outcome}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise WrittenOnce("An event is written once")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise WrittenOnce("An event is never deleted")
