"""Reference data of the published site: resource themes and glossary terms (D16)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from audit.history import GovernedModel


class Area(models.TextChoices):
    """The management areas of the minimum operating standards, and what fits in none: the first facet."""

    MANAGEMENT = "management", _("Management and coordination")
    ENGAGEMENT = "engagement", _("Engagement with and support of local communities")
    PREVENTION = "prevention", _("Prevention")
    RESPONSE = "response", _("Response")
    OTHER = "other", _("Other")


class ResourceTheme(GovernedModel):
    """A theme of the resource library, named in the network's languages."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    name_ar = models.CharField(_("name in Arabic"), max_length=80, blank=True)
    name_ckb = models.CharField(_("name in Kurdish"), max_length=80, blank=True)
    area = models.CharField(_("area"), max_length=20, choices=Area.choices, blank=True)
    framework = models.CharField(
        _("framework"),
        max_length=120,
        blank=True,
        help_text=_("Where the theme is a part of a framework, for example: IASC plan of 2018"),
    )
    retired = models.BooleanField(_("no longer offered"), default=False)

    class Meta:
        verbose_name = _("resource theme")
        verbose_name_plural = _("resource themes")
        ordering = ("name",)

    def __str__(self) -> str:
        names = {"ar": self.name_ar, "ckb": self.name_ckb}
        return names.get(get_language() or "en", "") or self.name


class GlossaryTerm(GovernedModel):
    """A term of the field with its definition and where the definition comes from."""

    term = models.CharField(_("term"), max_length=120, unique=True)
    definition = models.TextField(_("definition"), max_length=1500)
    source = models.CharField(_("source"), max_length=300, blank=True)
    term_ar = models.CharField(_("term in Arabic"), max_length=120, blank=True)
    definition_ar = models.TextField(_("definition in Arabic"), max_length=1500, blank=True)
    term_ckb = models.CharField(_("term in Kurdish"), max_length=120, blank=True)
    retired = models.BooleanField(_("no longer used"), default=False)

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ("term",)

    def __str__(self) -> str:
        return self.term
