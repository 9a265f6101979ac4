"""What was imported, when and by whom; and workbooks that came back with their faults marked."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import GovernedModel


class RunState(models.TextChoices):
    IMPORTED = "imported", _("Imported")
    RETURNED = "returned", _("Returned with comments")


class ImportRun(GovernedModel):
    """One import that changed something, or one workbook that came back and changed nothing.

    ``sha256`` and ``size`` (bytes): of the workbook as it arrived. ``file``: that workbook for an import,
    the marked one for a return. ``lines``: what became of each row (sheet, row, verdict, label, changes).
    ``ran_at``: UTC.
    """

    source = models.CharField(_("workbook"), max_length=160)
    sha256 = models.CharField(_("fingerprint of the workbook (SHA-256)"), max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))
    state = models.CharField(max_length=10, choices=RunState.choices)
    created = models.PositiveIntegerField(_("rows that created an entry"), default=0)
    changed = models.PositiveIntegerField(_("rows that changed an entry"), default=0)
    left = models.PositiveIntegerField(_("rows that stood there already"), default=0)
    faults = models.PositiveIntegerField(_("faults"), default=0)
    lines = models.JSONField(_("what became of each row"), default=list)
    ran_at = models.DateTimeField(_("imported at"))
    by = models.CharField(_("imported by"), max_length=200)
    capacity = models.CharField(max_length=40)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-ran_at",)
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.source
