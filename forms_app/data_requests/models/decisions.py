"""What the office said, what was released, what was decided on media requests."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import AppendOnlyModel

from ..tokens import Classification, DecisionKind, MediaOutcome
from .requests import DataRequest
from .rounds import Round


class Consultation(AppendOnlyModel):
    """The office was consulted before issue: its own dated entry, or its recorded answer (§7B.0, D20)."""

    request = models.ForeignKey(DataRequest, on_delete=models.PROTECT, related_name="consultations")
    on = models.DateField(_("date of the consultation"))
    view = models.TextField(_("view of the office"))
    by = models.CharField(max_length=200)
    by_user_id = models.UUIDField(null=True, blank=True)
    recorded_by = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.request}: {self.on}"


class Classifying(AppendOnlyModel):
    """How the office itself classified a request of the UN family, and why (D21)."""

    request = models.ForeignKey(DataRequest, on_delete=models.PROTECT, related_name="classifyings")
    classification = models.CharField(max_length=20, choices=Classification.choices)
    reason = models.TextField(_("reason"))
    by = models.CharField(max_length=200)
    by_user_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.request}: {self.classification}"


class OfficeDecision(AppendOnlyModel):
    """The written word of the DSRSG/HC/RC office (§7B.7, D20), bound to one data set.

    ``decided_by`` is an office person; ``recorded_by`` is filled when an assistant uploaded the memo.
    """

    request = models.ForeignKey(DataRequest, on_delete=models.PROTECT, related_name="decisions")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=20, choices=DecisionKind.choices)
    text = models.TextField(_("text of the decision"))
    data_set_sha256 = models.CharField(max_length=64)
    decided_by = models.CharField(max_length=200)
    decided_by_user_id = models.UUIDField(null=True, blank=True)
    decided_on = models.DateField()
    recorded_by = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.request}: {self.kind}"


class Release(AppendOnlyModel):
    """One release: letter, data set, caveats, recipient. A second one for the request cannot be written."""

    request = models.OneToOneField(DataRequest, on_delete=models.PROTECT, related_name="release")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="releases")
    decision = models.ForeignKey(OfficeDecision, on_delete=models.PROTECT, related_name="releases")
    letter_number = models.CharField(max_length=20, unique=True)
    letter = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    letter_sha256 = models.CharField(max_length=64)
    data_set_sha256 = models.CharField(max_length=64)
    caveats_sha256 = models.CharField(max_length=64)
    edition_label = models.CharField(max_length=20)
    edition_sha256 = models.CharField(max_length=64)
    recipient = models.CharField(max_length=200)
    language = models.CharField(max_length=2)
    contributors = models.PositiveSmallIntegerField()
    signatories = models.PositiveSmallIntegerField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.letter_number


class MediaDecision(AppendOnlyModel):
    """A decision on a media request with its reason, visible to all members (§7A.3)."""

    request = models.ForeignKey(DataRequest, on_delete=models.PROTECT, related_name="media_decisions")
    outcome = models.CharField(_("decision"), max_length=20, choices=MediaOutcome.choices)
    reason = models.TextField(_("reason"))
    by = models.CharField(max_length=200)
    capacity = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.request}: {self.outcome}"
