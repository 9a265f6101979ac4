"""Papers that the network issued: numbered once, stored once, never changed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from audit.history import AppendOnlyModel

from .kinds import kind_of


def verify_address(pk: UUID, language: str) -> str:
    """Where the paper is compared, whole, in the paper's language."""
    with translation.override(language):
        return settings.BASE_URL + reverse("paper-verify", args=[pk])


class IssuedPaper(AppendOnlyModel):
    """One paper with its Word file and, where the server could make it, its PDF.

    ``series``: what ``sequence`` counts in: letters and year, and an object's id where a number may not tell
    how many papers others got. ``about_type`` and ``about_id``: the governed object whose policy decides who
    may see and download. ``act``: what it was issued for; one act gives one paper of a kind and language.
    ``certifies_sha256``: hash of the text that it certifies. ``day``: calendar date of the network's time zone.
    """

    kind = models.CharField(_("kind"), max_length=40)
    series = models.CharField(max_length=80)
    sequence = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=40)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    title = models.CharField(_("title"), max_length=300)
    day = models.DateField(_("date"))
    about_type = models.CharField(max_length=80)
    about_id = models.UUIDField()
    act = models.CharField(max_length=160)
    certifies_sha256 = models.CharField(max_length=64, blank=True)
    word = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    word_sha256 = models.CharField(max_length=64)
    pdf = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_missing = models.CharField(max_length=300, blank=True)  # why there is none, for the server's keeper
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.CharField(_("issued by"), max_length=200)
    issued_capacity = models.CharField(max_length=40)

    class Meta:
        ordering = ("-issued_at", "-sequence")
        verbose_name = _("issued paper")
        verbose_name_plural = _("issued papers")
        indexes = [models.Index(fields=["about_type", "about_id"], name="paper_about")]
        constraints = [
            models.UniqueConstraint(fields=["series", "sequence"], name="one_paper_number"),
            models.UniqueConstraint(fields=["kind", "language", "act"], name="one_paper_an_act"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def kind_label(self) -> StrOrPromise:
        """The kind in words."""
        return kind_of(self.kind).label

    @property
    def verify_url(self) -> str:
        """The address that stands on the paper."""
        return verify_address(self.pk, self.language)

    @property
    def evidence(self) -> dict[str, Any]:
        """What the event of the act keeps about it."""
        return {
            "paper": str(self.pk),
            "number": self.number,
            "word": self.word_sha256,
            "pdf": self.pdf_sha256,
        }
