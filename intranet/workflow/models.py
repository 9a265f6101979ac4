"""Receipts: the same form submitted twice makes one record and gives the same receipt."""

from __future__ import annotations

import uuid

from django.db import models

from audit.models import Event
from audit.protection import append_only

from . import registry


@append_only
class Receipt(models.Model):
    """``key`` is the random id that the form carried; unique, so a double submit loses the race.

    ``contents`` and ``new_object``: keyed hashes of what the form said, and of the object it made, see
    ``fingerprint``; empty where the object was there before, and in receipts older than the comparison.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    user_id = models.UUIDField(null=True)
    object_type = models.CharField(max_length=80)
    object_id = models.UUIDField()
    contents = models.CharField(max_length=64, default="", editable=False)
    new_object = models.CharField(max_length=64, default="", editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.key)

    def target(self) -> models.Model:
        """The object that the first submit made or changed."""
        governed = registry.find(self.object_type)
        if governed is None:
            raise LookupError(self.object_type)
        return governed.model._default_manager.get(pk=self.object_id)
