"""Who has read and understood which text, in which language it was shown, and until when that counts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import AppendOnlyModel
from protocol_pages.editions.models import Edition

from ..models import Person


class Trigger(models.TextChoices):
    """Why somebody was asked."""

    ENTRY = "entry", _("On entry")
    REASSIGNMENT = "reassignment", _("On reassignment")
    EDITION = "edition", _("A new edition")
    YEARLY = "yearly", _("Every year")


class TextAcknowledgement(AppendOnlyModel):
    """One acknowledgement, bound to the text by its hash. ``given_on``, ``valid_until``: network's time zone.

    ``statement_sha256``: the hash of the sentence that was confirmed, in the language in which it stood there.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="acknowledgements", verbose_name=_("person")
    )
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="+", verbose_name=_("edition")
    )
    edition_sha256 = models.CharField(_("SHA-256 of the text"), max_length=64)
    language = models.CharField(_("language shown"), max_length=10)
    statement_sha256 = models.CharField(_("SHA-256 of the statement"), max_length=64)
    trigger = models.CharField(_("why it was asked"), max_length=20, choices=Trigger.choices)
    at = models.DateTimeField(_("given at"))
    given_on = models.DateField(_("given on"))
    valid_until = models.DateField(_("counts until"))
    by = models.CharField(_("given by"), max_length=200)

    class Meta:
        ordering = ("-at", "id")
        verbose_name = _("acknowledgement of the text")
        verbose_name_plural = _("acknowledgements of the text")
        indexes = [models.Index(fields=["person", "valid_until"], name="acknowledged_by_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.edition.label}, {self.given_on:%Y-%m-%d}"
