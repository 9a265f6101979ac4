"""Succession of the signer: who takes over the signer's right to withdraw, by which letter, verified by whom.

Footnote 5 knows only the individual who signed; the way to a successor is network practice, not protocol text.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import AppendOnlyModel, GovernedModel
from signatories.models import Organization, ParticipationEntry, Person, ReceivedHow


class SuccessionState(models.TextChoices):
    """Where a succession stands. Overdue is derived from the clock, never stored."""

    RECORDED = "recorded", _("Received outside, waits for a confirmation")
    VERIFYING = "verifying", _("Identity being verified")
    HELD = "held", _("Held: somebody objects")
    NOT_VERIFIED = "not_verified", _("Identity could not be verified")
    COMPLETE = "complete", _("Complete")
    DENIED = "denied", _("Denied")
    TAKEN_BACK = "taken_back", _("Taken back")
    LAPSED = "lapsed", _("Overtaken")


OPEN = (
    SuccessionState.RECORDED,
    SuccessionState.VERIFYING,
    SuccessionState.HELD,
    SuccessionState.NOT_VERIFIED,
)


class Side(models.TextChoices):
    """The two who verify; never the same person."""

    COORDINATION = "coordination", _("PSEA Coordinator")
    OFFICE = "office", _("DSRSG/HC/RC office")


class Succession(GovernedModel):
    """``successor`` takes over the signer's right under ``endorsement`` from ``effective_on`` on.

    ``endorsement`` keeps naming the individual who signed. ``former_*``: who could speak as signer when the
    first letter came. ``successor``, ``from_on``: as the newest letter says; ``letters``: how many came.
    ``counted_from`` and ``ends_at`` (exclusive): UTC; ``last_day``, ``from_on``, ``effective_on``: dates of the
    network's time zone. Without a confirmed calendar no day was counted, and the three fields stay empty.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="successions")
    endorsement = models.ForeignKey(ParticipationEntry, on_delete=models.PROTECT, related_name="successions")
    former = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    former_name = models.CharField(max_length=160)
    former_title = models.CharField(max_length=160, blank=True)
    former_email = models.EmailField(blank=True)
    successor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="successions")
    from_on = models.DateField()
    letters = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    counted_from = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    calendar_version = models.CharField(max_length=12, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=15, choices=SuccessionState.choices, editable=False)

    class Meta:
        ordering = ("-opened_at",)
        verbose_name = _("succession of the signer")
        verbose_name_plural = _("successions of signers")
        indexes = [
            models.Index(
                fields=["endorsement", "effective_on"],
                name="succession_in_effect",
                condition=models.Q(state="complete"),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="complete")
                | models.Q(effective_on__isnull=False, completed_at__isnull=False),
                name="succession_complete_from_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.former_name} → {self.successor.name}"


class Outside(models.Model):
    """How something reached the network outside the system; empty: done here by an own account (D17)."""

    received_how = models.CharField(max_length=10, choices=ReceivedHow.choices, blank=True)
    received_on = models.DateField(null=True, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True


class Written(models.Model):
    """Who wrote a line of the succession, as text that outlives the account."""

    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_id = models.UUIDField(null=True, blank=True)
    capacity = models.CharField(max_length=40)

    class Meta:
        abstract = True


class SuccessionLetter(AppendOnlyModel, Outside, Written):
    """The Head of Agency's letter: who succeeds whom, from when. A new letter is a new row."""

    succession = models.ForeignKey(Succession, on_delete=models.PROTECT, related_name="letter_rows")
    number = models.PositiveSmallIntegerField()
    signed_by = models.CharField(max_length=160)  # the Head of Agency
    signed_title = models.CharField(max_length=160, blank=True)
    successor_name = models.CharField(max_length=160)
    successor_title = models.CharField(max_length=160)
    successor_email = models.EmailField()
    from_on = models.DateField()
    instrument = models.CharField(max_length=300)
    instrument_file = models.CharField(max_length=160)
    instrument_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)
        verbose_name = _("letter of a succession")
        verbose_name_plural = _("letters of successions")
        constraints = [
            models.UniqueConstraint(fields=["succession", "number"], name="succession_letter_number_once")
        ]

    def __str__(self) -> str:
        return self.instrument


class IdentityCheck(AppendOnlyModel, Written):
    """What one side says about one letter: verified, or why it could not be. It approves nothing."""

    succession = models.ForeignKey(Succession, on_delete=models.PROTECT, related_name="checks")
    letter = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=15, choices=Side.choices)
    verified = models.BooleanField()
    how = models.TextField()

    class Meta:
        ordering = ("at",)
        verbose_name = _("verification of identity")
        verbose_name_plural = _("verifications of identity")
        constraints = [
            models.UniqueConstraint(
                fields=["succession", "letter", "side"], name="identity_check_once_a_side"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.by}"


class SuccessionObjection(AppendOnlyModel, Outside, Written):
    """Somebody entitled says that the succession is not so. It holds it; nobody loses anything by it."""

    succession = models.ForeignKey(Succession, on_delete=models.PROTECT, related_name="objections")
    letter = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=160)  # who objects; ``by`` recorded it where it came from outside
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField()

    class Meta:
        ordering = ("at",)
        verbose_name = _("objection to a succession")
        verbose_name_plural = _("objections to successions")

    def __str__(self) -> str:
        return self.name
