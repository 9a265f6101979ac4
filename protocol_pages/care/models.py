"""What is said about a published page: still correct, or something is wrong. No free text of readers (§4.g)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import GovernedModel


class CheckState(models.TextChoices):
    """Where it stands."""

    CONFIRMED = "confirmed", _("Still correct")
    OPEN = "open", _("To be looked at")
    CORRECTED = "corrected", _("Corrected")
    NOTHING_WRONG = "nothing_wrong", _("Nothing to correct")


class Trouble(models.TextChoices):
    """What a reader may say. Choices only: a text field on a page would become a place for reports of incidents."""

    LINK = "link", _("The address does not open")
    FILE = "file", _("The file does not open or is not the right one")
    OUTDATED = "outdated", _("It is out of date")
    UNCLEAR = "unclear", _("Something in it is wrong or unclear")
    TRANSLATION = "translation", _("The translation is wrong or missing")
    PERSON = "person", _("It could identify a person")


class PageCheck(GovernedModel):
    """One confirmation of an owner or one problem told by a reader. ``page``: its id; pages go, this stays."""

    page = models.PositiveIntegerField(_("page"))
    title = models.CharField(_("title of the page"), max_length=255)
    trouble = models.CharField(_("what is wrong"), max_length=20, choices=Trouble.choices, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=CheckState.choices, editable=False)
    at = models.DateTimeField(_("said at"))
    next_on = models.DateField(_("look at it again by"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("check of a page")
        verbose_name_plural = _("checks of pages")
        ordering = ("-at", "id")
        indexes = [models.Index(fields=["page", "state"], name="page_check_of_page")]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_trouble_display() or self.get_state_display()}"
