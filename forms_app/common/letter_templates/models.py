"""A Word template that takes the place of the built-in one: one row a file that was put in use."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import GovernedModel


class State(models.TextChoices):
    """One of a kind and language is in use, or none: then the built-in template is."""

    IN_USE = "in_use", _("In use")
    REPLACED = "replaced", _("Replaced by a later one")
    WITHDRAWN = "withdrawn", _("Withdrawn: the built-in template is used")


class LetterKind(models.TextChoices):
    """The papers that are made from a template (``letters.context.Kind``)."""

    RELEASE = "release", _("Caveat letter of a release")
    OWN_DATA = "own_data", _("Cover note of own statistics")
    MEMO = "memo", _("Decision memo of the office")


class Language(models.TextChoices):
    """A template for each language of the letters (D4)."""

    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")


class LetterTemplate(GovernedModel):
    """``file``: the Word file as it was handed over and found fit. Letters made before keep their own bytes."""

    kind = models.CharField(_("letter"), max_length=20, choices=LetterKind.choices)
    language = models.CharField(_("language"), max_length=5, choices=Language.choices)
    state = models.CharField(max_length=10, choices=State.choices)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    put_at = models.DateTimeField(_("put in use at"))
    put_by = models.CharField(_("put in use by"), max_length=200)

    class Meta:
        ordering = ("-put_at",)
        verbose_name = _("letter template")
        verbose_name_plural = _("letter templates")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language"],
                condition=models.Q(state=State.IN_USE),
                name="one_letter_template_in_use",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_language_display()})"
