"""One suspension of a receiving party, every word said about it, and the names it goes by."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import AppendOnlyModel, GovernedModel


class State(models.TextChoices):
    """Where a suspension stands. The first three keep everything back from the party."""

    PROPOSED = "proposed", _("Held, the office decides")
    SUSPENDED = "suspended", _("Suspended")
    LIFT_WAITS = "lift_waits", _("Suspended, a lifting waits for its confirmation")
    LIFTED = "lifted", _("Lifted")
    DECLINED = "declined", _("Not suspended")


IN_FORCE = frozenset({State.PROPOSED, State.SUSPENDED, State.LIFT_WAITS})
DECIDED = frozenset({State.SUSPENDED, State.LIFT_WAITS, State.LIFTED})


class PartySuspension(GovernedModel):
    """Failure to comply with the caveat "will result in the suspension of sharing SEA statistics" (§7B.7 C3).

    Nothing goes to the party from ``opened_at`` (UTC) on, before the office has decided too. ``from_on`` and
    ``lifted_on``: calendar dates in the network's time zone. ``release_number``: the letter whose caveat was
    not kept. ``reason`` is for coordination, office and auditors alone; it stands in no letter.
    """

    reference = models.CharField(max_length=20, unique=True, editable=False)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    party = models.CharField(_("receiving party"), max_length=200)
    party_key = models.CharField(max_length=200, editable=False)
    address = models.TextField(_("postal address"), blank=True)
    release_number = models.CharField(_("release"), max_length=40)
    reason = models.TextField(_("reason"))
    from_on = models.DateField(_("from"))
    lifted_on = models.DateField(null=True, blank=True, editable=False)
    opened_at = models.DateTimeField(editable=False)
    letter_language = models.CharField(
        _("language of the letter"),
        max_length=2,
        choices=[("en", _("English")), ("ar", _("Arabic"))],
        default="en",
    )

    class Meta:
        ordering = ("-opened_at",)
        verbose_name = _("suspension of a receiving party")
        verbose_name_plural = _("suspensions of receiving parties")
        indexes = [models.Index(fields=["state"], name="party_suspension_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["party_key"],
                condition=models.Q(state__in=["proposed", "suspended", "lift_waits"]),
                name="one_suspension_a_party",
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def in_force(self) -> bool:
        """Whether it keeps anything back now."""
        return self.state in IN_FORCE


class Word(AppendOnlyModel):
    """What was said, by whom, in which capacity (D20): proposed, suspended, declined, lifted.

    ``by``: who decided. ``recorded_by``: filled when somebody else recorded it from a signed paper (D17, D20).
    """

    suspension = models.ForeignKey(PartySuspension, on_delete=models.PROTECT, related_name="words")
    act = models.CharField(max_length=30)
    text = models.TextField(_("text"), blank=True)
    by = models.CharField(max_length=200)
    by_user_id = models.UUIDField(null=True, blank=True)
    capacity = models.CharField(max_length=40)
    decided_on = models.DateField()
    recorded_by = models.CharField(max_length=200, blank=True)
    recorded_by_user_id = models.UUIDField(null=True, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)
        verbose_name = _("word on a receiving party")
        verbose_name_plural = _("words on a receiving party")

    def __str__(self) -> str:
        return f"{self.suspension}: {self.act}"


class PartyName(AppendOnlyModel):
    """What a person said of a name that is near the party's: the same party, or another one."""

    suspension = models.ForeignKey(PartySuspension, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    same = models.BooleanField()
    note = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    by_user_id = models.UUIDField(null=True, blank=True)
    capacity = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)
        verbose_name = _("name of a receiving party")
        verbose_name_plural = _("names of a receiving party")

    def __str__(self) -> str:
        return self.name
