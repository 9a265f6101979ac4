"""Training sessions and yearly compliance returns of an organization. Figures stand in one column each (D13)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import GovernedHistory, GovernedModel
from signatories.models import Organization


class Audience(models.TextChoices):
    """The audience categories of the field's own returns; every person counts in one."""

    PERSONNEL = "personnel", _("Own personnel")
    PARTNERS = "partners", _("Personnel of implementing partners")
    GOVERNMENT = "government", _("Government")
    CONTRACTORS = "contractors", _("Contractors and service providers")
    DAILY_WORKERS = "daily_workers", _("Daily workers")
    NETWORK = "network", _("Members of the network")
    COMMUNITY = "community", _("Community")


OBLIGED = tuple(a for a in Audience if a is not Audience.COMMUNITY)  # who can have to be trained


class Topic(models.TextChoices):
    """What a session was about."""

    BASICS = "basics", _("SEA basics")
    REPORTING = "reporting", _("Duty to report")
    RESPONSE = "response", _("Victim-centred response")
    MECHANISMS = "mechanisms", _("Complaint mechanisms")
    INVESTIGATION = "investigation", _("Investigation")
    RETALIATION = "retaliation", _("Protection against retaliation")
    RISK = "risk", _("Risk")


class Mode(models.TextChoices):
    """How it was held."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    MIXED = "mixed", _("Both")


class SessionState(models.TextChoices):
    """A session is recorded once; a mistake is struck out and recorded anew."""

    RECORDED = "recorded", _("Recorded")
    STRUCK = "struck", _("Struck out")


class TrainingSession(GovernedModel):
    """One session. ``held_on``: a date in the network's time zone. ``attendance``: category to count."""

    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="training_sessions",
        verbose_name=_("organization"),
    )
    title = models.CharField(_("title"), max_length=200)
    topics = models.JSONField(_("topics"), default=list)
    mode = models.CharField(_("mode"), max_length=20, choices=Mode.choices)
    language = models.CharField(_("language of the session"), max_length=40)
    held_on = models.DateField(_("held on"))
    governorate = models.CharField(_("governorate"), max_length=60, blank=True)
    organiser = models.CharField(_("organised by"), max_length=160)
    trainers = models.PositiveSmallIntegerField(_("number of trainers"))
    training_of_trainers = models.BooleanField(_("training of trainers"), default=False)
    material = models.URLField(_("address of the material"), max_length=500, blank=True)
    attendance = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=SessionState.choices, editable=False)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.CharField(_("recorded by"), max_length=200)
    history = GovernedHistory(excluded_fields=["attendance"])

    class Meta:
        ordering = ("-held_on", "id")
        verbose_name = _("training session")
        verbose_name_plural = _("training sessions")
        indexes = [models.Index(fields=["organization", "held_on"], name="training_of_organization")]

    def __str__(self) -> str:
        return f"{self.title}, {self.held_on:%Y-%m-%d}"

    @property
    def attended(self) -> int:
        """Everybody who was there."""
        return sum(self.attendance.values())


class ReturnState(models.TextChoices):
    """Each return is a row of its own; the newest of a year counts."""

    SENT = "sent", _("Sent")


class ComplianceReturn(GovernedModel):
    """Who has to be trained and who is, as of a day. ``figures``: category to required, valid, expired, new."""

    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="training_returns",
        verbose_name=_("organization"),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number of the return"))
    as_of = models.DateField(_("as of"))
    figures = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=ReturnState.choices, editable=False)
    sent_at = models.DateTimeField(_("sent at"))
    sent_by = models.CharField(_("sent by"), max_length=200)
    history = GovernedHistory(excluded_fields=["figures"])

    class Meta:
        ordering = ("-year", "-number")
        verbose_name = _("training return of a year")
        verbose_name_plural = _("training returns of a year")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year", "number"], name="training_return_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} ({self.number})"
