"""One row a stored file. The bytes lie in Django's default storage (folder or S3) under a random name."""

from __future__ import annotations

from django.db import models

from audit.history import AppendOnlyModel


class StoredFile(AppendOnlyModel):
    """``owner_type`` and ``owner_id``: the governed object whose policy decides who may download."""

    name = models.CharField(max_length=160)
    content_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    storage_name = models.CharField(max_length=200)
    owner_type = models.CharField(max_length=80)
    owner_id = models.UUIDField()
    stored_at = models.DateTimeField()
    holds_figures = models.BooleanField(default=False)  # then every download is an event (D15)

    def __str__(self) -> str:
        return self.name
