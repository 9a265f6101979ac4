"""People, and the posts they hold from a day to a day (D9)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from audit.history import GovernedHistory, GovernedModel
from intranet.access.roles import Capacity

from .organizations import Organization

SPOKEN = (  # languages in which somebody of the network can be spoken to
    ("ar", _("Arabic")),
    ("ckb", _("Kurdish (Sorani)")),
    ("kmr", _("Kurdish (Kurmanji)")),
    ("tk", _("Turkmen")),
    ("syr", _("Syriac")),
    ("en", _("English")),
    ("fr", _("French")),
)


class PersonState(models.TextChoices):
    LISTED = "listed", _("Listed")


class Person(GovernedModel):
    """Somebody of the network, with or without an account. The account may go; the person stays.

    ``email`` is where the network writes to; the account's own address is where somebody signs in, and
    follows only by an act of its owner. ``address_fails_since``: somebody recorded that mail came back.
    ``phone`` is kept out of the history: who may not see it does not see it there either.
    """

    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail"), unique=True)
    language = models.CharField(
        _("language for mail"), max_length=5, choices=settings.LANGUAGES, default="en"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("account"),
    )
    languages = ArrayField(
        models.CharField(max_length=5, choices=SPOKEN), verbose_name=_("languages"), default=list, blank=True
    )
    duty_station = models.CharField(_("duty station"), max_length=80, blank=True)
    phone = models.CharField(
        _("phone"), max_length=30, blank=True, validators=[RegexValidator(r"^\+?[0-9][0-9 ()/-]{4,}$")]
    )
    address_fails_since = models.DateField(_("mail comes back since"), null=True, blank=True, editable=False)
    state = models.CharField(
        max_length=10, choices=PersonState.choices, default=PersonState.LISTED, editable=False
    )
    history = GovernedHistory(excluded_fields=["phone"])

    class Meta:
        ordering = ("name",)
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name

    @property
    def languages_spoken(self) -> list[StrOrPromise]:
        """Names of the languages, in the order of the list."""
        return [label for code, label in SPOKEN if code in self.languages]

    @property
    def known_by(self) -> str:
        """Who is meant, listed or about to be: the address, in lower case (``intranet.workflow.fingerprint``)."""
        return self.email.lower()


class PostState(models.TextChoices):
    """Whether an end was recorded; who holds a post on a day follows from the dates alone."""

    HELD = "held", _("Held")
    ENDED = "ended", _("End recorded")
    CANCELLED = "cancelled", _("Cancelled before it began")


class Post(GovernedModel):
    """``person`` acts in ``capacity`` for ``organization`` from ``begins_on`` to ``ends_on``.

    Both days belong to the post; no end: until further notice. Dates of the network's time zone. A post
    that was cancelled before it began ends the day before its first: it is held on no day.
    ``ends_at`` (UTC): the instant of the last day from which the capacity is gone, None: its midnight.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="posts")
    capacity = models.CharField(
        _("capacity"),
        max_length=30,
        choices=[choice for choice in Capacity.choices if choice[0] != Capacity.SIGNER],
    )
    begins_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    ends_at = models.DateTimeField(_("access stops at"), null=True, blank=True)
    instrument = models.CharField(_("instrument"), max_length=300, blank=True)
    file = models.ForeignKey(
        "files.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
    )
    state = models.CharField(max_length=10, choices=PostState.choices, default=PostState.HELD, editable=False)

    class Meta:
        ordering = ("capacity", "begins_on")
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes = [models.Index(fields=["organization", "capacity", "begins_on"], name="post_holder")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("begins_on"))
                | models.Q(state="cancelled", ends_on__lt=models.F("begins_on")),
                name="post_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_capacity_display()}: {self.person}"

    def held_on(self, day: date) -> bool:
        """Whether the post is held on a day."""
        return self.begins_on <= day and (self.ends_on is None or day <= self.ends_on)
